#include "lib/pipeline/condition_expression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/unit/pipeline/pipeline_errors.h"

namespace hypersigma::internal {
namespace {

// Of an expression over conditions `a` and `b`.
std::string ExpressionErrors(std::string_view expression) {
  const std::string errors = ItemErrors(
      "type: case, rule_conditions: {a: {type: is_sigma_rule}, b: {type: "
      "is_sigma_rule}}, rule_cond_expr: '" +
      std::string(expression) + "'");
  return errors.substr(std::min(errors.find(": "), errors.size()));
}

TEST(ConditionExpression, IsCheckedAsAWhole) {
  EXPECT_EQ(ExpressionErrors("a and not (b)"), "");
  EXPECT_EQ(ExpressionErrors("a and c"), ": there is no condition 'c'");
  EXPECT_EQ(ExpressionErrors("a"),
            ": condition 'b' is not named in the expression");
  EXPECT_EQ(ExpressionErrors("(a and b"), ": expected ')'");
  EXPECT_EQ(ExpressionErrors("a b"),
            ": 'b' stands after a complete expression");
  EXPECT_EQ(ExpressionErrors("a or"),
            ": expected the name of a condition, 'not' or '('");
  EXPECT_EQ(ExpressionErrors(std::string(100, '(') + "a"),
            ": the expression is nested too deeply");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: [{type: is_sigma_rule}], "
                       "rule_cond_expr: a"),
            "p.yml:1:90: 'rule_cond_expr' needs 'rule_conditions' as a map "
            "from names to conditions");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: {a: {type: "
                       "is_sigma_rule}}, rule_cond_op: or, rule_cond_expr: a"),
            "p.yml:1:111: 'rule_cond_expr' and 'rule_cond_op' exclude each "
            "other");
}

}  // namespace
}  // namespace hypersigma::internal
