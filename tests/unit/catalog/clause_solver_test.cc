#include "lib/catalog/clause_solver.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kPlenty = 1'000'000;

std::optional<bool> Solved(std::size_t variables,
                           const std::vector<std::vector<Literal>>& clauses,
                           std::size_t steps = kPlenty) {
  ClauseSolver solver;
  for (std::size_t i = 0; i < variables; ++i) solver.NewVariable();
  for (const std::vector<Literal>& clause : clauses) solver.Add(clause);
  StepBudget budget(steps);
  return solver.Solve(budget);
}

bool IsSatisfiable(std::size_t variables,
                   const std::vector<std::vector<Literal>>& clauses) {
  for (std::uint32_t values = 0; values < 1U << variables; ++values) {
    bool all = true;
    for (const std::vector<Literal>& clause : clauses) {
      bool any = false;
      for (const Literal literal : clause) {
        any = any || ((values >> literal / 2 & 1) != literal % 2);
      }
      all = all && any;
    }
    if (all) return true;
  }
  return false;
}

TEST(ClauseSolver, TakesNothingAndRefusesTheEmptyClause) {
  EXPECT_EQ(Solved(0, {}), true);
  EXPECT_EQ(Solved(0, {{}}), false);
}

TEST(ClauseSolver, SeesContradictions) {
  EXPECT_EQ(Solved(1, {{0}, {1}}), false);
  EXPECT_EQ(Solved(1, {{0, 1}}), true);
  EXPECT_EQ(Solved(2, {{0, 2}, {0, 3}, {1, 2}, {1, 3}}), false);
}

TEST(ClauseSolver, AgreesWithTryingEverything) {
  generator::Random random(std::uint64_t{3});
  int satisfiable = 0;
  for (int i = 0; i < 3'000; ++i) {
    const std::size_t variables = random.Between(1, 8);
    std::vector<std::vector<Literal>> clauses(random.Between(1, 36));
    for (std::vector<Literal>& clause : clauses) {
      clause.resize(random.Between(1, 3));
      for (Literal& literal : clause) {
        literal = static_cast<Literal>(random.Below(variables * 2));
      }
    }
    const bool expected = IsSatisfiable(variables, clauses);
    satisfiable += expected ? 1 : 0;
    ASSERT_EQ(Solved(variables, clauses), expected) << "round " << i;
  }
  EXPECT_GT(satisfiable, 300);
  EXPECT_LT(satisfiable, 2'700);
}

// More pigeons than holes: no short way to see it.
TEST(ClauseSolver, EndsWithItsBudget) {
  constexpr Literal kHoles = 9;
  std::vector<std::vector<Literal>> clauses;
  for (Literal pigeon = 0; pigeon <= kHoles; ++pigeon) {
    std::vector<Literal>& somewhere = clauses.emplace_back();
    for (Literal hole = 0; hole < kHoles; ++hole) {
      const Literal here = (pigeon * kHoles + hole) * 2;
      somewhere.push_back(here);
    }
    for (Literal other = 0; other < pigeon; ++other) {
      for (Literal hole = 0; hole < kHoles; ++hole) {
        clauses.push_back({Not((pigeon * kHoles + hole) * 2),
                           Not((other * kHoles + hole) * 2)});
      }
    }
  }
  EXPECT_EQ(Solved(kHoles * (kHoles + 1), clauses, 100'000), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
