// Satisfiability of clauses: search with unit propagation.

#ifndef HYPERSIGMA_LIB_CATALOG_CLAUSE_SOLVER_H_
#define HYPERSIGMA_LIB_CATALOG_CLAUSE_SOLVER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/catalog/step_budget.h"

namespace hypersigma::internal {

// A variable, or its negation: twice its number, plus one.
using Literal = std::uint32_t;

constexpr Literal Not(Literal literal) { return literal ^ 1; }

// Source: the DPLL procedure with two watched literals a clause.
class ClauseSolver {
 public:
  // Returns the positive literal of a new variable.
  Literal NewVariable();

  // One of the literals must be true. An empty clause cannot be satisfied.
  void Add(std::vector<Literal> clause);

  // Returns whether all clauses can be satisfied at once; nullopt when the
  // budget ends. Tries the clauses that were added first, first.
  std::optional<bool> Solve(StepBudget& budget);

 private:
  enum Value : std::uint8_t { kUnknown, kTrue, kFalse };
  struct Decision {
    std::size_t trail_size;
    Literal literal;
    bool is_second;
    std::size_t first_open;  // clauses before it are satisfied
  };

  Value ValueOf(Literal literal) const;
  bool Assign(Literal literal);
  // Both return false at a conflict or at the end of the budget.
  bool Propagate(StepBudget& budget);
  bool PropagateOver(Literal falsified, StepBudget& budget);
  bool AssignUnits();
  // Undoes decisions up to one whose other side is not tried; false if none.
  bool Backtrack();
  // A literal of a clause that is not satisfied; nullopt if all are.
  std::optional<Literal> Choose(StepBudget& budget);

  std::vector<std::vector<Literal>> clauses_;
  std::vector<std::vector<std::uint32_t>> watches_;  // by literal
  std::vector<Value> values_;                        // by variable
  std::vector<Literal> trail_;                       // those that are true
  std::size_t propagated_ = 0;                       // of the trail
  std::vector<Decision> decisions_;
  std::size_t first_open_ = 0;
  bool is_impossible_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_CLAUSE_SOLVER_H_
