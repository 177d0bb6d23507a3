// A question about one field of an event, shared by all rules that ask the
// same; owns one bit.

#ifndef HYPERSIGMA_LIB_COMPILE_PREDICATE_H_
#define HYPERSIGMA_LIB_COMPILE_PREDICATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "hypersigma/event.h"
#include "lib/base/regex.h"
#include "lib/base/time_part.h"
#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// Position of a predicate's bit.
enum class PredicateId : std::uint32_t {};

constexpr std::uint32_t Index(PredicateId id) {
  return static_cast<std::uint32_t>(id);
}
constexpr std::uint32_t Index(FieldId id) {
  return static_cast<std::uint32_t>(id);
}

enum class Operator : std::uint8_t {
  // About a value's text, which numbers and booleans have too.
  kEquals,
  kStartsWith,
  kEndsWith,
  kContains,
  kGlob,     // `glob` matches the whole text
  kAnyText,  // any text at all
  kRegex,
  kCidr,
  kFieldRef,  // stands in `relation` to the text of `other_field`
  // About a value's type.
  kNumberEquals,  // equal number, or a string that is the canonical text
  kBool,          // the same boolean, or its text caseless
  kLt,
  kLte,
  kGt,
  kGte,
  kTimePart,  // `time_part` stands in `comparison` to the number
  // About the field.
  kNull,    // missing, null, or an array with a null
  kExists,  // not missing
  kMissing,
};

// How a text stands to the text of another field.
enum class FieldRelation : std::uint8_t {
  kEquals,
  kStartsWith,
  kEndsWith,
  kContains,
};

enum class Comparison : std::uint8_t { kEq, kLt, kLte, kGt, kGte };

struct Predicate {
  // kUnnamedField: any value of the event (keywords).
  FieldId field = kUnnamedField;
  Operator op = Operator::kEquals;
  bool cased = false;
  // The text, folded unless cased; a regex, network, number or boolean as the
  // rule writes it. Empty for kGlob, kAnyText, kFieldRef, kNull, kExists,
  // kMissing.
  std::string operand;
  std::vector<PatternPart> glob;  // kGlob only, literals folded unless cased
  RegexFlags regex_flags;         // kRegex only
  // kFieldRef only.
  FieldId other_field = kUnnamedField;
  FieldRelation relation = FieldRelation::kEquals;
  // kTimePart only.
  TimePart time_part = TimePart::kMinute;
  Comparison comparison = Comparison::kEq;
  // On demand only: it can be true only after it fired, through a pattern or
  // the field's presence. Without, it is evaluated whenever a program asks.
  bool has_trigger = false;

  friend bool operator==(const Predicate&, const Predicate&) = default;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PREDICATE_H_
