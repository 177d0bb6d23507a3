// The modifier table.

#include "lib/rule/modifier.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::array<ModifierEntry, 34> kTable{{
    {"all", Modifier::kAll, "a list of two or more",
     "every value must match, not one of them"},
    {"base64", Modifier::kBase64, "a string without wildcards",
     "the value encoded as Base64"},
    {"base64offset", Modifier::kBase64Offset, "a string without wildcards",
     "the value encoded as Base64 at each of three offsets"},
    {"cased", Modifier::kCased, "a string or fieldref",
     "case-sensitive comparison"},
    {"cidr", Modifier::kCidr, "a network or an address",
     "an address in the network"},
    {"contains", Modifier::kContains, "a string, fieldref or re",
     "the value anywhere in the field"},
    {"day", Modifier::kDay, "a number", "the day of the month of a time"},
    {"dotall", Modifier::kDotAll, "re",
     "'.' of a regular expression matches newlines"},
    {"endswith", Modifier::kEndsWith, "a string, fieldref or re",
     "the value at the field's end"},
    {"exists", Modifier::kExists, "true or false",
     "the field is there, or is not"},
    {"expand", Modifier::kExpand, "a string",
     "placeholders, %name%, are replaced"},
    {"fieldref", Modifier::kFieldRef, "the name of a field",
     "the value of another field"},
    {"gt", Modifier::kGt, "a number, or a part of a time",
     "greater than the number"},
    {"gte", Modifier::kGte, "a number, or a part of a time",
     "greater than or equal to the number"},
    {"hour", Modifier::kHour, "a number", "the hour of a time"},
    {"i", Modifier::kIgnoreCase, "re", "caseless regular expression"},
    {"ignorecase", Modifier::kIgnoreCase, "re", "caseless regular expression"},
    {"lt", Modifier::kLt, "a number, or a part of a time",
     "less than the number"},
    {"lte", Modifier::kLte, "a number, or a part of a time",
     "less than or equal to the number"},
    {"m", Modifier::kMultiline, "re",
     "'^' and '$' of a regular expression match at lines"},
    {"minute", Modifier::kMinute, "a number", "the minute of a time"},
    {"month", Modifier::kMonth, "a number", "the month of a time"},
    {"multiline", Modifier::kMultiline, "re",
     "'^' and '$' of a regular expression match at lines"},
    {"neq", Modifier::kNeq, "anything", "the item does not match"},
    {"re", Modifier::kRe, "a regular expression",
     "a regular expression, searched anywhere"},
    {"s", Modifier::kDotAll, "re",
     "'.' of a regular expression matches newlines"},
    {"startswith", Modifier::kStartsWith, "a string, fieldref or re",
     "the value at the field's beginning"},
    {"utf16", Modifier::kUtf16, "a string", "the value in UTF-16 with a mark"},
    {"utf16be", Modifier::kUtf16Be, "a string",
     "the value in UTF-16, big endian"},
    {"utf16le", Modifier::kUtf16Le, "a string",
     "the value in UTF-16, little endian"},
    {"week", Modifier::kWeek, "a number", "the ISO week of a time"},
    {"wide", Modifier::kUtf16Le, "a string",
     "the value in UTF-16, little endian"},
    {"windash", Modifier::kWindash, "a string",
     "flag dashes stand for each other: - / and three typographic ones"},
    {"year", Modifier::kYear, "a number", "the year of a time"},
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
