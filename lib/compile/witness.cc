#include "lib/compile/witness.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hypersigma::internal {
namespace {

Witness Union(std::vector<Witness> parts) {
  Witness all;
  for (Witness& part : parts) {
    all.predicates.insert(all.predicates.end(), part.predicates.begin(),
                          part.predicates.end());
    all.cost += part.cost;
  }
  std::sort(all.predicates.begin(), all.predicates.end());
  all.predicates.erase(
      std::unique(all.predicates.begin(), all.predicates.end()),
      all.predicates.end());
  return all;
}

// Among any `children - at_least + 1` children one must hold: the cheapest.
std::optional<Witness> CheapestOf(std::vector<Witness> offers,
                                  std::size_t child_count,
                                  std::size_t at_least) {
  const std::size_t needed = child_count - at_least + 1;
  if (offers.size() < needed) return std::nullopt;
  std::stable_sort(
      offers.begin(), offers.end(),
      [](const Witness& a, const Witness& b) { return a.cost < b.cost; });
  offers.resize(needed);
  return Union(std::move(offers));
}

}  // namespace

std::optional<Witness> FindWitness(const Expr& expr, const FiringCost& cost) {
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      if (expr.value) return std::nullopt;
      return Witness{};
    case Expr::Kind::kPredicate: {
      if (!expr.value) return std::nullopt;
      const std::optional<double> firing_cost = cost(expr.predicate);
      if (!firing_cost.has_value()) return std::nullopt;
      return Witness{{expr.predicate}, *firing_cost};
    }
    case Expr::Kind::kAnd:
    case Expr::Kind::kOr:
    case Expr::Kind::kAtLeast:
      break;
  }
  std::vector<Witness> offers;
  for (const Expr& child : expr.children) {
    std::optional<Witness> offer = FindWitness(child, cost);
    if (offer.has_value()) offers.push_back(*std::move(offer));
  }
  const std::size_t child_count = expr.children.size();
  const std::size_t at_least = expr.kind == Expr::Kind::kAnd  ? child_count
                               : expr.kind == Expr::Kind::kOr ? 1
                                                              : expr.at_least;
  return CheapestOf(std::move(offers), child_count, at_least);
}

std::optional<double> EstimateFiringCost(const Predicate& predicate,
                                         bool decided) {
  if (!decided && !predicate.has_trigger) return std::nullopt;
  // Chance that a value has a given text of this length, from its characters.
  const auto rarity = [](std::size_t length, double certain) {
    return std::max(1e-6, certain * std::pow(0.7, static_cast<double>(length)));
  };
  std::size_t longest = 0;
  for (const PatternPart& part : predicate.glob) {
    longest = std::max(longest, part.literal.size());
  }
  switch (predicate.op) {
    case Operator::kEquals:
      return rarity(predicate.operand.size(), 0.1);
    case Operator::kStartsWith:
    case Operator::kEndsWith:
      return rarity(predicate.operand.size(), 0.5);
    case Operator::kContains:
      return rarity(predicate.operand.size(), 1.0);
    case Operator::kGlob:
      return rarity(longest, 1.0);
    case Operator::kRegex:
      return 0.3;
    case Operator::kNumberEquals:
      return 0.02;
    case Operator::kBool:
      return 0.3;
    case Operator::kAnyText:
    case Operator::kCidr:
    case Operator::kFieldRef:
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
    case Operator::kTimePart:
    case Operator::kNull:
    case Operator::kExists:
    case Operator::kMissing:
      return 1.0;
  }
  return std::nullopt;
}

}  // namespace hypersigma::internal
