#include "lib/catalog/clause_solver.h"

#include <algorithm>
#include <utility>

namespace hypersigma::internal {

Literal ClauseSolver::NewVariable() {
  values_.push_back(kUnknown);
  watches_.resize(values_.size() * 2);
  return static_cast<Literal>((values_.size() - 1) * 2);
}

void ClauseSolver::Add(std::vector<Literal> clause) {
  std::sort(clause.begin(), clause.end());
  clause.erase(std::unique(clause.begin(), clause.end()), clause.end());
  // Neighbours after sorting: a literal and its negation are always true.
  for (std::size_t i = 1; i < clause.size(); ++i) {
    if (clause[i] == Not(clause[i - 1])) return;
  }
  if (clause.empty()) is_impossible_ = true;
  const auto position = static_cast<std::uint32_t>(clauses_.size());
  if (clause.size() > 1) {
    watches_[clause[0]].push_back(position);
    watches_[clause[1]].push_back(position);
  }
  clauses_.push_back(std::move(clause));
}

ClauseSolver::Value ClauseSolver::ValueOf(Literal literal) const {
  const Value value = values_[literal / 2];
  if (value == kUnknown || literal % 2 == 0) return value;
  return value == kTrue ? kFalse : kTrue;
}

bool ClauseSolver::Assign(Literal literal) {
  const Value value = ValueOf(literal);
  if (value != kUnknown) return value == kTrue;
  values_[literal / 2] = literal % 2 == 0 ? kTrue : kFalse;
  trail_.push_back(literal);
  return true;
}

bool ClauseSolver::AssignUnits() {
  return std::all_of(clauses_.begin(), clauses_.end(), [this](const auto& c) {
    return c.size() != 1 || Assign(c.front());
  });
}

bool ClauseSolver::Propagate(StepBudget& budget) {
  while (propagated_ < trail_.size()) {
    if (!PropagateOver(Not(trail_[propagated_++]), budget)) return false;
  }
  return true;
}

bool ClauseSolver::PropagateOver(Literal falsified, StepBudget& budget) {
  std::vector<std::uint32_t>& watching = watches_[falsified];
  std::size_t kept = 0;
  bool is_consistent = true;
  for (std::size_t i = 0; i < watching.size(); ++i) {
    std::vector<Literal>& clause = clauses_[watching[i]];
    if (!is_consistent) {
      watching[kept++] = watching[i];
      continue;
    }
    if (clause[0] == falsified) std::swap(clause[0], clause[1]);
    const auto other = ValueOf(clause[0]) == kTrue
                           ? clause.end()
                           : std::find_if(clause.begin() + 2, clause.end(),
                                          [this](Literal literal) {
                                            return ValueOf(literal) != kFalse;
                                          });
    if (ValueOf(clause[0]) != kTrue && other != clause.end()) {
      std::swap(clause[1], *other);
      watches_[clause[1]].push_back(watching[i]);
      continue;
    }
    watching[kept++] = watching[i];
    is_consistent = budget.Take(1) && Assign(clause[0]);
  }
  watching.resize(kept);
  return is_consistent;
}

bool ClauseSolver::Backtrack() {
  while (!decisions_.empty()) {
    Decision& last = decisions_.back();
    while (trail_.size() > last.trail_size) {
      values_[trail_.back() / 2] = kUnknown;
      trail_.pop_back();
    }
    propagated_ = trail_.size();
    first_open_ = last.first_open;
    if (!last.is_second) {
      last.is_second = true;
      last.literal = Not(last.literal);
      Assign(last.literal);
      return true;
    }
    decisions_.pop_back();
  }
  return false;
}

std::optional<Literal> ClauseSolver::Choose(StepBudget& budget) {
  for (; first_open_ < clauses_.size(); ++first_open_) {
    budget.Take(1);
    const std::vector<Literal>& clause = clauses_[first_open_];
    const bool is_satisfied = std::any_of(
        clause.begin(), clause.end(),
        [this](Literal literal) { return ValueOf(literal) == kTrue; });
    if (is_satisfied) continue;
    for (const Literal literal : clause) {
      if (ValueOf(literal) == kUnknown) return literal;
    }
  }
  return std::nullopt;
}

std::optional<bool> ClauseSolver::Solve(StepBudget& budget) {
  if (is_impossible_ || !AssignUnits()) return false;
  while (true) {
    const bool is_consistent = Propagate(budget);
    if (budget.left() == 0) return std::nullopt;
    if (!is_consistent) {
      if (!Backtrack()) return false;
      continue;
    }
    const std::optional<Literal> next = Choose(budget);
    if (budget.left() == 0) return std::nullopt;
    if (!next.has_value()) return true;
    decisions_.push_back({trail_.size(), *next, false, first_open_});
    Assign(*next);
  }
}

}  // namespace hypersigma::internal
