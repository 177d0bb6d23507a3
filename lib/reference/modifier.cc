// From a YAML scalar and a chain of modifiers to a RuleValue, one function for
// each row of the table in the design document "semantics", 5.

#include <arpa/inet.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/reference/value.h"

namespace hypersigma::reference {
namespace {

using Kind = RuleValue::Kind;
using internal::YamlNode;

absl::Status Refuse(std::string_view why) {
  return absl::InvalidArgumentError(absl::string_view(why.data(), why.size()));
}

bool IsOneOf(std::string_view name,
             std::initializer_list<std::string_view> names) {
  for (const std::string_view candidate : names) {
    if (candidate == name) return true;
  }
  return false;
}

// Gives a number or boolean its text. Source: "Refuse, strict".
void TurnIntoText(RuleValue& value) {
  if (value.kind != Kind::kNumber && value.kind != Kind::kBool) return;
  const bool is_number = value.kind == Kind::kNumber;
  value.patterns = {
      DecodeUtf8(is_number ? CanonicalNumberText(value.source) : value.source)};
  value.kind = Kind::kText;
}

absl::Status ApplyAffix(std::string_view name, RuleValue& value) {
  TurnIntoText(value);
  const bool free_before = name != "startswith";
  const bool free_after = name != "endswith";
  if (value.kind == Kind::kFieldRef) {
    value.free_before = free_before;
    value.free_after = free_after;
    return absl::OkStatus();
  }
  if (value.kind == Kind::kRegex) {
    value.regex_options.at_start = !free_before;
    value.regex_options.at_end = !free_after;
    return absl::OkStatus();
  }
  if (value.kind != Kind::kText) return Refuse("affix without text");
  for (Pattern& pattern : value.patterns) {
    if (free_before) pattern = AddEndsWith(pattern);
    if (free_after) pattern = AddStartsWith(pattern);
  }
  return absl::OkStatus();
}

absl::Status ApplyRegexFlag(std::string_view name, RuleValue& value) {
  if (value.kind != Kind::kRegex) return Refuse("regex flag without re");
  ReferenceRegex::Options& options = value.regex_options;
  if (IsOneOf(name, {"i", "ignorecase"})) options.caseless = true;
  if (IsOneOf(name, {"m", "multiline"})) options.multiline = true;
  if (IsOneOf(name, {"s", "dotall"})) options.dot_all = true;
  return absl::OkStatus();
}

bool IsNetwork(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string address = text.substr(0, slash);
  std::array<std::uint8_t, 16> bytes{};
  // What inet_pton() would take for the end of the text.
  if (address.find('\0') != std::string::npos) return false;
  const bool is_v4 = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  const bool is_v6 = inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
  if (!is_v4 && !is_v6) return false;
  if (slash == std::string::npos) return true;
  const std::string bits = text.substr(slash + 1);
  if (bits.size() > 1 && bits[0] == '0') return false;
  return !bits.empty() && bits.size() <= 3 &&
         bits.find_first_not_of("0123456789") == std::string::npos &&
         std::stoul(bits) <= (is_v4 ? 32u : 128u);
}

// re, cidr, exists: what must see the text as written.
absl::Status ApplyFirst(std::string_view name, RuleValue& value) {
  if (!value.untouched) return Refuse("modifier must be first");
  if (name == "exists") {
    // A quoted boolean is taken as one, unless loading is strict.
    value.source = EncodeUtf8(FoldText(DecodeUtf8(value.source)));
    if (value.source != "true" && value.source != "false") {
      return Refuse("exists takes a boolean");
    }
    value.kind = Kind::kExists;
    return absl::OkStatus();
  }
  if (value.kind != Kind::kText) return Refuse("expected a string");
  if (name == "cidr" && !IsNetwork(value.source)) return Refuse("no network");
  value.kind = name == "re" ? Kind::kRegex : Kind::kCidr;
  return absl::OkStatus();
}

absl::Status ApplyFieldRef(RuleValue& value) {
  if (value.kind != Kind::kText || !value.untouched) {
    return Refuse("fieldref takes a string");
  }
  if (value.source.empty()) return Refuse("fieldref takes a field's name");
  if (HasWildcard(value.patterns.front())) return Refuse("wildcard in a name");
  value.source = EncodeUtf8(value.patterns.front());
  value.kind = Kind::kFieldRef;
  return absl::OkStatus();
}

absl::Status ApplyComparison(std::string_view name, RuleValue& value) {
  if (!value.comparison.empty()) return Refuse("two comparisons");
  value.comparison = name;
  if (value.kind == Kind::kTimePart) return absl::OkStatus();
  const std::optional<Decimal> number = ParseDecimal(value.source);
  const bool takes = value.kind == Kind::kNumber ||
                     (value.kind == Kind::kText && value.untouched);
  if (!takes || !number.has_value()) return Refuse("expected a number");
  value.kind = Kind::kComparison;
  value.number = *number;
  return absl::OkStatus();
}

absl::Status ApplyTimePart(std::string_view name, RuleValue& value) {
  if (value.kind != Kind::kNumber) return Refuse("expected a number");
  static constexpr std::array<std::string_view, 6> kNames = {
      "minute", "hour", "day", "week", "month", "year"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) value.time_part = static_cast<TimePart>(i);
  }
  value.kind = Kind::kTimePart;
  return absl::OkStatus();
}

// Encodings need the characters themselves.
absl::Status ChooseDashes(RuleValue& value) {
  std::vector<Pattern> chosen;
  for (const Pattern& pattern : value.patterns) {
    HS_ASSIGN_OR_RETURN(std::vector<Pattern> variants, ExpandDashes(pattern));
    for (Pattern& variant : variants) chosen.push_back(std::move(variant));
  }
  value.patterns = std::move(chosen);
  return absl::OkStatus();
}

absl::Status ApplyUtf16(std::string_view name, RuleValue& value) {
  if (value.kind != Kind::kText) return Refuse("expected a string");
  HS_RETURN_IF_ERROR(ChooseDashes(value));
  for (Pattern& pattern : value.patterns) {
    if (name == "utf16be") {
      pattern = Utf16Be(pattern);
    } else {
      pattern = Utf16Le(pattern);
    }
    if (name == "utf16") pattern.insert(0, U"\u00FF\u00FE");
  }
  value.holds_bytes = true;
  return absl::OkStatus();
}

std::string BytesOf(const RuleValue& value, const Pattern& pattern) {
  if (!value.holds_bytes) return EncodeUtf8(pattern);
  std::string bytes;
  for (const char32_t byte : pattern) bytes += static_cast<char>(byte);
  return bytes;
}

absl::Status ApplyBase64(std::string_view name, RuleValue& value) {
  if (value.kind != Kind::kText) return Refuse("expected a string");
  HS_RETURN_IF_ERROR(ChooseDashes(value));
  std::vector<Pattern> encoded;
  for (const Pattern& pattern : value.patterns) {
    if (HasWildcard(pattern)) return Refuse("wildcard under Base64");
    if (pattern.find(kPlaceholderMark) != Pattern::npos) {
      return Refuse("placeholder under Base64");
    }
    const std::string bytes = BytesOf(value, pattern);
    if (name == "base64") {
      encoded.push_back(Base64(bytes));
    } else {
      for (Pattern& variant : Base64Offset(bytes)) {
        encoded.push_back(std::move(variant));
      }
    }
  }
  value.patterns = std::move(encoded);
  value.holds_bytes = false;
  return absl::OkStatus();
}

absl::Status ApplyWindash(RuleValue& value) {
  if (value.kind != Kind::kText) return Refuse("expected a string");
  for (Pattern& pattern : value.patterns) pattern = MarkDashes(pattern);
  return absl::OkStatus();
}

absl::Status ApplyExpand(const Placeholders& placeholders, RuleValue& value) {
  if (value.kind != Kind::kText) return Refuse("expected a string");
  std::vector<Pattern> expanded;
  for (const Pattern& pattern : value.patterns) {
    HS_ASSIGN_OR_RETURN(std::vector<Pattern> variants,
                        ExpandPlaceholders(pattern, placeholders));
    for (Pattern& variant : variants) expanded.push_back(std::move(variant));
  }
  value.patterns = std::move(expanded);
  return absl::OkStatus();
}

absl::Status Apply(const std::string& name, const Placeholders& placeholders,
                   RuleValue& value) {
  if (value.kind == Kind::kNull) return Refuse("modifier on null");
  if (IsOneOf(name, {"contains", "startswith", "endswith"})) {
    return ApplyAffix(name, value);
  }
  if (IsOneOf(name, {"re", "cidr", "exists"})) return ApplyFirst(name, value);
  if (IsOneOf(name, {"i", "m", "s", "ignorecase", "multiline", "dotall"})) {
    return ApplyRegexFlag(name, value);
  }
  if (name == "fieldref") return ApplyFieldRef(value);
  if (IsOneOf(name, {"lt", "lte", "gt", "gte"})) {
    return ApplyComparison(name, value);
  }
  if (IsOneOf(name, {"minute", "hour", "day", "week", "month", "year"})) {
    return ApplyTimePart(name, value);
  }
  if (IsOneOf(name, {"wide", "utf16le", "utf16be", "utf16"})) {
    return ApplyUtf16(name, value);
  }
  if (IsOneOf(name, {"base64", "base64offset"})) {
    return ApplyBase64(name, value);
  }
  if (name == "windash") return ApplyWindash(value);
  if (name == "expand") return ApplyExpand(placeholders, value);
  return Refuse(absl::StrCat("unknown modifier ", name));
}

// YAML allows `.5` and `5.`; events have digits on both sides of a point.
std::string WithDigitsAroundPoint(const std::string& number) {
  std::string complete;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const bool is_point = number[i] == '.';
    const auto is_digit = [&](std::size_t k) {
      return k < number.size() && number[k] >= '0' && number[k] <= '9';
    };
    if (is_point && (i == 0 || !is_digit(i - 1))) complete += '0';
    complete += number[i];
    if (is_point && !is_digit(i + 1)) complete += '0';
  }
  return complete;
}

