#include "lib/compile/program.h"

#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/compile/expr.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kNoLimit = 100'000;

Expr P(std::uint32_t id, bool value = true) {
  return PredicateExpr(PredicateId{id}, value);
}

// Bit n of `fired` is the truth of predicate n.
bool RunProgram(const Program& program, std::uint32_t fired) {
  ProgramTarget at = program.start;
  while (at < kReject) {
    const internal::Test& test = program.tests[at];
    at = (fired >> Index(test.predicate) & 1) != 0 ? test.if_true
                                                   : test.if_false;
  }
  return at == kAccept;
}

bool Evaluate(const Expr& expr, std::uint32_t fired) {
  std::uint32_t held = 0;
  for (const Expr& child : expr.children) held += Evaluate(child, fired);
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      return expr.value;
    case Expr::Kind::kPredicate:
      return ((fired >> Index(expr.predicate) & 1) != 0) == expr.value;
    case Expr::Kind::kAnd:
      return held == expr.children.size();
    case Expr::Kind::kOr:
      return held > 0;
    case Expr::Kind::kAtLeast:
      return held >= expr.at_least;
  }
  return false;
}

Expr RandomExpr(std::mt19937& random, int depth) {
  const auto kind = random() % (depth == 0 ? 1 : 4);
  if (kind == 0) return P(random() % 6, random() % 2 == 0);
  std::vector<Expr> children;
  for (auto count = 1 + random() % 4; count > 0; --count) {
    children.push_back(RandomExpr(random, depth - 1));
  }
  if (kind == 1) return AndExpr(std::move(children));
  if (kind == 2) return OrExpr(std::move(children));
  return AtLeastExpr(random() % 5, std::move(children));
}

TEST(CompileProgram, PredicateIsOneTest) {
  const auto program = CompileProgram(P(3), 10, kNoLimit);
  ASSERT_TRUE(program.has_value());
  EXPECT_THAT(program->tests,
              ElementsAre(internal::Test{PredicateId{3}, kAccept, kReject}));
  EXPECT_EQ(program->start, 0u);
}

TEST(CompileProgram, NegationSwapsTargets) {
  const auto program = CompileProgram(P(3, false), 10, kNoLimit);
  ASSERT_TRUE(program.has_value());
  EXPECT_THAT(program->tests,
              ElementsAre(internal::Test{PredicateId{3}, kReject, kAccept}));
}

TEST(CompileProgram, ConstantHasNoTests) {
  const auto always = CompileProgram(ConstantExpr(true), 0, kNoLimit);
  ASSERT_TRUE(always.has_value());
  EXPECT_THAT(always->tests, IsEmpty());
  EXPECT_EQ(always->start, kAccept);
}

TEST(CompileProgram, TestsDecidedPredicatesFirst) {
  std::vector<Expr> children;
  children.push_back(P(7));
  children.push_back(P(1));
  const auto program = CompileProgram(AndExpr(std::move(children)),
                                      /*decided_count=*/5, kNoLimit);
  ASSERT_TRUE(program.has_value());
  ASSERT_EQ(program->tests.size(), 2u);
  EXPECT_EQ(program->tests[0].predicate, PredicateId{1});
  EXPECT_EQ(program->tests[1].predicate, PredicateId{7});
}

TEST(CompileProgram, JumpsForwardOnly) {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const auto program =
        CompileProgram(RandomExpr(random, 3), random() % 7, kNoLimit);
    ASSERT_TRUE(program.has_value());
    for (ProgramTarget at = 0; at < program->tests.size(); ++at) {
      EXPECT_GT(program->tests[at].if_true, at);
      EXPECT_GT(program->tests[at].if_false, at);
    }
  }
}

TEST(CompileProgram, AgreesWithItsExpression) {
  std::mt19937 random(2);
  int accepted = 0;
  for (int i = 0; i < 500; ++i) {
    const Expr expr = RandomExpr(random, 3);
    const auto program = CompileProgram(expr, random() % 7, kNoLimit);
    ASSERT_TRUE(program.has_value());
    for (std::uint32_t fired = 0; fired < 64; ++fired) {
      const bool expected = Evaluate(expr, fired);
      accepted += expected;
      ASSERT_EQ(RunProgram(*program, fired), expected) << "expression " << i;
    }
  }
  EXPECT_GT(accepted, 5'000);
}

TEST(CompileProgram, RefusesPastTheLimit) {
  std::vector<Expr> children;
  for (std::uint32_t i = 0; i < 40; ++i) children.push_back(P(i));
  const Expr expr = AtLeastExpr(20, std::move(children));
  EXPECT_FALSE(CompileProgram(expr, 40, 100).has_value());
  EXPECT_TRUE(CompileProgram(expr, 40, 1'000).has_value());
}

}  // namespace
}  // namespace hypersigma::internal
