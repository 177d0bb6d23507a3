#include "lib/base/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace hypersigma::internal {
namespace {

// From here on shortest digits are written with an exponent.
constexpr double kFirstScientific = 1e16;
constexpr int kSmallestFixedExponent = -4;
constexpr int kLargestFixedExponent = 15;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// The parts of a decimal text, all borrowed from it.
struct Decimal {
  bool negative = false;
  std::string_view whole;     // digits, at least one
  std::string_view fraction;  // digits after the point, or empty
  std::string_view exponent;  // with its sign, or empty
  std::string_view unsigned_text;
};

// Takes digits from the front of `text`.
std::string_view TakeDigits(std::string_view* text) {
  std::size_t count = 0;
  while (count < text->size() && IsDigit((*text)[count])) ++count;
  const std::string_view digits = text->substr(0, count);
  text->remove_prefix(count);
  return digits;
}

std::optional<Decimal> Split(std::string_view text) {
  Decimal decimal;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    decimal.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  decimal.unsigned_text = text;
  decimal.whole = TakeDigits(&text);
  if (decimal.whole.empty()) return std::nullopt;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    decimal.fraction = TakeDigits(&text);
    if (decimal.fraction.empty()) return std::nullopt;
  }
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    decimal.exponent = text;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
      text.remove_prefix(1);
    }
    if (TakeDigits(&text).empty()) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return decimal;
}

std::string_view WithoutLeadingZeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view()
                                         : digits.substr(first);
}

// Value of the exponent text, held to +-4e18 so that sums do not overflow.
std::int64_t ExponentOf(const Decimal& decimal) {
  constexpr std::int64_t kFar = 4'000'000'000'000'000'000;
  std::string_view text = decimal.exponent;
  if (text.empty()) return 0;
  if (text[0] == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc()) return std::clamp(value, -kFar, kFar);
  return text[0] == '-' ? -kFar : kFar;
}

// Decimal exponent of the first digit that is not zero; nullopt for zero.
std::optional<std::int64_t> LeadingExponent(const Decimal& decimal) {
  const std::string_view whole = WithoutLeadingZeros(decimal.whole);
  const std::int64_t exponent = ExponentOf(decimal);
  if (!whole.empty()) {
    return exponent + static_cast<std::int64_t>(whole.size()) - 1;
  }
  const std::size_t zeros = decimal.fraction.find_first_not_of('0');
  if (zeros == std::string_view::npos) return std::nullopt;
  return exponent - static_cast<std::int64_t>(zeros) - 1;
}

double ToDouble(const Decimal& decimal) {
  const std::string_view text = decimal.unsigned_text;
  double value = 0;
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc()) {
    const auto exponent = LeadingExponent(decimal);
    value = exponent && *exponent > 0 ? std::numeric_limits<double>::infinity()
                                      : 0.0;
  }
  return decimal.negative ? -value : value;
}

// Text of a finite double; 1.8e308 has 309 digits before the point.
struct DoubleText {
  std::array<char, 336> buffer;
  std::size_t size = 0;

  std::string_view view() const { return {buffer.data(), size}; }
};

// Shortest digits that give the value back.
DoubleText ShortestText(double value, std::chars_format format) {
  DoubleText text;
  char* begin = text.buffer.data();
  const auto result =
      std::to_chars(begin, begin + text.buffer.size(), value, format);
  text.size = static_cast<std::size_t>(result.ptr - begin);
  return text;
}

// All digits of the whole part, none behind the point. REQUIRES: integral.
DoubleText ExactText(double value) {
  DoubleText text;
  char* begin = text.buffer.data();
  const auto result = std::to_chars(begin, begin + text.buffer.size(), value,
                                    std::chars_format::fixed, /*precision=*/0);
  text.size = static_cast<std::size_t>(result.ptr - begin);
  return text;
}

