// One rule on its way through pipelines: the rule, what it may still cost, and
// whether it failed.

#ifndef HYPERSIGMA_LIB_PIPELINE_RULE_RUN_H_
#define HYPERSIGMA_LIB_PIPELINE_RULE_RUN_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/regex.h"
#include "lib/pipeline/work_rule.h"

namespace hypersigma::internal {

// What a correlation refers to, as pipelines left it.
struct ReferredRules {
  std::span<const Rule> rules;
  std::span<const CorrelationRule> correlations;
};

// Borrows everything. After a failure nothing more is done to the rule.
class RuleRun {
 public:
  // `nodes_left`: what all rules may still grow by.
  RuleRun(WorkRule& rule, const ReferredRules& referred, RegexScratch& scratch,
          std::size_t& nodes_left)
      : rule_(rule),
        referred_(referred),
        scratch_(scratch),
        nodes_left_(nodes_left) {}

  RuleRun(const RuleRun&) = delete;
  RuleRun& operator=(const RuleRun&) = delete;

  WorkRule& rule() { return rule_; }
  const WorkRule& rule() const { return rule_; }
  const ReferredRules& referred() const { return referred_; }

  // Refuses the rule; the first message stays.
  void Fail(std::string_view message);
  bool failed() const { return !failure_.empty(); }
  // Why, and the label of the item that failed.
  const std::string& failure() const { return failure_; }
  const std::string& failed_item() const { return failed_item_; }

  // Says that `label` was being applied; of a failure, the first one stays.
  void NameFailure(const std::string& label) {
    if (failed() && failed_item_.empty()) failed_item_ = label;
  }

  // Takes `nodes` from what the rule may grow by. Past that the rule fails, and
  // false is returned.
  bool Charge(std::size_t nodes);

  // Search with the rule's allowance; past it the rule fails, and false, or no
  // matches, are returned.
  bool Finds(const Regex& pattern, std::string_view text);
  std::vector<std::vector<RegexSpan>> FindAll(const Regex& pattern,
                                              std::string_view text);

 private:
  void TakeSteps(RegexVerdict verdict);

  WorkRule& rule_;
  const ReferredRules& referred_;
  RegexScratch& scratch_;
  std::size_t& nodes_left_;
  std::size_t rule_nodes_left_ = kMaxPipelineRuleNodes;
  std::size_t steps_left_ = kMaxPipelineRuleSteps;
  std::string failure_;
  std::string failed_item_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_RULE_RUN_H_
