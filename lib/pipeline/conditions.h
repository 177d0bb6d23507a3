// The conditions of a pipeline item: on rules, on detection items, on field
// names. Plain data.
// Source: pySigma documentation, "Processing Pipelines", conditions.

#ifndef HYPERSIGMA_LIB_PIPELINE_CONDITIONS_H_
#define HYPERSIGMA_LIB_PIPELINE_CONDITIONS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/regex.h"
#include "lib/pipeline/condition_expression.h"
#include "lib/pipeline/scalar.h"
#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// `processing_item_applied`: the item of this id did something to the rule, to
// the detection item, to the field name.
struct ItemApplied {
  std::string id;
};

// `processing_state`: false for a key that was never set.
struct StateHolds {
  std::string key;
  Scalar value;
  Relation relation = Relation::kEq;
};

// `logsource`: what is set here is the same in the rule, ASCII caseless. Of a
// correlation: in one of the rules that it refers to.
struct LogSourceIs {
  std::string product;
  std::string category;
  std::string service;
};

struct ContainsField {
  std::string field;
};

// `contains_detection_item`: some item on the field has the value among its
// own, with all that modifiers added to it.
struct ContainsItem {
  std::string field;
  Scalar value;
};

// `is_sigma_rule`, `is_sigma_correlation_rule`.
struct IsCorrelation {
  bool expected = true;
};

struct AttributeHolds {
  std::string attribute;
  Scalar value;
  Relation relation = Relation::kEq;
};

struct HasTag {
  std::string tag;
};

using RuleCondition =
    std::variant<LogSourceIs, ContainsField, ContainsItem, ItemApplied,
                 StateHolds, IsCorrelation, AttributeHolds, HasTag>;

// Of how many values of an item something must be true.
enum class ValueCount : std::uint8_t { kAny, kAll };

// `match_string`: the pattern is found at the beginning of the value's text.
struct MatchString {
  ValueCount count = ValueCount::kAny;
  std::shared_ptr<const Regex> pattern;
  bool negate = false;
};

struct MatchValue {
  ValueCount count = ValueCount::kAny;
  Scalar value;
};

struct ContainsWildcard {
  ValueCount count = ValueCount::kAny;
};

struct IsNull {
  ValueCount count = ValueCount::kAny;
};

using ItemCondition = std::variant<MatchString, MatchValue, ContainsWildcard,
                                   IsNull, ItemApplied, StateHolds>;

// `include_fields` and `exclude_fields`. Patterns are found at the beginning of
// the name.
struct FieldIs {
  bool exclude = false;
  absl::flat_hash_set<std::string> names;
  std::vector<std::shared_ptr<const Regex>> patterns;
};

using FieldCondition = std::variant<FieldIs, ItemApplied, StateHolds>;

// Conditions of one kind and how they are linked.
template <typename Condition>
struct ConditionGroup {
  std::vector<Condition> conditions;
  ConditionExpression expression;
  bool negated = false;

  bool empty() const { return conditions.empty(); }

  // Returns whether the group holds; `holds` says so of one condition. An empty
  // group holds.
  template <typename HoldsOne>
  bool Holds(const HoldsOne& holds) const {
    if (conditions.empty()) return true;
    return Evaluate(expression, [&](std::size_t i) {
             return holds(conditions[i]);
           }) != negated;
  }
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_CONDITIONS_H_
