// Numbers as exact decimals. Source: design document "semantics", 3.5 and 5.

#ifndef HYPERSIGMA_LIB_REFERENCE_NUMBER_H_
#define HYPERSIGMA_LIB_REFERENCE_NUMBER_H_

#include <optional>
#include <string>
#include <string_view>

namespace hypersigma::reference {

// A number written out in full: an integer has the digits of its text, a float
// all digits of the double nearest to its text.
struct Decimal {
  bool negative = false;  // never for zero
  bool infinite = false;  // past all doubles, in order; `beyond` is its text
  std::string integer;    // no leading zeros; empty for 0
  std::string fraction;   // no trailing zeros
  std::string beyond;
};

// Accepts a complete decimal number: sign, digits, fraction, exponent. Returns
// nullopt for any other text.
std::optional<Decimal> ParseDecimal(std::string_view text);

// Returns a negative, zero or positive number like strcmp.
int CompareDecimals(const Decimal& a, const Decimal& b);

// Returns the text of a number of an event or a rule: integers their digits,
// integral floats below 1e16 as integers, other floats by their shortest
// round-trip digits. REQUIRES: ParseDecimal accepts `number`.
std::string CanonicalNumberText(std::string_view number);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_NUMBER_H_
