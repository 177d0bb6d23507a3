#include "lib/catalog/entailment.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/catalog/clause_solver.h"
#include "lib/catalog/implication.h"

namespace hypersigma::internal {
namespace {

// Turns expressions into clauses. A node's variable implies the node, never the
// reverse: nodes are under no negation.
class Encoder {
 public:
  Encoder(std::span<const Predicate> predicates,
          const ImpliedPredicates& implied, StepBudget& budget)
      : predicates_(predicates), implied_(implied), budget_(budget) {}

  // Demands that `expr`, or its negation, holds.
  void Demand(const Expr& expr, bool negate) {
    if (!budget_.Take(1)) return;
    if (expr.kind == Expr::Kind::kConstant) {
      if (expr.value == negate) solver_.Add({});
    } else if (IsAnd(expr, negate)) {
      for (const Expr& child : expr.children) Demand(child, negate);
    } else if (IsOr(expr, negate)) {
      std::vector<Literal> clause;
      for (const Expr& child : expr.children) {
        clause.push_back(LiteralOf(child, negate));
      }
      solver_.Add(std::move(clause));
    } else {
      solver_.Add({LiteralOf(expr, negate)});
    }
  }

  // Adds what is known of the predicates so far.
  void AddKnowledge() {
    std::vector<PredicateId> used;
    for (const auto& [id, literal] : atoms_) used.push_back(id);
    std::sort(used.begin(), used.end());
    for (const PredicateId id : used) {
      const Literal literal = atoms_.find(id)->second;
      for (const PredicateId other : implied_.Of(id)) {
        budget_.Take(1);
        const auto wide = atoms_.find(other);
        if (wide != atoms_.end()) solver_.Add({Not(literal), wide->second});
      }
    }
    AddPresence(used);
  }

  Proof Solve() {
    const std::optional<bool> found = solver_.Solve(budget_);
    if (!found.has_value() || budget_.left() == 0) return Proof::kNotDecided;
    return *found ? Proof::kRefuted : Proof::kProved;
  }

 private:
  static bool IsAnd(const Expr& expr, bool negate) {
    return expr.kind == (negate ? Expr::Kind::kOr : Expr::Kind::kAnd);
  }
  static bool IsOr(const Expr& expr, bool negate) {
    return expr.kind == (negate ? Expr::Kind::kAnd : Expr::Kind::kOr);
  }

  Literal LiteralOf(const Expr& expr, bool negate) {
    if (expr.kind == Expr::Kind::kPredicate) {
      const Literal literal = AtomOf(expr.predicate);
      return expr.value != negate ? literal : Not(literal);
    }
    if (expr.kind == Expr::Kind::kAtLeast) {
      const std::size_t count = expr.children.size();
      return AtLeast(expr, negate,
                     negate ? count - expr.at_least + 1 : expr.at_least);
    }
    const Literal node = solver_.NewVariable();
    if (!budget_.Take(1)) return node;
    if (expr.kind == Expr::Kind::kConstant) {
      if (expr.value == negate) solver_.Add({Not(node)});
    } else if (IsAnd(expr, negate)) {
      for (const Expr& child : expr.children) {
        solver_.Add({Not(node), LiteralOf(child, negate)});
      }
    } else {
      std::vector<Literal> clause{Not(node)};
      for (const Expr& child : expr.children) {
        clause.push_back(LiteralOf(child, negate));
      }
      solver_.Add(std::move(clause));
    }
    return node;
  }

  // The literal of "at least `wanted` of the children": needs[n] is that of "at
  // least n of those from here on".
  Literal AtLeast(const Expr& expr, bool negate, std::size_t wanted) {
    std::vector<std::optional<Literal>> needs(wanted + 1);  // none: false
    const std::size_t count = expr.children.size();
    for (std::size_t i = count; i-- > 0;) {
      const Literal child = LiteralOf(expr.children[i], negate);
      // From the last on: each uses those of the child after this one.
      for (std::size_t n = std::min(wanted, count - i); n > 0; --n) {
        budget_.Take(1);
        const Literal node = solver_.NewVariable();
        std::vector<Literal> here{Not(node), child};
        if (needs[n].has_value()) here.push_back(*needs[n]);
        solver_.Add(std::move(here));
        if (n > 1) {
          std::vector<Literal> rest{Not(node)};
          if (needs[n - 1].has_value()) rest.push_back(*needs[n - 1]);
          solver_.Add(std::move(rest));
        }
        needs[n] = node;
      }
    }
    return *needs[wanted];
  }

  Literal AtomOf(PredicateId id) {
    const auto [atom, is_new] = atoms_.try_emplace(id);
    if (is_new) atom->second = solver_.NewVariable();
    return atom->second;
  }

  // What is false of a field that is missing, and what is true of one that is
  // there.
  void AddPresence(const std::vector<PredicateId>& used) {
    std::map<FieldId, std::vector<PredicateId>> absences;
    for (const PredicateId id : used) {
      const Predicate& predicate = predicates_[Index(id)];
      if (predicate.op == Operator::kMissing) {
        absences[predicate.field].push_back(id);
      }
    }
    for (const PredicateId id : used) {
      const Predicate& predicate = predicates_[Index(id)];
      const Literal literal = atoms_.find(id)->second;
      const auto exclude = [&](FieldId field) {
        const auto found = absences.find(field);
        if (found == absences.end()) return;
        for (const PredicateId missing : found->second) {
          const Literal absent = atoms_.find(missing)->second;
          solver_.Add({Not(literal), Not(absent)});
          if (predicate.op == Operator::kExists) {
            solver_.Add({literal, absent});
          }
        }
      };
      if (predicate.field == kUnnamedField || !NeedsField(predicate)) continue;
      exclude(predicate.field);
      if (predicate.op == Operator::kFieldRef) exclude(predicate.other_field);
    }
  }

  std::span<const Predicate> predicates_;
  const ImpliedPredicates& implied_;
  StepBudget& budget_;
  ClauseSolver solver_;
  absl::flat_hash_map<PredicateId, Literal> atoms_;
};

}  // namespace

Proof Prove(const Expr& narrow, const Expr& wide,
            std::span<const Predicate> predicates,
            const ImpliedPredicates& implied, StepBudget& budget) {
  Encoder encoder(predicates, implied, budget);
  // First: to branch over what is to be contradicted ends sooner.
  encoder.Demand(wide, /*negate=*/true);
  encoder.Demand(narrow, /*negate=*/false);
  encoder.AddKnowledge();
  return encoder.Solve();
}

}  // namespace hypersigma::internal
