#include "lib/catalog/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

class SampleTest : public testing::Test {
 protected:
  SampleTest()
      : predicates_{Text(Operator::kContains, "a"),
                    Text(Operator::kContains, "ab"),
                    Text(Operator::kContains, "c")},
        budget_(100'000),
        implied_(predicates_, budget_) {}

  std::optional<std::vector<PredicateId>> Sample(const Expr& expr) {
    return SampleOf(expr, implied_, dice_, budget_);
  }

  const std::vector<Predicate> predicates_;
  StepBudget budget_;
  const ImpliedPredicates implied_;
  Dice dice_{1};
};

TEST_F(SampleTest, HasWhatPredicatesImply) {
  EXPECT_THAT(*Sample(PredicateExpr(PredicateId{1})),
              ElementsAre(PredicateId{0}, PredicateId{1}));
}

TEST_F(SampleTest, HasNoContradictions) {
  EXPECT_EQ(Sample(AndExpr({PredicateExpr(PredicateId{1}),
                            PredicateExpr(PredicateId{0}, false)})),
            std::nullopt);
  EXPECT_EQ(Sample(ConstantExpr(false)), std::nullopt);
}

TEST_F(SampleTest, ChoosesEachWay) {
  const Expr either =
      OrExpr({PredicateExpr(PredicateId{0}), PredicateExpr(PredicateId{2})});
  std::set<std::vector<PredicateId>> seen;
  for (int i = 0; i < 50; ++i) seen.insert(*Sample(either));
  EXPECT_EQ(seen.size(), 2U);
}

TEST_F(SampleTest, TakesAsManyAsAreWanted) {
  const Expr two = AtLeastExpr(
      2, {PredicateExpr(PredicateId{0}), PredicateExpr(PredicateId{2}),
          PredicateExpr(PredicateId{1})});
  for (int i = 0; i < 20; ++i) EXPECT_GE(Sample(two)->size(), 2U);
}

}  // namespace
}  // namespace hypersigma::internal
