// The characters inside JSON tokens: escapes, number syntax and the repair of
// bytes that JSON does not allow.
//
// Used by json_reader and record_slicer, which find the tokens. Source: RFC
// 8259, sections 6 and 7; design document "semantics", 4.7.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_TEXT_H_
#define HYPERSIGMA_LIB_INPUT_JSON_TEXT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hypersigma::internal {

// Bytes after the end of a text that may be read, and after the end of an
// output that may be written, by the functions that say so.
inline constexpr std::size_t kTextSlack = 16;

struct UnescapedText {
  // False when an escape is malformed; the rest is then unspecified.
  bool valid = true;
  // Well formed and without an escape: the text is `raw`.
  bool same = true;
  // A lone surrogate escape became U+FFFD.
  bool repaired = false;
  std::size_t byte_count = 0;
};

// Writes what stands between the quotes of a string, `raw`, to `out` without
// its escapes; other bytes are copied as they are. Never writes more than
// raw.size() bytes of text. REQUIRES: room for that at `out`, and kTextSlack
// bytes after both. Cost: one pass, 16 bytes a step.
UnescapedText Unescape(std::string_view raw, char* out);

// What follows a backslash -> what it means; 0 for everything else.
inline constexpr std::array<char, 256> kShortEscapes = [] {
  std::array<char, 256> table{};
  table['"'] = '"';
  table['\\'] = '\\';
  table['/'] = '/';
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  return table;
}();

// One `\u` escape, or two that form a surrogate pair.
struct UnicodeEscape {
  static constexpr std::uint32_t kMalformed = 0xFFFFFFFFu;

  std::uint32_t code_point = kMalformed;
  std::ptrdiff_t raw_bytes = 6;
  // A surrogate without the other one; its code point is U+FFFD.
  bool lone = false;
};

// Reads the escape whose backslash is at `in`, of a text that ends at `end`.
UnicodeEscape ReadUnicodeEscape(const char* in, const char* end);

// Writes a character as UTF-8, up to four bytes; returns the end of it.
char* WriteUtf8(std::uint32_t code_point, char* out);

// Copies `size` bytes, and some more, up to kTextSlack. Returns the end of what
// was asked for.
inline char* CopyParts(const char* in, std::size_t size, char* out) {
  std::size_t at = 0;
  do {
    std::memcpy(out + at, in + at, kTextSlack);
    at += kTextSlack;
  } while (at < size);
  return out + size;
}

// Returns how many bytes of `text` come before the first '"', '\' or newline;
// all of them if there is none. Cost: 16 bytes a step.
std::size_t PlainStringBytes(std::string_view text);

// Returns `text` without the blanks of JSON at its end.
std::string_view TrimJsonBlanks(std::string_view text);

// Returns whether there is one of the two characters beyond ASCII that fold to
// ASCII, U+017F and U+212A.
bool HasAsciiFold(std::string_view text);

// Returns whether `text` is a number as JSON writes it.
bool IsJsonNumber(std::string_view text);

// Copies `json` to `out`, byte for byte, with '?' for every byte that is not
// part of valid UTF-8 and for every control byte inside a string. REQUIRES:
// room for json.size() bytes.
void RepairJson(std::string_view json, char* out);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_TEXT_H_
