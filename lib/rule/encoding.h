// Encodings that rules look for: UTF-16 and Base64.
// Source: Sigma modifiers appendix, "Encoding modifiers"; design document
// "semantics", 5.

#ifndef HYPERSIGMA_LIB_RULE_ENCODING_H_
#define HYPERSIGMA_LIB_RULE_ENCODING_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

enum class Utf16Form : std::uint8_t {
  kLittleEndian,
  kBigEndian,
  kMarked,  // FF FE, then little endian
};

// Returns `value` with each character of its literals as its UTF-16 code units,
// and each byte of these as the character of that number, U+0000 to U+00FF.
// Other parts stay.
SigmaString EncodeUtf16(const SigmaString& value, Utf16Form form);

// Returns the bytes of which EncodeUtf16() made the text `characters`; of a
// character above U+00FF the lowest eight bits.
std::string BytesOfCharacters(std::string_view characters);

// Returns the Base64 text of `bytes`, padded.
std::string EncodeBase64(std::string_view bytes);

// Returns what the Base64 text of any data that contains `bytes` contains, for
// `bytes` at each place modulo 3. Empty where no character is theirs alone: one
// byte at the second and third place.
std::array<std::string, 3> EncodeBase64AtOffsets(std::string_view bytes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_ENCODING_H_
