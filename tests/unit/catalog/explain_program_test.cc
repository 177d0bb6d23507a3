#include "lib/catalog/explain_program.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/compile/expr.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

using generator::Random;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kMaxTests = 200'000;

Expr Leaf(std::uint32_t predicate, bool value = true) {
  return PredicateExpr(PredicateId{predicate}, value);
}

Program Compile(const Expr& expr) {
  return CompileProgram(expr, /*decided_count=*/0, kMaxTests).value();
}

// The truths of predicates are the bits of a number.
TruthOf Bits(std::uint64_t bits) {
  return [bits](PredicateId id) {
    return (bits >> Index(id) & 1) != 0 ? Truth::kTrue : Truth::kFalse;
  };
}

// Written for the test alone: what the expression says.
bool Holds(const Expr& expr, std::uint64_t bits) {
  std::size_t held = 0;
  for (const Expr& child : expr.children) held += Holds(child, bits) ? 1 : 0;
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      return expr.value;
    case Expr::Kind::kPredicate:
      return ((bits >> Index(expr.predicate) & 1) != 0) == expr.value;
    case Expr::Kind::kAnd:
      return held == expr.children.size();
    case Expr::Kind::kOr:
      return held > 0;
    case Expr::Kind::kAtLeast:
      return held >= expr.at_least;
  }
  return false;
}

Expr RandomExpr(Random& random, std::uint32_t predicates, int depth) {
  if (depth == 0 || random.Chance(25)) {
    return Leaf(static_cast<std::uint32_t>(random.Below(predicates)),
                random.Chance(60));
  }
  std::vector<Expr> children;
  const std::size_t count = random.Between(2, 4);
  for (std::size_t i = 0; i < count; ++i) {
    children.push_back(RandomExpr(random, predicates, depth - 1));
  }
  if (random.Chance(20)) return AtLeastExpr(2, std::move(children));
  return random.Chance(50) ? AndExpr(std::move(children))
                           : OrExpr(std::move(children));
}

// How few flips make the expression hold, by trying all; nullopt: none do.
std::optional<int> FewestFlips(const Expr& expr, std::uint64_t bits,
                               std::uint32_t predicates) {
  std::optional<int> fewest;
  for (std::uint64_t flips = 0; flips < std::uint64_t{1} << predicates;
       ++flips) {
    const int count = std::popcount(flips);
    if (fewest.has_value() && count >= *fewest) continue;
    if (Holds(expr, bits ^ flips)) fewest = count;
  }
  return fewest;
}

TEST(FindSmallestFlips, NamesNoMoreThanAllSetsTried) {
  constexpr std::uint32_t kPredicates = 7;
  Random random(1);
  std::size_t impossible = 0;
  std::size_t several = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Expr expr = RandomExpr(random, kPredicates, 4);
    const std::uint64_t bits = random.Below(1u << kPredicates);
    if (Holds(expr, bits)) continue;
    const Program program = Compile(expr);
    const auto fewest = FewestFlips(expr, bits, kPredicates);
    const SmallestFlips found = FindSmallestFlips(program, Bits(bits));
    if (!fewest.has_value()) {
      EXPECT_EQ(found.status, ChangesStatus::kImpossible) << i;
      ++impossible;
      continue;
    }
    ASSERT_EQ(found.status, ChangesStatus::kSmallest) << i;
    std::uint64_t flipped = bits;
    for (const PredicateId id : found.flips) {
      flipped ^= std::uint64_t{1} << Index(id);
    }
    EXPECT_EQ(found.flips.size(), static_cast<std::size_t>(*fewest)) << i;
    EXPECT_TRUE(Holds(expr, flipped)) << i;
    EXPECT_TRUE(AcceptsWith(program, Bits(bits), found.flips)) << i;
    several += *fewest > 1 ? 1 : 0;
  }
  EXPECT_GT(impossible, 5u);
  EXPECT_GT(several, 1000u);
}

