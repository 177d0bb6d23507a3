// The modifier table.

#include "lib/rule/modifier.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::array<ModifierEntry, 34> kTable{{
    {"all", Modifier::kAll, true, "every value must match, not one of them"},
    {"base64", Modifier::kBase64, false, "the value encoded as Base64"},
    {"base64offset", Modifier::kBase64Offset, false,
     "the value encoded as Base64 at each of three offsets"},
    {"cased", Modifier::kCased, true, "case-sensitive comparison"},
    {"cidr", Modifier::kCidr, true, "an address in the network"},
    {"contains", Modifier::kContains, true, "the value anywhere in the field"},
    {"day", Modifier::kDay, false, "the day of the month of a time"},
    {"dotall", Modifier::kDotAll, false,
     "'.' of a regular expression matches newlines"},
    {"endswith", Modifier::kEndsWith, true, "the value at the field's end"},
    {"exists", Modifier::kExists, true, "the field is there, or is not"},
    {"expand", Modifier::kExpand, true, "placeholders, %name%, are replaced"},
    {"fieldref", Modifier::kFieldRef, false, "the value of another field"},
    {"gt", Modifier::kGt, true, "greater than the number"},
    {"gte", Modifier::kGte, true, "greater than or equal to the number"},
    {"hour", Modifier::kHour, false, "the hour of a time"},
    {"i", Modifier::kIgnoreCase, false, "caseless regular expression"},
    {"ignorecase", Modifier::kIgnoreCase, false, "caseless regular expression"},
    {"lt", Modifier::kLt, true, "less than the number"},
    {"lte", Modifier::kLte, true, "less than or equal to the number"},
    {"m", Modifier::kMultiline, false,
     "'^' and '$' of a regular expression match at lines"},
    {"minute", Modifier::kMinute, false, "the minute of a time"},
    {"month", Modifier::kMonth, false, "the month of a time"},
    {"multiline", Modifier::kMultiline, false,
     "'^' and '$' of a regular expression match at lines"},
    {"neq", Modifier::kNeq, false, "the item does not match"},
    {"re", Modifier::kRe, true, "a regular expression, searched anywhere"},
    {"s", Modifier::kDotAll, false,
     "'.' of a regular expression matches newlines"},
    {"startswith", Modifier::kStartsWith, true,
     "the value at the field's beginning"},
    {"utf16", Modifier::kUtf16, false, "the value in UTF-16 with a mark"},
    {"utf16be", Modifier::kUtf16Be, false, "the value in UTF-16, big endian"},
    {"utf16le", Modifier::kUtf16Le, false,
     "the value in UTF-16, little endian"},
    {"week", Modifier::kWeek, false, "the ISO week of a time"},
    {"wide", Modifier::kUtf16Le, false, "the value in UTF-16, little endian"},
    {"windash", Modifier::kWindash, true,
     "flag dashes stand for each other: - / and three typographic ones"},
    {"year", Modifier::kYear, false, "the year of a time"},
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
