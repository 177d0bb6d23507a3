// How several conditions of a pipeline item are linked: "and", "or", or an
// expression over their names.
// Source: pySigma documentation, "Processing Pipelines", conditions.

#ifndef HYPERSIGMA_LIB_PIPELINE_CONDITION_EXPRESSION_H_
#define HYPERSIGMA_LIB_PIPELINE_CONDITION_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// A tree over positions in a list of conditions.
struct ConditionExpression {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kCondition };
  Kind kind = Kind::kAnd;
  std::vector<ConditionExpression> children;  // kNot: one
  std::size_t condition = 0;                  // kCondition
};

// Returns AND or OR of the first `count` conditions. No condition is true under
// AND and false under OR.
ConditionExpression LinkAll(std::size_t count, bool any);

// Parses `text`: names, `and`, `or`, `not` and brackets; `not` binds tightest,
// then `and`. Positions are those in `names`, each of which must be used.
// Reports what is wrong and then returns nullopt.
std::optional<ConditionExpression> ParseConditionExpression(
    const YamlNode& text, std::span<const std::string_view> names,
    Reporter& reporter);

// Returns whether the expression holds; `holds(i)` says so of a condition, and
// is asked from left to right until the result is known.
template <typename HoldsOne>
bool Evaluate(const ConditionExpression& expression, const HoldsOne& holds) {
  using Kind = ConditionExpression::Kind;
  switch (expression.kind) {
    case Kind::kCondition:
      return holds(expression.condition);
    case Kind::kNot:
      return !Evaluate(expression.children.front(), holds);
    case Kind::kAnd:
    case Kind::kOr:
      break;
  }
  const bool any = expression.kind == Kind::kOr;
  for (const ConditionExpression& child : expression.children) {
    if (Evaluate(child, holds) == any) return any;
  }
  return !any;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_CONDITION_EXPRESSION_H_
