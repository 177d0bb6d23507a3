#include "lib/catalog/implied_predicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/catalog/implication.h"
#include "tests/support/predicates.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

Predicate RandomPredicate(generator::Random& random) {
  constexpr Operator kOperators[] = {
      Operator::kEquals,       Operator::kStartsWith, Operator::kEndsWith,
      Operator::kContains,     Operator::kGlob,       Operator::kAnyText,
      Operator::kNumberEquals, Operator::kLt,         Operator::kExists,
      Operator::kMissing,      Operator::kNull,       Operator::kRegex};
  Predicate predicate = Text(random.Pick(kOperators), "", random.Chance(30));
  const bool is_number =
      predicate.op == Operator::kNumberEquals || predicate.op == Operator::kLt;
  const std::size_t size = random.Between(1, 7);
  for (std::size_t i = 0; i < size; ++i) {
    predicate.operand +=
        is_number ? "12"[random.Below(2)] : "ab1"[random.Below(3)];
  }
  if (predicate.op == Operator::kGlob) {
    using Kind = PatternPart::Kind;
    predicate.glob = {{Kind::kLiteral, predicate.operand.substr(0, 1)},
                      {random.Chance(50) ? Kind::kAnyRun : Kind::kAnyOne, ""},
                      {Kind::kLiteral, predicate.operand}};
    predicate.operand.clear();
  }
  predicate.field = FieldId{static_cast<std::uint32_t>(random.Below(2))};
  return predicate;
}

TEST(ImpliedPredicates, AreAllThereAre) {
  generator::Random random(std::uint64_t{11});
  std::vector<Predicate> predicates;
  while (predicates.size() < 400) {
    Predicate predicate = RandomPredicate(random);
    if (std::find(predicates.begin(), predicates.end(), predicate) ==
        predicates.end()) {
      predicates.push_back(std::move(predicate));
    }
  }
  StepBudget budget(100'000'000);
  const ImpliedPredicates implied(predicates, budget);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < predicates.size(); ++i) {
    const auto found = implied.Of(PredicateId{i});
    for (std::uint32_t k = 0; k < predicates.size(); ++k) {
      const bool is_found =
          std::binary_search(found.begin(), found.end(), PredicateId{k});
      EXPECT_EQ(is_found, i != k && Implies(predicates[i], predicates[k]))
          << predicates[i].operand << " and " << predicates[k].operand;
      count += is_found ? 1 : 0;
    }
  }
  EXPECT_GT(count, 1'000U);
}

TEST(ImpliedPredicates, EndWithTheBudget) {
  std::vector<Predicate> predicates;
  for (std::size_t i = 1; i < 400; ++i) {
    predicates.push_back(Text(Operator::kContains, std::string(i, 'a')));
  }
  StepBudget budget(1'000);
  const ImpliedPredicates implied(predicates, budget);
  EXPECT_EQ(budget.left(), 0U);
  EXPECT_TRUE(implied.Of(PredicateId{398}).empty());
}

}  // namespace
}  // namespace hypersigma::internal
