// Made-up events: sets of predicates under which an expression holds.

#ifndef HYPERSIGMA_LIB_CATALOG_SAMPLE_H_
#define HYPERSIGMA_LIB_CATALOG_SAMPLE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/catalog/implied_predicates.h"
#include "lib/catalog/step_budget.h"
#include "lib/compile/expr.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Numbers that look random and are the same in every run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  // Returns a number below `bound`. REQUIRES: bound > 0.
  std::size_t Below(std::size_t bound);

 private:
  std::uint64_t state_;
};

// Returns predicates that make `expr` true when they and what they imply are
// true and all others false, sorted, with what they imply; nullopt where a
// choice of the dice leads to a contradiction.
std::optional<std::vector<PredicateId>> SampleOf(
    const Expr& expr, const ImpliedPredicates& implied, Dice& dice,
    StepBudget& budget);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_SAMPLE_H_
