// A rule's condition as a boolean expression over predicates, between the AST
// and its program and witness.

#ifndef HYPERSIGMA_LIB_COMPILE_EXPR_H_
#define HYPERSIGMA_LIB_COMPILE_EXPR_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/compile/plan.h"
#include "lib/compile/predicate.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Negation stands at the leaves only.
struct Expr {
  enum class Kind : std::uint8_t {
    kConstant,   // `value`
    kPredicate,  // `predicate`, true when it equals `value`
    kAnd,
    kOr,
    kAtLeast,  // at least `at_least` children, 1 < at_least < children
  };
  Kind kind = Kind::kConstant;
  bool value = false;
  PredicateId predicate{};
  std::uint32_t at_least = 0;
  std::vector<Expr> children;  // two or more
};

Expr ConstantExpr(bool value);
Expr PredicateExpr(PredicateId predicate, bool value = true);

// Simplify constants, single children and nested operators of the same kind.
Expr AndExpr(std::vector<Expr> children);
Expr OrExpr(std::vector<Expr> children);
Expr AtLeastExpr(std::uint32_t at_least, std::vector<Expr> children);

// The expression of a selection's body, negated if `negate`.
Expr DetectionExpr(const DetectionPlan& detection, bool negate);

// The expression of all of a rule's conditions, linked by OR; nullopt past
// `max_leaves` leaves.
std::optional<Expr> ConditionExpr(const std::vector<Condition>& conditions,
                                  const std::vector<SelectionPlan>& selections,
                                  std::size_t max_leaves);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_EXPR_H_
