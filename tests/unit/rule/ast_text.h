// The AST as short text, for literal expectations.

#ifndef HYPERSIGMA_TESTS_UNIT_RULE_AST_TEXT_H_
#define HYPERSIGMA_TESTS_UNIT_RULE_AST_TEXT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Returns the parts with `<*>`, `<?>` and `<->` for wildcards.
inline std::string Show(const SigmaString& string) {
  std::string shown;
  for (const PatternPart& part : string.parts()) {
    switch (part.kind) {
      case PatternPart::Kind::kLiteral:
        shown += part.literal;
        break;
      case PatternPart::Kind::kAnyRun:
        shown += "<*>";
        break;
      case PatternPart::Kind::kAnyOne:
        shown += "<?>";
        break;
      case PatternPart::Kind::kAnyDash:
        shown += "<->";
        break;
      case PatternPart::Kind::kPlaceholder:
        shown += "<" + part.literal + ">";
        break;
    }
  }
  return shown;
}

// Returns e.g. `int 5`, `str a\*` and, where there are patterns, ` ~ a*`.
inline std::string Show(const RuleValue& value) {
  std::string shown;
  switch (value.kind) {
    case RuleValue::Kind::kNull:
      shown = "null";
      break;
    case RuleValue::Kind::kBool:
      shown = "bool " + value.text;
      break;
    case RuleValue::Kind::kInteger:
      shown = "int " + value.text;
      break;
    case RuleValue::Kind::kFloat:
      shown = "float " + value.text;
      break;
    case RuleValue::Kind::kString:
      shown = "str " + value.text;
      break;
  }
  for (const SigmaString& pattern : value.patterns) {
    shown += " ~ " + Show(pattern);
  }
  return shown;
}

inline std::string_view NameOf(Modifier modifier) {
  for (const ModifierEntry& entry : ModifierTable()) {
    if (entry.modifier == modifier) return entry.name;
  }
  return "?";
}

// Returns e.g. `Image|contains|all: str a ~ a, str b ~ b`; keywords have no
// name.
inline std::string Show(const DetectionItem& item) {
  std::string shown = item.field.value_or("");
  for (const Modifier modifier : item.modifiers) {
    shown += "|" + std::string(NameOf(modifier));
  }
  if (item.all) shown += "|all";
  if (item.cased) shown += "|cased";
  if (item.neq) shown += "|neq";
  for (std::size_t i = 0; i < item.values.size(); ++i) {
    shown += (i == 0 ? ": " : ", ") + Show(item.values[i]);
  }
  return shown;
}

// Returns a map as `{item; item}` and a list as `[item; item]`.
inline std::string Show(const Detection& detection) {
  if (detection.kind == Detection::Kind::kItem) return Show(detection.item);
  std::string shown;
  for (const Detection& child : detection.children) {
    shown += (shown.empty() ? "" : "; ") + Show(child);
  }
  return detection.kind == Detection::Kind::kAllOf ? "{" + shown + "}"
                                                   : "[" + shown + "]";
}

// Returns an expression over names in which every bracket is written;
// quantifiers as `1 of [a b]`.
inline std::string Show(const Condition& condition,
                        std::span<const std::string_view> names) {
  std::string shown;
  const auto list = [&](std::string_view separator) {
    for (const Condition& child : condition.children) {
      if (!shown.empty()) shown += separator;
      shown += Show(child, names);
    }
    return "(" + shown + ")";
  };
  switch (condition.kind) {
    case Condition::Kind::kAnd:
      return list(" and ");
    case Condition::Kind::kOr:
      return list(" or ");
    case Condition::Kind::kNot:
      return "not " + list("");
    case Condition::Kind::kSelection:
      return std::string(names[condition.selections.at(0)]);
    case Condition::Kind::kQuantifier:
      for (const std::uint32_t selection : condition.selections) {
        if (!shown.empty()) shown += " ";
        shown += names[selection];
      }
      return std::to_string(condition.at_least) + " of [" + shown + "]";
  }
  return {};
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_RULE_AST_TEXT_H_
