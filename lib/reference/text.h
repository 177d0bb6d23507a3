// Text as the reference evaluator sees it: one element for each character.
// Source: design document "semantics", 4.1 and 4.7.

#ifndef HYPERSIGMA_LIB_REFERENCE_TEXT_H_
#define HYPERSIGMA_LIB_REFERENCE_TEXT_H_

#include <string>
#include <string_view>

namespace hypersigma::reference {

// Code points, and for a byte B that is not part of valid UTF-8 the element
// kInvalidByte + B, which equals no code point.
using Text = std::u32string;
using TextView = std::u32string_view;
inline constexpr char32_t kInvalidByte = 0x110000;

Text DecodeUtf8(std::string_view bytes);
std::string EncodeUtf8(TextView text);

// Simple case folding: the full folding where it is one code point, else the
// lower-case mapping; U+0130 stays.
char32_t FoldCharacter(char32_t character);
Text FoldText(TextView text);

// The character's other case, for generators: upper for lower and the reverse.
char32_t SwapCase(char32_t character);

// Letters, digits and underscore, in Unicode.
bool IsWordCharacter(char32_t character);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_TEXT_H_
