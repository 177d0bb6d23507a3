#include "lib/catalog/condition_text.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace hypersigma::internal {
namespace {

class Writer {
 public:
  explicit Writer(const std::vector<Selection>& selections)
      : selections_(selections) {}

  void Write(const Condition& condition, bool is_inner) {
    switch (condition.kind) {
      case Condition::Kind::kAnd:
        Join(condition, " and ", is_inner);
        break;
      case Condition::Kind::kOr:
        Join(condition, " or ", is_inner);
        break;
      case Condition::Kind::kNot:
        text_ += "not ";
        Write(condition.children.front(), /*is_inner=*/true);
        break;
      case Condition::Kind::kSelection:
        text_ += selections_[condition.selections.front()].name;
        break;
      case Condition::Kind::kQuantifier:
        WriteQuantifier(condition);
        break;
    }
  }

  std::string Finish() { return std::move(text_); }

 private:
  void Join(const Condition& condition, std::string_view word, bool is_inner) {
    if (is_inner) text_ += '(';
    bool is_first = true;
    for (const Condition& child : condition.children) {
      if (!std::exchange(is_first, false)) text_ += word;
      Write(child, /*is_inner=*/true);
    }
    if (is_inner) text_ += ')';
  }

  void WriteQuantifier(const Condition& condition) {
    const std::size_t count = condition.selections.size();
    text_ += condition.at_least == count && count != 1
                 ? "all"
                 : std::to_string(condition.at_least);
    text_ += " of (";
    bool is_first = true;
    for (const std::uint32_t selection : condition.selections) {
      if (!std::exchange(is_first, false)) text_ += ", ";
      text_ += selections_[selection].name;
    }
    text_ += ')';
  }

  const std::vector<Selection>& selections_;
  std::string text_;
};

Use Joined(Use a, Use b) {
  if (a == Use::kNone || a == b) return b;
  if (b == Use::kNone) return a;
  return Use::kBoth;
}

void Collect(const Condition& condition, Use use, std::vector<Use>& uses) {
  for (const std::uint32_t selection : condition.selections) {
    uses[selection] = Joined(uses[selection], use);
  }
  const Use inner =
      condition.kind == Condition::Kind::kNot ? Negated(use) : use;
  for (const Condition& child : condition.children) {
    Collect(child, inner, uses);
  }
}

}  // namespace

std::string ConditionText(const DetectionRule& rule) {
  Writer writer(rule.selections);
  if (rule.conditions.size() == 1) {
    writer.Write(rule.conditions.front(), /*is_inner=*/false);
    return writer.Finish();
  }
  Condition any;
  any.kind = Condition::Kind::kOr;
  any.children = rule.conditions;
  writer.Write(any, /*is_inner=*/false);
  return writer.Finish();
}

std::vector<Use> SelectionUses(const DetectionRule& rule) {
  std::vector<Use> uses(rule.selections.size(), Use::kNone);
  for (const Condition& condition : rule.conditions) {
    Collect(condition, Use::kAsserted, uses);
  }
  return uses;
}

Use Negated(Use use) {
  if (use == Use::kAsserted) return Use::kDenied;
  if (use == Use::kDenied) return Use::kAsserted;
  return use;
}

}  // namespace hypersigma::internal
