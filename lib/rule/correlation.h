// What a correlation says. Plain data, owns its text.
//
// Written by correlation_parser, its references resolved by
// correlation_linker. Not evaluated yet. Source: Sigma correlation rules
// specification; design document "semantics", 9.

#ifndef HYPERSIGMA_LIB_RULE_CORRELATION_H_
#define HYPERSIGMA_LIB_RULE_CORRELATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/base/source.h"
#include "lib/rule/ast.h"
#include "lib/rule/rule_reference.h"

namespace hypersigma::internal {

enum class CorrelationType : std::uint8_t {
  kEventCount,
  kValueCount,
  kValueSum,
  kValueAvg,
  kValueMedian,
  kValuePercentile,
  kTemporal,
  kTemporalOrdered,
};

constexpr bool IsTemporal(CorrelationType type) {
  return type == CorrelationType::kTemporal ||
         type == CorrelationType::kTemporalOrdered;
}

// A bound on what the type counts.
struct CorrelationThreshold {
  enum class Operator : std::uint8_t { kGt, kGte, kLt, kLte, kEq, kNeq };
  Operator op = Operator::kGte;
  // Decimal digits in the form that Number::Parse takes: exact integers, or
  // floats.
  std::string number;
};

// `alias: {rule: field}`: a group-by name whose field depends on the rule.
struct CorrelationAlias {
  struct Field {
    RuleReference rule;
    std::string field;
  };
  std::string name;
  SourceRange range;
  std::vector<Field> fields;
};

struct CorrelationRule {
  Rule attributes;
  CorrelationType type = CorrelationType::kEventCount;
  // As listed, then those that only `expression` names. The order matters for
  // kTemporalOrdered.
  std::vector<RuleReference> rules;
  std::size_t listed_count = 0;
  std::vector<std::string> group_by;  // field names and aliases
  std::vector<CorrelationAlias> aliases;
  std::int64_t timespan_seconds = 0;
  // All must hold. Empty only for temporal types: without `expression` too,
  // every rule must have a hit.
  std::vector<CorrelationThreshold> thresholds;
  // The extended condition of temporal types, over positions in `rules`;
  // kAnd, kOr, kNot and kSelection only.
  std::optional<Condition> expression;
  // value_*: whose values count; several make tuples.
  std::vector<std::string> fields;
  std::optional<std::string> percentile;  // decimal digits, 0 to 100
  // Whether the rules that it refers to report of themselves too.
  bool generate = false;
  SourceRange range;            // of the key `correlation`
  SourceRange condition_range;  // of the condition's value, or of the key
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CORRELATION_H_
