// Keeps the pattern databases of a plan at a size that can be compiled.

#ifndef HYPERSIGMA_LIB_COMPILE_PATTERN_LIMIT_H_
#define HYPERSIGMA_LIB_COMPILE_PATTERN_LIMIT_H_

#include <cstddef>
#include <vector>

#include "lib/compile/plan.h"

namespace hypersigma::internal {

// Returns the rules, in order, that would give a field or the keywords more
// than `max_patterns`, when one rule after the other is added and those that do
// not fit are left out. REQUIRES: field plans are built. Cost: linear, and next
// to nothing when no field is past the limit.
std::vector<Refusal> FindRulesPastPatternLimit(const Plan& plan,
                                               std::size_t max_patterns);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PATTERN_LIMIT_H_
