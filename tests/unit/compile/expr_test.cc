#include "lib/compile/expr.h"

#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::SizeIs;

Expr P(std::uint32_t id, bool value = true) {
  return PredicateExpr(PredicateId{id}, value);
}

SelectionPlan OneValue(std::uint32_t predicate) {
  SelectionPlan selection;
  selection.detection.values.push_back(
      {IndicatorKind::kEq, "v", {PredicateId{predicate}}});
  return selection;
}

Condition Quantifier(std::uint32_t at_least,
                     std::vector<std::uint32_t> selections) {
  Condition condition;
  condition.kind = Condition::Kind::kQuantifier;
  condition.at_least = at_least;
  condition.selections = std::move(selections);
  return condition;
}

Condition Not(Condition inner) {
  Condition condition;
  condition.kind = Condition::Kind::kNot;
  condition.children.push_back(std::move(inner));
  return condition;
}

TEST(AndExpr, IgnoresTrueAndStopsAtFalse) {
  const Expr only = AndExpr({ConstantExpr(true), P(1)});
  EXPECT_EQ(only.kind, Expr::Kind::kPredicate);
  const Expr never = AndExpr({P(1), ConstantExpr(false)});
  EXPECT_EQ(never.kind, Expr::Kind::kConstant);
  EXPECT_FALSE(never.value);
}

TEST(AndExpr, FlattensNestedAnd) {
  const Expr flat = AndExpr({P(1), AndExpr({P(2), P(3)})});
  EXPECT_THAT(flat.children, SizeIs(3));
}

TEST(OrExpr, OfNothingIsFalse) {
  EXPECT_EQ(OrExpr({}).kind, Expr::Kind::kConstant);
  EXPECT_FALSE(OrExpr({}).value);
}

TEST(AtLeastExpr, BecomesOrAndAnd) {
  EXPECT_EQ(AtLeastExpr(1, {P(1), P(2)}).kind, Expr::Kind::kOr);
  EXPECT_EQ(AtLeastExpr(2, {P(1), P(2)}).kind, Expr::Kind::kAnd);
  EXPECT_EQ(AtLeastExpr(2, {P(1), P(2), P(3)}).kind, Expr::Kind::kAtLeast);
  EXPECT_FALSE(AtLeastExpr(3, {P(1), P(2)}).value);
  EXPECT_TRUE(AtLeastExpr(0, {P(1)}).value);
}

TEST(DetectionExpr, NegatedItemIsAndOfNegations) {
  DetectionPlan item;
  item.values.push_back({IndicatorKind::kEq, "a", {PredicateId{1}}});
  item.values.push_back({IndicatorKind::kEq, "b", {PredicateId{2}}});
  const Expr expr = DetectionExpr(item, /*negate=*/true);
  ASSERT_EQ(expr.kind, Expr::Kind::kAnd);
  ASSERT_THAT(expr.children, SizeIs(2));
  EXPECT_FALSE(expr.children[0].value);
  EXPECT_FALSE(expr.children[1].value);
}

TEST(DetectionExpr, NeqNegatesTheWholeItem) {
  DetectionPlan item;
  item.neq = true;
  item.all = true;
  item.values.push_back({IndicatorKind::kEq, "a", {PredicateId{1}}});
  item.values.push_back({IndicatorKind::kEq, "b", {PredicateId{2}}});
  EXPECT_EQ(DetectionExpr(item, false).kind, Expr::Kind::kOr);
  EXPECT_EQ(DetectionExpr(item, true).kind, Expr::Kind::kAnd);
}

TEST(ConditionExpr, QuantifierWithoutSelections) {
  const auto one_of = ConditionExpr({Quantifier(1, {})}, {}, 100);
  ASSERT_TRUE(one_of.has_value());
  EXPECT_FALSE(one_of->value);
  const auto all_of = ConditionExpr({Quantifier(0, {})}, {}, 100);
  ASSERT_TRUE(all_of.has_value());
  EXPECT_TRUE(all_of->value);
  const auto not_one_of = ConditionExpr({Not(Quantifier(1, {}))}, {}, 100);
  ASSERT_TRUE(not_one_of.has_value());
  EXPECT_TRUE(not_one_of->value);
}

TEST(ConditionExpr, NegatedQuantifierCountsWhatDoesNotHold) {
  const std::vector<SelectionPlan> selections = {OneValue(0), OneValue(1),
                                                 OneValue(2)};
  const auto expr =
      ConditionExpr({Not(Quantifier(2, {0, 1, 2}))}, selections, 100);
  ASSERT_TRUE(expr.has_value());
  EXPECT_EQ(expr->kind, Expr::Kind::kAtLeast);
  EXPECT_EQ(expr->at_least, 2u);
  EXPECT_FALSE(expr->children.front().value);
}

TEST(ConditionExpr, RefusesPastTheLimit) {
  const std::vector<SelectionPlan> selections = {OneValue(0), OneValue(1)};
  const std::vector<Condition> conditions = {Quantifier(2, {0, 1})};
  EXPECT_TRUE(ConditionExpr(conditions, selections, 2).has_value());
  EXPECT_FALSE(ConditionExpr(conditions, selections, 1).has_value());
}

}  // namespace
}  // namespace hypersigma::internal
