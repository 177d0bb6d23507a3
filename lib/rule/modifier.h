// The modifier table: every modifier of Sigma 2.1, what it takes, and which
// chains are legal.
// Source: Sigma modifiers appendix; design document "semantics", 5.

#ifndef HYPERSIGMA_LIB_RULE_MODIFIER_H_
#define HYPERSIGMA_LIB_RULE_MODIFIER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hypersigma::internal {

enum class Modifier : std::uint8_t {
  kAll,
  kBase64,
  kBase64Offset,
  kCased,
  kCidr,
  kContains,
  kDay,
  kEndsWith,
  kExists,
  kExpand,
  kFieldRef,
  kGt,
  kGte,
  kHour,
  kIgnoreCase,
  kLt,
  kLte,
  kMinute,
  kMonth,
  kMultiline,
  kDotAll,
  kNeq,
  kRe,
  kStartsWith,
  kUtf16,
  kUtf16Be,
  kUtf16Le,
  kWeek,
  kWindash,
  kYear,
};

// One row.
struct ModifierEntry {
  std::string_view name;
  Modifier modifier;
  std::string_view takes;  // what the values of an item must be
  std::string_view summary;
};

// All rows, sorted by name; several names may stand for one modifier (wide and
// utf16le, re flags).
std::span<const ModifierEntry> ModifierTable();

// Returns the row of `name`, compared exactly.
const ModifierEntry* FindModifier(std::string_view name);

// Returns the name in the table nearest to `name`, for "did you mean"; nullopt
// when none is near.
std::optional<std::string_view> NearestModifier(std::string_view name);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_MODIFIER_H_
