// Whether one boolean expression over predicates implies another.

#ifndef HYPERSIGMA_LIB_CATALOG_ENTAILMENT_H_
#define HYPERSIGMA_LIB_CATALOG_ENTAILMENT_H_

#include <cstdint>
#include <span>

#include "lib/catalog/implied_predicates.h"
#include "lib/catalog/step_budget.h"
#include "lib/compile/expr.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

enum class Proof : std::uint8_t {
  kProved,
  // The predicates can be chosen, as far as is known of them, such that it
  // does not hold.
  kRefuted,
  // Not within the budget.
  kNotDecided,
};

// Tells whether `narrow` implies `wide`: looks for values of the predicates
// under which only the first holds, and heeds what they imply among each other.
// Cost: exponential in hard cases, up to the budget; linear in most.
Proof Prove(const Expr& narrow, const Expr& wide,
            std::span<const Predicate> predicates,
            const ImpliedPredicates& implied, StepBudget& budget);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_ENTAILMENT_H_
