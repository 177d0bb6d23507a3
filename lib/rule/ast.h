// What a detection rule says, before any matching is prepared.
//
// Written by rule_parser, read by pipeline and compile. Plain data, owns its
// text. Source: Sigma rules specification, "Detection".

#ifndef HYPERSIGMA_LIB_RULE_AST_H_
#define HYPERSIGMA_LIB_RULE_AST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/source.h"
#include "lib/rule/modifier.h"
#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// A value of a detection item.
struct RuleValue {
  enum class Kind : std::uint8_t { kNull, kBool, kInteger, kFloat, kString };
  Kind kind = Kind::kNull;
  // The YAML scalar: a string after YAML unquoting with its Sigma escapes
  // intact; a number as decimal digits (0x17 is "23"); a boolean "true" or
  // "false"; null is empty. Under `fieldref` the name of the other field.
  std::string text;
  // What a text stands for: patterns of the whole field value, linked by OR,
  // all modifiers and the open ends of a keyword applied. A number or boolean
  // under an affix or as keyword has its text here. Empty under an operator
  // such as `re` or `fieldref`, for null, and for numbers and booleans by
  // themselves.
  std::vector<SigmaString> patterns;
  SourceRange range;

  bool is_number() const {
    return kind == Kind::kInteger || kind == Kind::kFloat;
  }
};

// `field|modifiers: values`, or a keyword item without field.
struct DetectionItem {
  std::optional<std::string> field;
  // As written, left to right, `all`, `cased` and `neq` left out.
  std::vector<Modifier> modifiers;
  bool all = false;
  bool cased = false;
  bool neq = false;
  // At least one. `field: []` is one null.
  std::vector<RuleValue> values;
  SourceRange range;

  bool is_keyword() const { return !field.has_value(); }
  bool Has(Modifier modifier) const;
};

// A selection's body: a tree of AND (map) and OR (list) over items.
struct Detection {
  enum class Kind : std::uint8_t { kItem, kAllOf, kAnyOf };
  Kind kind = Kind::kItem;
  DetectionItem item;               // kItem
  std::vector<Detection> children;  // otherwise, at least one
};

struct Selection {
  std::string name;
  Detection detection;
  SourceRange range;  // in the file of the rule, or of the filter
  // Added by a filter or a pipeline: true or not, it says nothing of what the
  // rule found. Its name may be that of one of the rule's own selections.
  bool is_filter = false;
};

// A condition with its names resolved to positions in
// DetectionRule::selections.
struct Condition {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kSelection, kQuantifier };
  Kind kind = Kind::kSelection;
  std::vector<Condition> children;        // kAnd, kOr: two or more; kNot: one
  std::vector<std::uint32_t> selections;  // kSelection: one; kQuantifier: any
  // kQuantifier: how many of `selections` must hold; `all of` names all.
  std::uint32_t at_least = 0;
};

// What a rule matches. Its attributes are in RuleSet::rules().
struct DetectionRule {
  // As written, then those of filters and pipelines.
  std::vector<Selection> selections;
  std::vector<Condition> conditions;  // at least one, linked by OR
  // The value of `condition` in the file of the rule.
  SourceRange condition_range;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_AST_H_
