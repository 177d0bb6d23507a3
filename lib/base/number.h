// Decimal numbers of rules and events: exact comparison and canonical text.
// Source: design document "semantics", 3.5 and the value table.

#ifndef HYPERSIGMA_LIB_BASE_NUMBER_H_
#define HYPERSIGMA_LIB_BASE_NUMBER_H_

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace hypersigma::internal {

// A number borrowed from its decimal text. Integers keep all digits; anything
// with a fraction or an exponent is a double. Where no double reaches (1e400)
// it is ordered as infinity, and its text and key are made of its own digits;
// below the smallest double it is 0.
class Number {
 public:
  // Accepts a complete decimal number: optional sign, digits, optional
  // fraction, optional exponent; no blanks, hexadecimal or separators. JSON
  // numbers are a subset. Returns nullopt otherwise. Borrows `text`.
  static std::optional<Number> Parse(std::string_view text);

  bool is_integer() const { return is_integer_; }

  // Appends the canonical text: integers their digits (`-0` is `0`), integral
  // floats below 1e16 as integers, others by their shortest round-trip digits.
  void AppendText(std::string* out) const;

  // Appends a text that is equal for two numbers if and only if they are
  // numerically equal; the canonical text but for integral floats from 1e16,
  // which get all their digits.
  void AppendKey(std::string* out) const;

  // Integers compare exactly, also with floats; floats as doubles.
  static std::partial_ordering Compare(const Number& a, const Number& b);

 private:
  Number() = default;

  bool is_integer_ = true;
  bool negative_ = false;
  std::string_view digits_;  // integers: no sign, no leading zeros; "0" for 0
  double value_ = 0;         // floats
};

// Returns whether the text of a number is what Number::AppendText() would give,
// told without parsing: digits, perhaps after a minus, no leading zero.
bool IsPlainInteger(std::string_view text);

// The same for up to eight bytes without a sign; false for others. REQUIRES:
// eight readable bytes at `text`.
inline bool IsShortInteger(const char* text, std::size_t size) {
  constexpr std::uint64_t kZeros = 0x3030'3030'3030'3030u;
  constexpr std::uint64_t kHigh = 0xF0F0'F0F0'F0F0'F0F0u;
  constexpr std::uint64_t kSixes = 0x0606'0606'0606'0606u;
  if constexpr (std::endian::native != std::endian::little) return false;
  if (size == 0 || size > 8 || (*text == '0' && size > 1)) return false;
  std::uint64_t digits = 0;
  std::memcpy(&digits, text, sizeof(digits));
  // In place of what is behind the text, zeros before it.
  digits = digits << (64 - 8 * size) | kZeros >> 4 >> (8 * size - 4);
  return (digits & kHigh) == kZeros && ((digits + kSixes) & kHigh) == kZeros;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_NUMBER_H_
