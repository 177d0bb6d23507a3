// What a value asks of an event. How it is made from YAML and modifiers is in
// modifier.cc.

#include "lib/reference/value.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace hypersigma::reference {
namespace {

using Kind = RuleValue::Kind;
using EventKind = JsonValue::Kind;

bool TextMatches(const std::vector<Pattern>& patterns, const Text& text) {
  return std::any_of(
      patterns.begin(), patterns.end(),
      [&](const Pattern& pattern) { return MatchesWhole(pattern, text); });
}

bool NumberMatches(const RuleValue& value, const EventValue& element) {
  if (element.kind == EventKind::kNumber) {
    return CompareDecimals(*element.number, value.number) == 0 &&
           element.number->beyond == value.number.beyond;
  }
  return element.kind == EventKind::kString &&
         element.bytes == CanonicalNumberText(value.source);
}

bool BoolMatches(const RuleValue& value, const EventValue& element) {
  return (element.kind == EventKind::kBool ||
          element.kind == EventKind::kString) &&
         element.folded == DecodeUtf8(value.source);
}

bool Compare(const RuleValue& value, const Decimal& number) {
  const int order = CompareDecimals(number, value.number);
  if (value.comparison == "lt") return order < 0;
  if (value.comparison == "lte") return order <= 0;
  if (value.comparison == "gt") return order > 0;
  if (value.comparison == "gte") return order >= 0;
  return order == 0;
}

bool ComparisonMatches(const RuleValue& value, const EventValue& element) {
  std::optional<Decimal> number = element.number;
  if (element.kind == EventKind::kString) number = ParseDecimal(element.bytes);
  return number.has_value() && Compare(value, *number);
}

bool TimePartMatches(const RuleValue& value, const EventValue& element) {
  std::optional<int> part;
  if (element.kind == EventKind::kString) {
    part = PartOfTimeText(value.time_part, element.bytes);
  } else if (element.kind == EventKind::kNumber) {
    part = PartOfEpoch(value.time_part,
                       std::strtod(element.bytes.c_str(), nullptr));
  }
  return part.has_value() &&
         Compare(value, *ParseDecimal(std::to_string(*part)));
}

// Returns the address's 4 or 16 bytes, or none.
std::vector<std::uint8_t> AddressBytes(const std::string& text) {
  std::array<std::uint8_t, 16> bytes{};
  if (text.find('\0') != std::string::npos) return {};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    return {bytes.begin(), bytes.begin() + 4};
  }
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    return {bytes.begin(), bytes.end()};
  }
  return {};
}

bool CidrMatches(const RuleValue& value, const EventValue& element) {
  if (element.kind != EventKind::kString) return false;
  const std::size_t slash = value.source.find('/');
  const auto network = AddressBytes(value.source.substr(0, slash));
  const auto address = AddressBytes(element.bytes);
  if (network.size() != address.size()) return false;
  const std::size_t bits = slash == std::string::npos
                               ? 8 * network.size()
                               : std::stoul(value.source.substr(slash + 1));
  for (std::size_t i = 0; i < bits; ++i) {
    const int shift = 7 - static_cast<int>(i % 8);
    if (((network[i / 8] ^ address[i / 8]) >> shift & 1) != 0) return false;
  }
  return true;
}

bool PairMatches(const RuleValue& value, bool cased, const EventValue& element,
                 const EventValue& other) {
  if (!element.has_text || !other.has_text) return false;
  const TextView text = cased ? element.text : element.folded;
  const TextView wanted = cased ? other.text : other.folded;
  if (value.free_before && value.free_after) {
    return text.find(wanted) != TextView::npos;
  }
  if (value.free_after) return text.substr(0, wanted.size()) == wanted;
  if (value.free_before) {
    return text.size() >= wanted.size() &&
           text.substr(text.size() - wanted.size()) == wanted;
  }
  return text == wanted;
}

bool FieldRefHolds(const RuleValue& value, bool cased, const FieldValues& field,
                   const FieldValues& other) {
  for (const EventValue& first : field.elements) {
    for (const EventValue& second : other.elements) {
      if (PairMatches(value, cased, first, second)) return true;
    }
  }
  return false;
}

// For every kind but kRegex, which alone may be unknown.
bool Matches(const RuleValue& value, bool cased, const EventValue& element) {
  switch (value.kind) {
    case Kind::kNull:
      return element.kind == EventKind::kNull;
    case Kind::kBool:
      return BoolMatches(value, element);
    case Kind::kNumber:
      return NumberMatches(value, element);
    case Kind::kText:
      return element.has_text &&
             (cased ? TextMatches(value.patterns, element.text)
                    : TextMatches(value.folded, element.folded));
    case Kind::kCidr:
      return CidrMatches(value, element);
    case Kind::kComparison:
      return ComparisonMatches(value, element);
    case Kind::kTimePart:
      return TimePartMatches(value, element);
    case Kind::kRegex:
    case Kind::kExists:
    case Kind::kFieldRef:
      break;
  }
  return false;
}

}  // namespace

Truth ElementMatches(const RuleValue& value, bool cased,
                     const EventValue& element) {
  if (value.kind != Kind::kRegex) {
    return ToTruth(Matches(value, cased, element));
  }
  return element.has_text ? value.regex->Search(element.bytes) : Truth::kFalse;
}

Truth ValueHolds(const RuleValue& value, bool cased, const FieldValues& field,
                 ReferenceEvent& event) {
  if (value.kind == Kind::kExists) {
    return ToTruth(field.missing == (value.source == "false"));
  }
  if (value.kind == Kind::kFieldRef) {
    return ToTruth(
        FieldRefHolds(value, cased, field, event.Field(value.source)));
  }
  if (value.kind == Kind::kNull && field.missing) return Truth::kTrue;
  return AnyOf(field.elements, [&](const EventValue& element) {
    return ElementMatches(value, cased, element);
  });
}

}  // namespace hypersigma::reference
