// When one predicate cannot be true without another.
//
// Every claim holds for arrays too: a value that makes the first true makes the
// second true. What is not claimed may hold all the same.

#ifndef HYPERSIGMA_LIB_CATALOG_IMPLICATION_H_
#define HYPERSIGMA_LIB_CATALOG_IMPLICATION_H_

#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Returns whether every event for which `narrow` is true makes `wide` true, as
// far as that can be told from their operands. Cost: linear in the operands;
// for patterns with wildcards the product, and long ones are not compared.
bool Implies(const Predicate& narrow, const Predicate& wide);

// Returns whether the predicate asks for a value, so that it is false where its
// field is missing.
bool NeedsField(const Predicate& predicate);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_IMPLICATION_H_
