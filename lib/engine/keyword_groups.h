// What the keywords of each log source need: an event is searched for those of
// the rules that it is tested against, not for all.

#ifndef HYPERSIGMA_LIB_ENGINE_KEYWORD_GROUPS_H_
#define HYPERSIGMA_LIB_ENGINE_KEYWORD_GROUPS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "lib/compile/plan.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma::internal {

// With more groups than this that have keywords, or of one event, all keywords
// are sought at once.
inline constexpr std::size_t kMaxKeywordGroups = 256;
inline constexpr std::size_t kMaxKeywordGroupsOfEvent = 3;

// What rules ask of every value.
struct KeywordPlan {
  FieldPlan plan;
  // Some of it is not woken by anything that the plan looks for.
  bool has_untriggered = false;
};

// Returns for each group the part of plan.keyword_plan that its rules ask for;
// nothing when there are too many. Cost: for each group with keywords linear in
// the predicates.
std::vector<KeywordPlan> PlanKeywordGroups(const Plan& plan,
                                           std::span<const RuleGroup> groups);

// The same for all rules.
KeywordPlan PlanAllKeywords(const Plan& plan);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_KEYWORD_GROUPS_H_
