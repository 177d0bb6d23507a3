// Typing of scalars.

#include "lib/rule/yaml_scalar.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t kMaxRadixDigits = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNull(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" ||
         text == "NULL";
}

bool IsTrue(std::string_view text) {
  return text == "true" || text == "True" || text == "TRUE";
}

bool IsFalse(std::string_view text) {
  return text == "false" || text == "False" || text == "FALSE";
}

// Returns the value of a digit, or 16.
int DigitValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// Returns the decimal digits of a number in base `radix`; nullopt if `digits`
// is empty, too long, or not such a number.
std::optional<std::string> ToDecimal(std::string_view digits, int radix) {
  if (digits.empty() || digits.size() > kMaxRadixDigits) return std::nullopt;
  constexpr std::uint64_t kLimb = 1'000'000'000;
  std::vector<std::uint64_t> limbs{0};  // least significant first
  for (const char c : digits) {
    const int value = DigitValue(c);
    if (value >= radix) return std::nullopt;
    std::uint64_t carry = static_cast<std::uint64_t>(value);
    for (std::uint64_t& limb : limbs) {
      carry += limb * static_cast<std::uint64_t>(radix);
      limb = carry % kLimb;
      carry /= kLimb;
    }
    if (carry > 0) limbs.push_back(carry);
  }
  std::string decimal = std::to_string(limbs.back());
  for (std::size_t i = limbs.size() - 1; i-- > 0;) {
    const std::string low = std::to_string(limbs[i]);
    decimal.append(9 - low.size(), '0').append(low);
  }
  return decimal;
}

// The parts of `[-+]? digits [. digits] [(e|E) [-+]? digits]`.
struct DecimalParts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  // with its sign
  bool has_point = false;
};

std::string_view TakeDigits(std::string_view* rest) {
  std::size_t count = 0;
  while (count < rest->size() && IsDigit((*rest)[count])) ++count;
  const std::string_view digits = rest->substr(0, count);
  rest->remove_prefix(count);
  return digits;
}

std::optional<DecimalParts> SplitDecimal(std::string_view text) {
  DecimalParts parts;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    parts.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  parts.whole = TakeDigits(&text);
  if (!text.empty() && text[0] == '.') {
    parts.has_point = true;
    text.remove_prefix(1);
    parts.fraction = TakeDigits(&text);
  }
  if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
  if (text.empty()) return parts;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  parts.exponent = text;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    text.remove_prefix(1);
  }
  if (TakeDigits(&text).empty() || !text.empty()) return std::nullopt;
  return parts;
}

// Returns the number in the form that Number::Parse takes; nullopt unless
// `text` is a decimal number without redundant leading zeros.
std::optional<TypedScalar> ToNumber(std::string_view text) {
  const std::optional<DecimalParts> parts = SplitDecimal(text);
  if (!parts.has_value()) return std::nullopt;
  if (parts->whole.size() > 1 && parts->whole[0] == '0') return std::nullopt;
  TypedScalar scalar;
  const bool integer = !parts->has_point && parts->exponent.empty();
  scalar.kind = integer ? Kind::kInteger : Kind::kFloat;
  if (integer && parts->whole == "0") {
    scalar.text = "0";
    return scalar;
  }
  if (parts->negative) scalar.text.push_back('-');
  scalar.text.append(parts->whole.empty() ? "0" : parts->whole);
  if (parts->has_point) {
    scalar.text.push_back('.');
    scalar.text.append(parts->fraction.empty() ? "0" : parts->fraction);
  }
  if (!parts->exponent.empty()) {
    scalar.text.push_back('e');
    scalar.text.append(parts->exponent);
  }
  return scalar;
}

std::optional<TypedScalar> ToRadixNumber(std::string_view text) {
  if (text.size() < 3 || text[0] != '0') return std::nullopt;
  const int radix = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 0;
  if (radix == 0) return std::nullopt;
  std::optional<std::string> decimal = ToDecimal(text.substr(2), radix);
  if (!decimal.has_value()) return std::nullopt;
  return TypedScalar{Kind::kInteger, *std::move(decimal)};
}

}  // namespace

TypedScalar TypePlainScalar(std::string_view text) {
  if (IsNull(text)) return {Kind::kNull, {}};
  if (IsTrue(text)) return {Kind::kBool, "true"};
  if (IsFalse(text)) return {Kind::kBool, "false"};
  if (std::optional<TypedScalar> number = ToNumber(text)) {
    return *std::move(number);
  }
  if (std::optional<TypedScalar> number = ToRadixNumber(text)) {
    return *std::move(number);
  }
  return {Kind::kString, std::string(text)};
}

std::optional<TypedScalar> TypeTaggedScalar(Kind kind, std::string_view text) {
  if (kind == Kind::kString) return TypedScalar{kind, std::string(text)};
  TypedScalar scalar = TypePlainScalar(text);
  if (kind == Kind::kFloat && scalar.kind == Kind::kInteger) {
    scalar.kind = Kind::kFloat;
  }
  if (scalar.kind != kind) return std::nullopt;
  return scalar;
}

SourceRange PlaceInScalar(const Source& source, const YamlNode& scalar,
                          std::size_t begin, std::size_t end) {
  const SourceRange range = scalar.range;
  std::string_view written =
      source.text().substr(range.begin, range.end - range.begin);
  std::size_t lead = 0;
  if (written.size() == scalar.text.size() + 2 &&
      (written[0] == '\'' || written[0] == '"')) {
    lead = 1;
    written = written.substr(1, scalar.text.size());
  }
  if (written != scalar.text) return range;
  return {static_cast<std::uint32_t>(range.begin + lead + begin),
          static_cast<std::uint32_t>(range.begin + lead + end)};
}

}  // namespace hypersigma::internal
