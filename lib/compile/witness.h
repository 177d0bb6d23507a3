// Which predicates wake a rule: if none of them fired, the rule cannot hold.
// Source: design document "architecture", decision 4.

#ifndef HYPERSIGMA_LIB_COMPILE_WITNESS_H_
#define HYPERSIGMA_LIB_COMPILE_WITNESS_H_

#include <functional>
#include <optional>
#include <vector>

#include "lib/compile/expr.h"

namespace hypersigma::internal {

// Returns the expected number of times an event fires `predicate`; nullopt when
// the predicate can be true without firing.
using FiringCost = std::function<std::optional<double>(PredicateId predicate)>;

struct Witness {
  std::vector<PredicateId> predicates;  // sorted, unique
  double cost = 0;
};

// Returns the cheapest witness that the structure of `expr` offers, or nullopt
// when `expr` can hold with nothing fired. AND takes its cheapest child, OR all
// of them, a negation offers none.
std::optional<Witness> FindWitness(const Expr& expr, const FiringCost& cost);

// Estimates from operator and length, for use without a profile.
std::optional<double> EstimateFiringCost(const Predicate& predicate,
                                         bool decided);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_WITNESS_H_
