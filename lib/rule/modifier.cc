// The modifier table.

#include "lib/rule/modifier.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::array<ModifierEntry, 34> kTable{{
    {"all", Modifier::kAll, "any list",
     "every value must match, not one of them"},
    {"base64", Modifier::kBase64, "string", "the value encoded as Base64"},
    {"base64offset", Modifier::kBase64Offset, "string",
     "the value encoded as Base64 at each of three offsets"},
    {"cased", Modifier::kCased, "string", "case-sensitive comparison"},
    {"cidr", Modifier::kCidr, "string", "an address in the network"},
    {"contains", Modifier::kContains, "string",
     "the value anywhere in the field"},
    {"day", Modifier::kDay, "number", "the day of the month of a time"},
    {"dotall", Modifier::kDotAll, "string",
     "'.' of a regular expression matches newlines"},
    {"endswith", Modifier::kEndsWith, "string", "the value at the field's end"},
    {"exists", Modifier::kExists, "boolean", "the field is there, or is not"},
    {"expand", Modifier::kExpand, "string",
     "placeholders, %name%, are replaced"},
    {"fieldref", Modifier::kFieldRef, "field name",
     "the value of another field"},
    {"gt", Modifier::kGt, "number", "greater than the number"},
    {"gte", Modifier::kGte, "number", "greater than or equal to the number"},
    {"hour", Modifier::kHour, "number", "the hour of a time"},
    {"i", Modifier::kIgnoreCase, "string", "caseless regular expression"},
    {"ignorecase", Modifier::kIgnoreCase, "string",
     "caseless regular expression"},
    {"lt", Modifier::kLt, "number", "less than the number"},
    {"lte", Modifier::kLte, "number", "less than or equal to the number"},
    {"m", Modifier::kMultiline, "string",
     "'^' and '$' of a regular expression match at lines"},
    {"minute", Modifier::kMinute, "number", "the minute of a time"},
    {"month", Modifier::kMonth, "number", "the month of a time"},
    {"multiline", Modifier::kMultiline, "string",
     "'^' and '$' of a regular expression match at lines"},
    {"neq", Modifier::kNeq, "any", "the item does not match"},
    {"re", Modifier::kRe, "string", "a regular expression, searched anywhere"},
    {"s", Modifier::kDotAll, "string",
     "'.' of a regular expression matches newlines"},
    {"startswith", Modifier::kStartsWith, "string",
     "the value at the field's beginning"},
    {"utf16", Modifier::kUtf16, "string", "the value in UTF-16 with a mark"},
    {"utf16be", Modifier::kUtf16Be, "string",
     "the value in UTF-16, big endian"},
    {"utf16le", Modifier::kUtf16Le, "string",
     "the value in UTF-16, little endian"},
    {"week", Modifier::kWeek, "number", "the ISO week of a time"},
    {"wide", Modifier::kUtf16Le, "string",
     "the value in UTF-16, little endian"},
    {"windash", Modifier::kWindash, "string",
     "flag dashes stand for each other: - / and three typographic ones"},
    {"year", Modifier::kYear, "number", "the year of a time"},
}};

}  // namespace

std::span<const ModifierEntry> ModifierTable() { return kTable; }

const ModifierEntry* FindModifier(std::string_view name) {
  const auto entry =
      std::lower_bound(kTable.begin(), kTable.end(), name,
                       [](const ModifierEntry& row, std::string_view wanted) {
                         return row.name < wanted;
                       });
  return entry != kTable.end() && entry->name == name ? &*entry : nullptr;
}

std::optional<std::string_view> NearestModifier(std::string_view name) {
  std::array<std::string_view, kTable.size()> names;
  std::transform(kTable.begin(), kTable.end(), names.begin(),
                 [](const ModifierEntry& row) { return row.name; });
  return Nearest(name, names);
}

}  // namespace hypersigma::internal
