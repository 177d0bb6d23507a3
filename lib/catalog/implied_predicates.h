// All predicates of a plan that each of them implies.

#ifndef HYPERSIGMA_LIB_CATALOG_IMPLIED_PREDICATES_H_
#define HYPERSIGMA_LIB_CATALOG_IMPLIED_PREDICATES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "lib/catalog/step_budget.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Immutable. Literals find each other through their first bytes, not in pairs.
class ImpliedPredicates {
 public:
  // Borrows the predicates. What the budget does not reach is left out.
  ImpliedPredicates(std::span<const Predicate> predicates, StepBudget& budget);

  // Returns the others that `predicate` implies, sorted.
  std::span<const PredicateId> Of(PredicateId predicate) const {
    const std::uint32_t position = Index(predicate);
    return std::span(implied_).subspan(ends_[position],
                                       ends_[position + 1] - ends_[position]);
  }

 private:
  std::vector<PredicateId> implied_;  // one list after the other
  std::vector<std::size_t> ends_;     // of the list before, by PredicateId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_IMPLIED_PREDICATES_H_
