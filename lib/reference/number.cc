// A double has at most 309 digits before and 1074 after the point, and the C
// library prints them all.

#include "lib/reference/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace hypersigma::reference {
namespace {

std::size_t CountDigits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
    ++count;
  }
  return count;
}

// What stands where in a decimal number's text.
struct NumberParts {
  bool negative = false;
  std::string_view integer;
  bool is_float = false;
};

std::optional<NumberParts> SplitNumber(std::string_view text) {
  NumberParts parts;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    parts.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  parts.integer = text.substr(0, CountDigits(text));
  text.remove_prefix(parts.integer.size());
  if (parts.integer.empty()) return std::nullopt;
  if (!text.empty() && text[0] == '.') {
    const std::size_t count = CountDigits(text.substr(1));
    if (count == 0) return std::nullopt;
    text.remove_prefix(1 + count);
    parts.is_float = true;
  }
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
      text.remove_prefix(1);
    }
    const std::size_t count = CountDigits(text);
    if (count == 0) return std::nullopt;
    text.remove_prefix(count);
    parts.is_float = true;
  }
  if (!text.empty()) return std::nullopt;
  return parts;
}

void Normalize(Decimal& number) {
  const std::size_t first = number.integer.find_first_not_of('0');
  number.integer.erase(0, first);
  const std::size_t last = number.fraction.find_last_not_of('0');
  number.fraction.erase(last + 1);
  if (number.integer.empty() && number.fraction.empty() && !number.infinite) {
    number.negative = false;
  }
}

double ToDouble(std::string_view text) {
  return std::strtod(std::string(text).c_str(), nullptr);
}

// Returns d.ddde+XXX for a number that no double reaches, from its digits.
std::string BeyondDoubleText(std::string_view text) {
  constexpr long long kFarthest = 4'000'000'000'000'000'000;
  const std::string sign = text[0] == '-' ? "-" : "";
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  long long exponent = 0;
  if (e < text.size()) {
    exponent = std::strtoll(std::string(text.substr(e + 1)).c_str(), nullptr,
                            /*base=*/10);
    exponent = std::clamp(exponent, -kFarthest, kFarthest);
  }
  std::string digits;
  bool behind_point = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') behind_point = true;
    if (c < '0' || c > '9') continue;
    digits += c;
    if (!behind_point) ++exponent;
  }
  const std::size_t zeros = digits.find_first_not_of('0');
  digits.erase(0, zeros);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.size() > 1) digits.insert(1, ".");
  exponent -= static_cast<long long>(zeros) + 1;
  return sign + digits + "e+" + std::to_string(exponent);
}

Decimal WriteOut(double value) {
  Decimal number;
  number.negative = std::signbit(value);
  number.infinite = std::isinf(value);
  if (number.infinite) return number;
  std::array<char, 1500> digits{};
  std::snprintf(digits.data(), digits.size(), "%.1074f", std::fabs(value));
  const std::string_view text(digits.data());
  const std::size_t point = text.find('.');
  number.integer = text.substr(0, point);
  number.fraction = text.substr(point + 1);
  Normalize(number);
  return number;
}

int CompareMagnitudes(const Decimal& a, const Decimal& b) {
  if (a.infinite != b.infinite) return a.infinite ? 1 : -1;
  if (a.integer.size() != b.integer.size()) {
    return a.integer.size() < b.integer.size() ? -1 : 1;
  }
  if (a.integer != b.integer) return a.integer < b.integer ? -1 : 1;
  return a.fraction.compare(b.fraction);
}

// Returns the text of a float that is not an integer below 1e16.
std::string ShortestText(double value) {
  std::array<char, 40> buffer{};
  const std::to_chars_result end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    std::chars_format::scientific);
  const std::string_view text(
      buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  const int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
  if (exponent < -4 || exponent > 15) return std::string(text);
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c != '.' && c != '-') digits += c;
  }
  const std::string sign = value < 0 ? "-" : "";
  if (exponent < 0) {
    const auto zeros = static_cast<std::size_t>(-exponent - 1);
    return sign + "0." + std::string(zeros, '0') + digits;
  }
  digits.insert(static_cast<std::size_t>(exponent) + 1, ".");
  return sign + digits;
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  const std::optional<NumberParts> parts = SplitNumber(text);
  if (!parts.has_value()) return std::nullopt;
  Decimal number;
  if (parts->is_float) {
    number = WriteOut(ToDouble(text));
    if (number.infinite) number.beyond = BeyondDoubleText(text);
    return number;
  }
  number.negative = parts->negative;
  number.integer = parts->integer;
  Normalize(number);
  return number;
}

int CompareDecimals(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int order = CompareMagnitudes(a, b);
  return a.negative ? -order : order;
}

std::string CanonicalNumberText(std::string_view number) {
  const Decimal decimal = *ParseDecimal(number);
  const bool is_float = SplitNumber(number)->is_float;
  if (decimal.infinite) return decimal.beyond;
  const bool is_integral = decimal.fraction.empty();
  if (is_float && (!is_integral || decimal.integer.size() > 16)) {
    return ShortestText(ToDouble(number));
  }
  const std::string digits = decimal.integer.empty() ? "0" : decimal.integer;
  return (decimal.negative ? "-" : "") + digits;
}

}  // namespace hypersigma::reference
