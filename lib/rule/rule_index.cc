// Look-up of references.

#include "lib/rule/rule_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "lib/base/text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

// A suggestion looks at a thousand names, and references may be a million.
constexpr int kMaxSuggestions = 200;
constexpr std::size_t kShownPlaces = 2;

std::string FoldId(std::string_view id) {
  std::string folded(id);
  for (char& c : folded) c = FoldAscii(c);
  return folded;
}

}  // namespace

RuleIndex::RuleIndex(std::span<const Rule> rules,
                     std::span<const Rule* const> correlations,
                     std::span<const Names> refused)
    : rules_(rules),
      correlations_(correlations.begin(), correlations.end()),
      suggestions_left_(kMaxSuggestions) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Add(rules[i], {RuleTarget::Kind::kRule, static_cast<std::uint32_t>(i)});
  }
  for (std::size_t i = 0; i < correlations_.size(); ++i) {
    Add(*correlations_[i],
        {RuleTarget::Kind::kCorrelation, static_cast<std::uint32_t>(i)});
  }
  for (const auto& [name, targets] : names_) candidates_.push_back(name);
  for (const auto& [id, targets] : ids_) candidates_.push_back(id);
  // Hash order differs from run to run; suggestions must not.
  std::sort(candidates_.begin(), candidates_.end());
  for (const Names& names : refused) {
    if (!names.id.empty()) refused_.insert(FoldId(names.id));
    if (!names.name.empty()) refused_.insert(names.name);
  }
}

void RuleIndex::Add(const Rule& rule, RuleTarget target) {
  if (!rule.id.empty()) ids_[FoldId(rule.id)].push_back(target);
  if (!rule.name.empty()) names_[rule.name].push_back(target);
}

const Rule& RuleIndex::AttributesOf(RuleTarget target) const {
  return target.kind == RuleTarget::Kind::kRule ? rules_[target.index]
                                                : *correlations_[target.index];
}

bool RuleIndex::Resolve(RuleReference& reference, Reporter& reporter) const {
  std::vector<RuleTarget>& targets = reference.targets;
  const auto take = [&targets](const Targets& from, const std::string& key) {
    const auto found = from.find(key);
    if (found == from.end()) return;
    targets.insert(targets.end(), found->second.begin(), found->second.end());
  };
  targets.clear();
  take(ids_, FoldId(reference.text));
  take(names_, reference.text);
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  if (targets.size() > 1) {
    std::string places;
    for (std::size_t i = 0; i < kShownPlaces; ++i) {
      const Rule& rule = AttributesOf(targets[i]);
      places += Concat(
          {i == 0 ? "" : ", ", rule.file, ":", std::to_string(rule.line)});
    }
    if (targets.size() > kShownPlaces) places += ", ...";
    reporter.Warning(reference.range,
                     Concat({Quoted(reference.text), " is the id or name of ",
                             std::to_string(targets.size()), " rules (", places,
                             "); all of them are meant"}));
  }
  return !targets.empty();
}

std::string RuleIndex::DescribeMissing(std::string_view text) {
  if (refused_.contains(FoldId(text)) || refused_.contains(std::string(text))) {
    return Concat({"rule ", Quoted(text), " is refused"});
  }
  std::string message = Concat({"no rule has the id or name ", Quoted(text)});
  if (suggestions_left_-- > 0) {
    message += DidYouMean(Nearest(text, candidates_));
  }
  suggestions_left_ = std::max(suggestions_left_, 0);
  return message;
}

}  // namespace hypersigma::internal