absl::StatusOr<RuleValue> FromYaml(const YamlNode& scalar, bool placeholders) {
  RuleValue value;
  value.source = scalar.text;
  switch (scalar.kind) {
    case YamlNode::Kind::kNull:
      return value;
    case YamlNode::Kind::kBool:
      value.kind = Kind::kBool;
      return value;
    case YamlNode::Kind::kInteger:
    case YamlNode::Kind::kFloat: {
      value.kind = Kind::kNumber;
      value.source = WithDigitsAroundPoint(scalar.text);
      const std::optional<Decimal> number = ParseDecimal(value.source);
      if (!number.has_value()) return Refuse("not a finite number");
      value.number = *number;
      return value;
    }
    case YamlNode::Kind::kString:
      value.kind = Kind::kText;
      value.patterns = {ParsePattern(scalar.text, placeholders)};
      return value;
    case YamlNode::Kind::kList:
    case YamlNode::Kind::kMap:
      break;
  }
  return Refuse("a value must be a scalar");
}

// A keyword is a substring unless a modifier says where it stands.
absl::Status FinishKeyword(const std::vector<std::string>& modifiers,
                           RuleValue& value) {
  if (value.kind != Kind::kText && value.kind != Kind::kRegex &&
      value.kind != Kind::kNumber && value.kind != Kind::kBool) {
    return Refuse("not a keyword");
  }
  for (const std::string& name : modifiers) {
    if (IsOneOf(name, {"contains", "startswith", "endswith", "re"})) {
      return absl::OkStatus();
    }
  }
  TurnIntoText(value);
  return ApplyAffix("contains", value);
}

}  // namespace

absl::StatusOr<RuleValue> MakeRuleValue(
    const YamlNode& scalar, const std::vector<std::string>& modifiers,
    bool is_keyword, const Placeholders& placeholders) {
  bool expands = false;
  for (const std::string& name : modifiers) expands |= name == "expand";
  HS_ASSIGN_OR_RETURN(RuleValue value, FromYaml(scalar, expands));
  for (const std::string& name : modifiers) {
    HS_RETURN_IF_ERROR(Apply(name, placeholders, value));
    value.untouched = false;
  }
  if (is_keyword) HS_RETURN_IF_ERROR(FinishKeyword(modifiers, value));
  for (const Pattern& pattern : value.patterns) {
    value.folded.push_back(FoldText(pattern));
  }
  if (value.kind == Kind::kRegex) {
    HS_ASSIGN_OR_RETURN(value.regex, ReferenceRegex::Compile(
                                         value.source, value.regex_options));
  }
  return value;
}

}  // namespace hypersigma::reference
