// One value of a detection item after its modifiers: what it asks of a field.
// Source: design document "semantics", 3.5, 5 and 6.

#ifndef HYPERSIGMA_LIB_REFERENCE_VALUE_H_
#define HYPERSIGMA_LIB_REFERENCE_VALUE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/reference/event.h"
#include "lib/reference/number.h"
#include "lib/reference/pattern.h"
#include "lib/reference/regex.h"
#include "lib/reference/time.h"
#include "lib/reference/truth.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {

struct RuleValue {
  enum class Kind {
    kNull,
    kBool,
    kNumber,
    kText,
    kRegex,
    kCidr,
    kComparison,
    kExists,
    kFieldRef,
    kTimePart,
  };
  Kind kind = Kind::kNull;
  // The YAML scalar; for kFieldRef the other field's name.
  std::string source;
  // No modifier has changed the value yet.
  bool untouched = true;

  // kText: any of them. `folded` are the same, folded.
  std::vector<Pattern> patterns;
  std::vector<Pattern> folded;
  // Their characters are bytes, made by a UTF-16 modifier.
  bool holds_bytes = false;

  // kFieldRef: which ends of the value are free.
  bool free_before = false;
  bool free_after = false;

  ReferenceRegex::Options regex_options;  // kRegex
  std::optional<ReferenceRegex> regex;    // kRegex

  std::string comparison;  // "lt", "lte", "gt", "gte", or "" for equal
  Decimal number;          // kNumber, kComparison, kTimePart
  TimePart time_part = TimePart::kMinute;
};

// Applies `modifiers`, left to right; `all`, `cased` and `neq` are left out by
// the caller. Errors: kInvalidArgument when the rule must be refused, kNotFound
// for a placeholder without values.
absl::StatusOr<RuleValue> MakeRuleValue(
    const internal::YamlNode& scalar, const std::vector<std::string>& modifiers,
    bool is_keyword, const Placeholders& placeholders);

// Returns whether some element of the field's values matches, or what the field
// as a whole must be. `event` is for fieldref.
Truth ValueHolds(const RuleValue& value, bool cased, const FieldValues& field,
                 ReferenceEvent& event);

// Returns whether this element matches. REQUIRES: not kExists, kFieldRef.
Truth ElementMatches(const RuleValue& value, bool cased,
                     const EventValue& element);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_VALUE_H_