TEST(FindSmallestFlips, CountsAPredicateThatIsAskedTwiceOnce) {
  std::vector<Expr> parts;
  parts.push_back(OrExpr({Leaf(0), Leaf(1)}));
  parts.push_back(OrExpr({Leaf(0), Leaf(2)}));
  const SmallestFlips found =
      FindSmallestFlips(Compile(AndExpr(std::move(parts))), Bits(0));
  EXPECT_EQ(found.status, ChangesStatus::kSmallest);
  EXPECT_THAT(found.flips, ElementsAre(PredicateId{0}));
}

TEST(FindSmallestFlips, SaysWhenNothingHelps) {
  const Program program = Compile(AndExpr({Leaf(0), Leaf(0, false)}));
  EXPECT_EQ(FindSmallestFlips(program, Bits(0)).status,
            ChangesStatus::kImpossible);
  EXPECT_EQ(FindSmallestFlips(Compile(ConstantExpr(false)), Bits(0)).status,
            ChangesStatus::kImpossible);
}

TEST(FindSmallestFlips, LeavesOpenWhatAnUndecidedPredicateLeavesOpen) {
  const SmallestFlips found =
      FindSmallestFlips(Compile(AndExpr({Leaf(0), Leaf(1)})),
                        [](PredicateId) { return Truth::kUndecided; });
  EXPECT_EQ(found.status, ChangesStatus::kNotDecided);
  EXPECT_THAT(found.flips, IsEmpty());
}

TEST(FindSmallestFlips, IsExactForLongLists) {
  std::vector<Expr> listed;
  for (std::uint32_t i = 0; i < 50'000; ++i) listed.push_back(Leaf(i));
  const Program any = Compile(OrExpr(listed));
  const TruthOf none = [](PredicateId) { return Truth::kFalse; };
  const SmallestFlips one = FindSmallestFlips(any, none);
  EXPECT_EQ(one.status, ChangesStatus::kSmallest);
  EXPECT_EQ(one.flips.size(), 1u);
  const SmallestFlips all =
      FindSmallestFlips(Compile(AndExpr(std::move(listed))), none);
  EXPECT_EQ(all.status, ChangesStatus::kSmallest);
  EXPECT_EQ(all.flips.size(), 50'000u);
}

TEST(FindSmallestFlips, StopsAtItsLimitAndSaysSo) {
  // Every predicate in many clauses of three: a hard search.
  Random random(7);
  std::vector<Expr> clauses;
  for (int i = 0; i < 400; ++i) {
    std::vector<Expr> clause;
    for (int k = 0; k < 3; ++k) {
      clause.push_back(Leaf(static_cast<std::uint32_t>(random.Below(150)),
                            random.Chance(60)));
    }
    clauses.push_back(OrExpr(std::move(clause)));
  }
  const Program program = Compile(AndExpr(std::move(clauses)));
  const TruthOf none = [](PredicateId) { return Truth::kFalse; };
  const SmallestFlips found = FindSmallestFlips(program, none);
  EXPECT_THAT(found.status, testing::AnyOf(ChangesStatus::kSufficient,
                                           ChangesStatus::kNotDecided));
  if (found.status == ChangesStatus::kSufficient) {
    EXPECT_TRUE(AcceptsWith(program, none, found.flips));
  }
}

TEST(RunProgram, IsDecidedWhereBothWaysLeadToOneVerdict) {
  const TruthOf open = [](PredicateId id) {
    return Index(id) == 0 ? Truth::kUndecided : Truth::kTrue;
  };
  EXPECT_EQ(RunProgram(Compile(OrExpr({Leaf(0), Leaf(1)})), open),
            Truth::kTrue);
  EXPECT_EQ(RunProgram(Compile(AndExpr({Leaf(0), Leaf(1)})), open),
            Truth::kUndecided);
}

}  // namespace
}  // namespace hypersigma::internal
