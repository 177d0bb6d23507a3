#include "lib/engine/waiting_patterns.h"

namespace hypersigma::internal {

WaitingPatterns::WaitingPatterns(const Plan& plan)
    : waits_(plan.predicates.size()) {
  std::vector<char> wakes(plan.predicates.size());
  for (const RulePlan& rule : plan.rules) {
    for (const PredicateId witness : rule.witness) wakes[Index(witness)] = 1;
    if (!rule.always) continue;
    // Asked for in every event.
    for (const Test& test : rule.program.tests)
      wakes[Index(test.predicate)] = 1;
  }
  for (const FieldPlan& field : plan.field_plans) AddField(field, wakes);
  AddField(plan.keyword_plan, wakes);
}

void WaitingPatterns::AddField(const FieldPlan& plan,
                               const std::vector<char>& wakes) {
  for (const Pattern& pattern : plan.patterns) {
    for (const Reaction& reaction : pattern.reactions) {
      const std::uint32_t predicate = Index(reaction.predicate);
      if (wakes[predicate] == 0) waits_[predicate] = 1;
    }
  }
}

}  // namespace hypersigma::internal
