#include "lib/catalog/entailment.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/predicates.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kPredicates = 6;

// Predicates that say nothing of each other, but that 1 implies 0.
std::vector<Predicate> Predicates() {
  std::vector<Predicate> predicates;
  for (const char* text : {"a", "ab", "c", "d", "e", "f"}) {
    predicates.push_back(Text(Operator::kContains, text));
  }
  return predicates;
}

bool Holds(const Expr& expr, std::uint32_t values) {
  std::size_t count = 0;
  for (const Expr& child : expr.children) count += Holds(child, values) ? 1 : 0;
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      return expr.value;
    case Expr::Kind::kPredicate:
      return (values >> Index(expr.predicate) & 1) == (expr.value ? 1U : 0U);
    case Expr::Kind::kAnd:
      return count == expr.children.size();
    case Expr::Kind::kOr:
      return count > 0;
    case Expr::Kind::kAtLeast:
      return count >= expr.at_least;
  }
  return false;
}

// By trying all values; those in which 1 is true without 0 cannot be.
bool IsImplied(const Expr& narrow, const Expr& wide) {
  for (std::uint32_t values = 0; values < 1U << kPredicates; ++values) {
    if ((values & 3) == 2) continue;
    if (Holds(narrow, values) && !Holds(wide, values)) return false;
  }
  return true;
}

Expr RandomExpr(generator::Random& random, int depth) {
  if (depth == 0 || random.Chance(20)) {
    return PredicateExpr(
        PredicateId{static_cast<std::uint32_t>(random.Below(kPredicates))},
        random.Chance(70));
  }
  std::vector<Expr> children;
  const std::size_t count = random.Between(2, 4);
  for (std::size_t i = 0; i < count; ++i) {
    children.push_back(RandomExpr(random, depth - 1));
  }
  switch (random.Below(3)) {
    case 0:
      return AndExpr(std::move(children));
    case 1:
      return OrExpr(std::move(children));
    default:
      return AtLeastExpr(static_cast<std::uint32_t>(random.Between(1, count)),
                         std::move(children));
  }
}

TEST(Entailment, AgreesWithTryingEverything) {
  const std::vector<Predicate> predicates = Predicates();
  StepBudget unbounded(100'000'000);
  const ImpliedPredicates implied(predicates, unbounded);
  generator::Random random(std::uint64_t{5});
  int proved = 0;
  for (int i = 0; i < 5'000; ++i) {
    const Expr narrow = RandomExpr(random, 2);
    const Expr wide = RandomExpr(random, 2);
    StepBudget budget(1'000'000);
    const Proof proof = Prove(narrow, wide, predicates, implied, budget);
    ASSERT_EQ(proof, IsImplied(narrow, wide) ? Proof::kProved : Proof::kRefuted)
        << "round " << i;
    proved += proof == Proof::kProved ? 1 : 0;
  }
  EXPECT_GT(proved, 200);
  EXPECT_LT(proved, 4'000);
}

TEST(Entailment, KnowsThatAFieldIsThereOrMissing) {
  const std::vector<Predicate> predicates{Text(Operator::kExists, ""),
                                          Text(Operator::kMissing, ""),
                                          Text(Operator::kContains, "a")};
  StepBudget budget(1'000'000);
  const ImpliedPredicates implied(predicates, budget);
  const auto prove = [&](const Expr& narrow, const Expr& wide) {
    return Prove(narrow, wide, predicates, implied, budget);
  };
  const Expr missing = PredicateExpr(PredicateId{1});
  const Expr not_missing = PredicateExpr(PredicateId{1}, false);
  EXPECT_EQ(prove(PredicateExpr(PredicateId{2}), not_missing), Proof::kProved);
  EXPECT_EQ(prove(not_missing, PredicateExpr(PredicateId{0})), Proof::kProved);
  EXPECT_EQ(prove(missing, PredicateExpr(PredicateId{2}, false)),
            Proof::kProved);
  EXPECT_EQ(prove(not_missing, PredicateExpr(PredicateId{2})), Proof::kRefuted);
}

TEST(Entailment, GivesUpAtTheEndOfItsBudget) {
  const std::vector<Predicate> predicates = Predicates();
  StepBudget unbounded(1'000'000);
  const ImpliedPredicates implied(predicates, unbounded);
  StepBudget budget(2);
  const Expr expr = PredicateExpr(PredicateId{0});
  EXPECT_EQ(Prove(expr, expr, predicates, implied, budget), Proof::kNotDecided);
}

}  // namespace
}  // namespace hypersigma::internal
