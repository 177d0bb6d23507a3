#include "lib/catalog/sample.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace hypersigma::internal {
namespace {

struct Choice {
  std::vector<PredicateId> is_true;
  std::vector<PredicateId> is_false;
};

// Chooses one way to make `expr` true. Returns false where there is none.
bool Choose(const Expr& expr, Dice& dice, Choice& choice) {
  const std::size_t count = expr.children.size();
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      return expr.value;
    case Expr::Kind::kPredicate:
      (expr.value ? choice.is_true : choice.is_false).push_back(expr.predicate);
      return true;
    case Expr::Kind::kAnd:
      return std::all_of(
          expr.children.begin(), expr.children.end(),
          [&](const Expr& child) { return Choose(child, dice, choice); });
    case Expr::Kind::kOr:
      return Choose(expr.children[dice.Below(count)], dice, choice);
    case Expr::Kind::kAtLeast:
      break;
  }
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < expr.at_least; ++i) {
    std::swap(order[i], order[i + dice.Below(count - i)]);
    if (!Choose(expr.children[order[i]], dice, choice)) return false;
  }
  return true;
}

}  // namespace

std::size_t Dice::Below(std::size_t bound) {
  // The generator splitmix64.
  state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
  return static_cast<std::size_t>((mixed ^ mixed >> 31) % bound);
}

std::optional<std::vector<PredicateId>> SampleOf(
    const Expr& expr, const ImpliedPredicates& implied, Dice& dice,
    StepBudget& budget) {
  Choice choice;
  if (!Choose(expr, dice, choice)) return std::nullopt;
  std::vector<PredicateId> fired = choice.is_true;
  for (const PredicateId id : choice.is_true) {
    const auto others = implied.Of(id);
    fired.insert(fired.end(), others.begin(), others.end());
  }
  if (!budget.Take(fired.size() + choice.is_false.size())) return std::nullopt;
  std::sort(fired.begin(), fired.end());
  fired.erase(std::unique(fired.begin(), fired.end()), fired.end());
  for (const PredicateId id : choice.is_false) {
    if (std::binary_search(fired.begin(), fired.end(), id)) return std::nullopt;
  }
  return fired;
}

}  // namespace hypersigma::internal
