#include "lib/pipeline/rule_run.h"

#include <algorithm>

#include "lib/rule/wording.h"

namespace hypersigma::internal {

void RuleRun::Fail(std::string_view message) {
  if (!failed()) failure_ = message.empty() ? "it failed" : message;
}

bool RuleRun::Charge(std::size_t nodes) {
  if (nodes <= rule_nodes_left_ && nodes <= nodes_left_) {
    rule_nodes_left_ -= nodes;
    nodes_left_ -= nodes;
    return true;
  }
  Fail(nodes > rule_nodes_left_
           ? Concat({"pipelines make the rule grow by too many nodes, expected "
                     "at most ",
                     std::to_string(kMaxPipelineRuleNodes)})
           : Concat({"pipelines make the rules grow by too many nodes, "
                     "expected at most ",
                     std::to_string(kMaxPipelineNodes)}));
  return false;
}

bool RuleRun::Finds(const Regex& pattern, std::string_view text) {
  if (failed()) return false;
  const RegexVerdict verdict = pattern.Search(text, scratch_);
  TakeSteps(verdict);
  return !failed() && verdict == RegexVerdict::kMatch;
}

std::vector<std::vector<RegexSpan>> RuleRun::FindAll(const Regex& pattern,
                                                     std::string_view text) {
  std::vector<std::vector<RegexSpan>> matches;
  if (failed()) return matches;
  TakeSteps(pattern.FindAll(text, scratch_, matches));
  if (failed()) matches.clear();
  return matches;
}

void RuleRun::TakeSteps(RegexVerdict verdict) {
  const std::size_t taken = scratch_.steps_taken();
  if (verdict == RegexVerdict::kUndecided || taken > steps_left_) {
    Fail("a regular expression took too long");
  }
  steps_left_ -= std::min(taken, steps_left_);
}

}  // namespace hypersigma::internal
