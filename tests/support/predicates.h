// Predicates for tests of compile and engine.

#ifndef HYPERSIGMA_TESTS_SUPPORT_PREDICATES_H_
#define HYPERSIGMA_TESTS_SUPPORT_PREDICATES_H_

#include <string>
#include <utility>

#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// A predicate about field 0.
inline Predicate Text(Operator op, std::string operand, bool cased = false) {
  Predicate predicate;
  predicate.field = FieldId{0};
  predicate.op = op;
  predicate.operand = std::move(operand);
  predicate.cased = cased;
  return predicate;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_SUPPORT_PREDICATES_H_