void AppendDouble(double value, std::string* out) {
  if (value == 0) {  // also -0
    out->push_back('0');
    return;
  }
  const DoubleText text = ShortestText(value, std::chars_format::scientific);
  std::string_view exponent_text = text.view();
  exponent_text.remove_prefix(exponent_text.find('e') + 1);
  if (exponent_text[0] == '+') exponent_text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(exponent_text.data(),
                  exponent_text.data() + exponent_text.size(), exponent);
  const bool fixed =
      exponent >= kSmallestFixedExponent && exponent <= kLargestFixedExponent;
  out->append(fixed ? ShortestText(value, std::chars_format::fixed).view()
                    : text.view());
}

// Appends d.ddde+XXX for a number that no double can hold, from its digits.
void AppendBeyondDouble(bool negative, std::string_view unsigned_text,
                        std::string* out) {
  const auto decimal = Split(unsigned_text);
  if (!decimal) return;
  if (negative) out->push_back('-');
  const std::size_t begin = out->size();
  const std::string_view whole = WithoutLeadingZeros(decimal->whole);
  out->append(whole);
  out->append(whole.empty() ? WithoutLeadingZeros(decimal->fraction)
                            : decimal->fraction);
  out->erase(out->find_last_not_of('0') + 1);
  if (out->size() > begin + 1) out->insert(begin + 1, 1, '.');
  out->append("e+").append(std::to_string(*LeadingExponent(*decimal)));
}

std::strong_ordering Order(int comparison) { return comparison <=> 0; }

// Compares digits without leading zeros by value.
std::strong_ordering CompareDigits(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return Order(a.compare(b));
}

// Compares an integer, not negative, with a float that is positive or zero.
std::strong_ordering CompareMagnitude(std::string_view digits, double value) {
  if (std::isinf(value)) return std::strong_ordering::less;
  const double whole = std::floor(value);
  const auto order = CompareDigits(digits, ExactText(whole).view());
  if (order != 0 || whole == value) return order;
  return std::strong_ordering::less;
}

std::strong_ordering Reverse(std::strong_ordering order) { return 0 <=> order; }

}  // namespace

std::optional<Number> Number::Parse(std::string_view text) {
  const auto decimal = Split(text);
  if (!decimal) return std::nullopt;
  Number number;
  number.is_integer_ = decimal->fraction.empty() && decimal->exponent.empty();
  number.negative_ = decimal->negative;
  if (!number.is_integer_) {
    number.digits_ = decimal->unsigned_text;
    number.value_ = ToDouble(*decimal);
    return number;
  }
  number.digits_ = WithoutLeadingZeros(decimal->whole);
  if (number.digits_.empty()) {
    number.digits_ = "0";
    number.negative_ = false;
  }
  return number;
}

void Number::AppendText(std::string* out) const {
  if (is_integer_) {
    if (negative_) out->push_back('-');
    out->append(digits_);
  } else if (std::isinf(value_)) {
    AppendBeyondDouble(negative_, digits_, out);
  } else {
    AppendDouble(value_, out);
  }
}

void Number::AppendKey(std::string* out) const {
  const bool needs_all_digits = !is_integer_ && std::isfinite(value_) &&
                                std::fabs(value_) >= kFirstScientific;
  if (needs_all_digits) {
    out->append(ExactText(value_).view());
  } else {
    AppendText(out);
  }
}

std::partial_ordering Number::Compare(const Number& a, const Number& b) {
  if (!a.is_integer_ && !b.is_integer_) return a.value_ <=> b.value_;
  if (!a.is_integer_) return 0 <=> Compare(b, a);
  const bool b_negative = b.is_integer_ ? b.negative_ : b.value_ < 0;
  if (a.negative_ != b_negative) {
    return a.negative_ ? std::partial_ordering::less
                       : std::partial_ordering::greater;
  }
  const std::strong_ordering magnitude =
      b.is_integer_ ? CompareDigits(a.digits_, b.digits_)
                    : CompareMagnitude(a.digits_, std::fabs(b.value_));
  return a.negative_ ? Reverse(magnitude) : magnitude;
}

bool IsPlainInteger(std::string_view text) {
  if (text.size() > 1 && text.front() == '-') {
    if (text[1] == '0') return false;
    text.remove_prefix(1);
  }
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace hypersigma::internal
