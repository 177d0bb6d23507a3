#include "lib/compile/witness.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Expr P(std::uint32_t id, bool value = true) {
  return PredicateExpr(PredicateId{id}, value);
}

// Predicate n fires n times an event; from 100 on without firing.
std::optional<double> Cost(PredicateId id) {
  if (Index(id) >= 100) return std::nullopt;
  return Index(id);
}

TEST(FindWitness, AndTakesItsCheapestChild) {
  const auto witness = FindWitness(AndExpr({P(5), P(2), P(9)}), Cost);
  ASSERT_TRUE(witness.has_value());
  EXPECT_THAT(witness->predicates, ElementsAre(PredicateId{2}));
}

TEST(FindWitness, OrNeedsEveryChild) {
  const auto witness = FindWitness(OrExpr({P(5), P(2)}), Cost);
  ASSERT_TRUE(witness.has_value());
  EXPECT_THAT(witness->predicates, ElementsAre(PredicateId{2}, PredicateId{5}));
  EXPECT_DOUBLE_EQ(witness->cost, 7);
  EXPECT_FALSE(FindWitness(OrExpr({P(5), P(2, false)}), Cost).has_value());
}

TEST(FindWitness, NegationOffersNone) {
  EXPECT_FALSE(FindWitness(P(1, false), Cost).has_value());
  const auto witness = FindWitness(AndExpr({P(1, false), P(3)}), Cost);
  ASSERT_TRUE(witness.has_value());
  EXPECT_THAT(witness->predicates, ElementsAre(PredicateId{3}));
}

TEST(FindWitness, PredicateThatNeedNotFireOffersNone) {
  EXPECT_FALSE(FindWitness(P(100), Cost).has_value());
}

TEST(FindWitness, AtLeastTakesTheCheapestThatCannotAllFail) {
  // Two of four hold, so one of any three does.
  const auto witness =
      FindWitness(AtLeastExpr(2, {P(9), P(4), P(3), P(5)}), Cost);
  ASSERT_TRUE(witness.has_value());
  EXPECT_THAT(witness->predicates,
              ElementsAre(PredicateId{3}, PredicateId{4}, PredicateId{5}));
  EXPECT_FALSE(
      FindWitness(AtLeastExpr(2, {P(9), P(100), P(101)}), Cost).has_value());
}

TEST(FindWitness, FalseNeverWakes) {
  const auto witness = FindWitness(ConstantExpr(false), Cost);
  ASSERT_TRUE(witness.has_value());
  EXPECT_THAT(witness->predicates, IsEmpty());
  EXPECT_FALSE(FindWitness(ConstantExpr(true), Cost).has_value());
}

TEST(EstimateFiringCost, LongerTextsAreRarer) {
  Predicate predicate;
  predicate.op = Operator::kContains;
  predicate.operand = "ab";
  const auto shorter = EstimateFiringCost(predicate, true);
  predicate.operand = "abcdef";
  const auto longer = EstimateFiringCost(predicate, true);
  ASSERT_TRUE(shorter.has_value() && longer.has_value());
  EXPECT_LT(*longer, *shorter);
}

TEST(EstimateFiringCost, NothingForWhatNeedNotFire) {
  Predicate predicate;
  predicate.op = Operator::kNull;
  EXPECT_FALSE(EstimateFiringCost(predicate, false).has_value());
}

}  // namespace
}  // namespace hypersigma::internal
