#include "lib/compile/expr.h"

#include <iterator>
#include <optional>
#include <utility>

namespace hypersigma::internal {
namespace {

// AND and OR are each other's mirror: `identity` is what they ignore.
Expr Combine(Expr::Kind kind, bool identity, std::vector<Expr> children) {
  Expr combined;
  combined.kind = kind;
  for (Expr& child : children) {
    if (child.kind == Expr::Kind::kConstant) {
      if (child.value != identity) return ConstantExpr(!identity);
    } else if (child.kind == kind) {
      combined.children.insert(combined.children.end(),
                               std::make_move_iterator(child.children.begin()),
                               std::make_move_iterator(child.children.end()));
    } else {
      combined.children.push_back(std::move(child));
    }
  }
  if (combined.children.empty()) return ConstantExpr(identity);
  if (combined.children.size() == 1) {
    Expr only = std::move(combined.children.front());
    return only;
  }
  return combined;
}

// AND of `children`, or OR when `any` differs from `negate`: De Morgan, the
// children being negated already.
Expr Group(bool any, bool negate, std::vector<Expr> children) {
  return any != negate ? OrExpr(std::move(children))
                       : AndExpr(std::move(children));
}

std::size_t LeafCount(const Expr& expr) {
  if (expr.children.empty()) return 1;
  std::size_t count = 0;
  for (const Expr& child : expr.children) count += LeafCount(child);
  return expr.kind == Expr::Kind::kAtLeast ? count * expr.at_least : count;
}

// Turns conditions into expressions, counting leaves.
class ConditionBuilder {
 public:
  ConditionBuilder(const std::vector<SelectionPlan>& selections,
                   std::size_t max_leaves)
      : selections_(selections), leaves_left_(max_leaves) {}

  Expr Build(const Condition& condition, bool negate) {
    switch (condition.kind) {
      case Condition::Kind::kNot:
        return Build(condition.children.front(), !negate);
      case Condition::Kind::kSelection:
        return Selection(condition.selections.front(), negate);
      case Condition::Kind::kQuantifier:
        return Quantifier(condition, negate);
      case Condition::Kind::kAnd:
      case Condition::Kind::kOr:
        break;
    }
    std::vector<Expr> children;
    for (const Condition& child : condition.children) {
      children.push_back(Build(child, negate));
    }
    return Group(condition.kind == Condition::Kind::kOr, negate,
                 std::move(children));
  }

  bool too_large() const { return too_large_; }

 private:
  Expr Selection(std::uint32_t index, bool negate) {
    if (too_large_) return ConstantExpr(false);
    Expr expr = DetectionExpr(selections_[index].detection, negate);
    const std::size_t leaves = LeafCount(expr);
    if (leaves > leaves_left_) {
      too_large_ = true;
      return ConstantExpr(false);
    }
    leaves_left_ -= leaves;
    return expr;
  }

  Expr Quantifier(const Condition& condition, bool negate) {
    const auto total = static_cast<std::uint32_t>(condition.selections.size());
    const std::uint32_t wanted = condition.at_least;
    if (wanted > total) return ConstantExpr(negate);
    if (wanted == 0) return ConstantExpr(!negate);
    const std::size_t leaves_before = leaves_left_;
    std::vector<Expr> children;
    for (std::uint32_t index : condition.selections) {
      children.push_back(Selection(index, negate));
    }
    // Fewer than `wanted` hold if and only if this many do not.
    Expr expr =
        AtLeastExpr(negate ? total - wanted + 1 : wanted, std::move(children));
    if (LeafCount(expr) > leaves_before) too_large_ = true;
    return expr;
  }

  const std::vector<SelectionPlan>& selections_;
  std::size_t leaves_left_;
  bool too_large_ = false;
};

Expr ItemExpr(const DetectionPlan& item, bool negate) {
  const bool inverted = item.neq != negate;
  std::vector<Expr> values;
  for (const ValuePlan& value : item.values) {
    std::vector<Expr> variants;
    for (PredicateId predicate : value.any_of) {
      variants.push_back(PredicateExpr(predicate, !inverted));
    }
    values.push_back(Group(/*any=*/true, inverted, std::move(variants)));
  }
  return Group(/*any=*/!item.all, inverted, std::move(values));
}

}  // namespace

Expr ConstantExpr(bool value) {
  Expr expr;
  expr.value = value;
  return expr;
}

Expr PredicateExpr(PredicateId predicate, bool value) {
  Expr expr;
  expr.kind = Expr::Kind::kPredicate;
  expr.predicate = predicate;
  expr.value = value;
  return expr;
}

Expr AndExpr(std::vector<Expr> children) {
  return Combine(Expr::Kind::kAnd, true, std::move(children));
}

Expr OrExpr(std::vector<Expr> children) {
  return Combine(Expr::Kind::kOr, false, std::move(children));
}

Expr AtLeastExpr(std::uint32_t at_least, std::vector<Expr> children) {
  std::vector<Expr> open;
  for (Expr& child : children) {
    if (child.kind != Expr::Kind::kConstant) {
      open.push_back(std::move(child));
    } else if (child.value && at_least > 0) {
      --at_least;
    }
  }
  if (at_least == 0) return ConstantExpr(true);
  if (at_least > open.size()) return ConstantExpr(false);
  if (at_least == 1) return OrExpr(std::move(open));
  if (at_least == open.size()) return AndExpr(std::move(open));
  Expr expr;
  expr.kind = Expr::Kind::kAtLeast;
  expr.at_least = at_least;
  expr.children = std::move(open);
  return expr;
}

Expr DetectionExpr(const DetectionPlan& detection, bool negate) {
  if (detection.kind == DetectionPlan::Kind::kItem) {
    return ItemExpr(detection, negate);
  }
  std::vector<Expr> children;
  for (const DetectionPlan& child : detection.children) {
    children.push_back(DetectionExpr(child, negate));
  }
  return Group(detection.kind == DetectionPlan::Kind::kAnyOf, negate,
               std::move(children));
}

std::optional<Expr> ConditionExpr(const std::vector<Condition>& conditions,
                                  const std::vector<SelectionPlan>& selections,
                                  std::size_t max_leaves) {
  ConditionBuilder builder(selections, max_leaves);
  std::vector<Expr> alternatives;
  alternatives.reserve(conditions.size());
  for (const Condition& condition : conditions) {
    alternatives.push_back(builder.Build(condition, /*negate=*/false));
  }
  if (builder.too_large()) return std::nullopt;
  return OrExpr(std::move(alternatives));
}

}  // namespace hypersigma::internal
