// What must be looked for in each field so that predicates get their bits.
// Source: design document "architecture", decisions 1 and 3.

#ifndef HYPERSIGMA_LIB_COMPILE_PATTERN_SET_H_
#define HYPERSIGMA_LIB_COMPILE_PATTERN_SET_H_

#include "lib/compile/plan.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Whether a fired bit is the truth about `predicate`. The others are confirmed
// when a program asks.
bool IsDecided(const Predicate& predicate);

// Fills field_plans, keyword_plan and each predicate's has_trigger.
// REQUIRES: fields and predicates of `plan` are complete and in final order.
void BuildFieldPlans(Plan& plan);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PATTERN_SET_H_
