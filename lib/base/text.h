// The one case-folding function, and UTF-8 decoding that never fails.
//
// Everything that compares text folds with this file: rule operands when a
// plan is made, event values when they are scanned. Door to utf8proc.
// Source: design document "semantics", 4.1 and 4.7.

#ifndef HYPERSIGMA_LIB_BASE_TEXT_H_
#define HYPERSIGMA_LIB_BASE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hypersigma::internal {

// Returns whether every byte is below 0x80. Cost: a few bytes a cycle.
bool IsAscii(std::string_view text);

// Returns `byte` with A-Z turned to a-z.
constexpr char FoldAscii(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

// Returns `text` with A-Z turned to a-z, other bytes as they are.
std::string FoldedAscii(std::string_view text);

// Returns whether two texts differ in the case of A-Z at most.
bool EqualAsciiFolded(std::string_view a, std::string_view b);

// One step of a decoder.
struct CodePoint {
  // The scalar value, or 0xFFFFFFFF for a byte that is not part of valid UTF-8.
  std::uint32_t value = 0;
  // Bytes taken: 1 to 4, and 1 for an invalid byte.
  std::uint32_t byte_count = 1;
};
inline constexpr std::uint32_t kInvalidCodePoint = 0xFFFFFFFFu;

// Decodes the code point at the beginning of `text`. REQUIRES: not empty.
CodePoint DecodeCodePoint(std::string_view text);

// Appends `code_point` as UTF-8. REQUIRES: a scalar value.
void AppendCodePoint(std::uint32_t code_point, std::string* out);

// Returns the simple case folding of one code point: the full folding where it
// yields one code point, else the lower-case mapping; U+0130 stays.
std::uint32_t FoldCodePoint(std::uint32_t code_point);

// Append `text` with every code point in lower or upper case, where that is one
// code point; invalid bytes are kept as they are. For texts that are shown or
// compared case-sensitively; what compares caseless takes AppendFolded().
void AppendLowerCase(std::string_view text, std::string* out);
void AppendUpperCase(std::string_view text, std::string* out);

// Returns whether `code_point` is a letter, a digit (any script) or underscore.
bool IsWordCodePoint(std::uint32_t code_point);

// Appends `text` folded; invalid bytes are kept as they are. At most
// 3 * text.size() bytes are appended.
void AppendFolded(std::string_view text, std::string* out);

std::string Fold(std::string_view text);

// Returns where `part` first stands in `text`, or npos. Cost: linear in both,
// whatever they are, unlike std::string_view::find.
std::size_t FindText(std::string_view text, std::string_view part);

// Returns whether `value` is a character that a screen obeys instead of showing
// it: C0, DEL and C1 controls, line and paragraph separators, and what reorders
// text. All are below 0x10000.
bool IsDisplayControl(std::uint32_t value);

// Replaces control characters, bidirectional controls and invalid bytes by
// visible escapes (\x1b, \u202e, \xff), for text that a person reads.
std::string EscapeForDisplay(std::string_view text);

// The version of utf8proc, and the Unicode version of its tables.
std::string TextLibraryVersion();
std::string TextUnicodeVersion();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_TEXT_H_
