#include "lib/engine/waiting_keywords.h"

namespace hypersigma::internal {

WaitingKeywords::WaitingKeywords(const Plan& plan)
    : waits_(plan.predicates.size()) {
  for (const Pattern& pattern : plan.keyword_plan.patterns) {
    for (const Reaction& reaction : pattern.reactions) {
      waits_[Index(reaction.predicate)] = 1;
    }
  }
  for (const RulePlan& rule : plan.rules) {
    for (const PredicateId witness : rule.witness) waits_[Index(witness)] = 0;
    if (!rule.always) continue;
    // Asked for in every event.
    for (const Test& test : rule.program.tests) {
      waits_[Index(test.predicate)] = 0;
    }
  }
}

}  // namespace hypersigma::internal
