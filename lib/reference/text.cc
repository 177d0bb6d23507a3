// Decoding follows the table of well-formed UTF-8 in the Unicode standard
// (table 3-7); folding asks utf8proc directly.

#include "lib/reference/text.h"

#include <utf8proc.h>

#include <array>
#include <cstddef>

namespace hypersigma::reference {
namespace {

// Returns how many bytes the well-formed sequence at the beginning of `bytes`
// has, or 0 when there is none.
std::size_t SequenceLength(std::string_view bytes) {
  const auto in = [&](std::size_t i, unsigned low, unsigned high) {
    if (i >= bytes.size()) return false;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    return byte >= low && byte <= high;
  };
  const auto tail = [&](std::size_t i) { return in(i, 0x80, 0xBF); };
  if (in(0, 0x00, 0x7F)) return 1;
  if (in(0, 0xC2, 0xDF) && tail(1)) return 2;
  if (in(0, 0xE0, 0xE0) && in(1, 0xA0, 0xBF) && tail(2)) return 3;
  if (in(0, 0xE1, 0xEC) && tail(1) && tail(2)) return 3;
  if (in(0, 0xED, 0xED) && in(1, 0x80, 0x9F) && tail(2)) return 3;
  if (in(0, 0xEE, 0xEF) && tail(1) && tail(2)) return 3;
  if (in(0, 0xF0, 0xF0) && in(1, 0x90, 0xBF) && tail(2) && tail(3)) return 4;
  if (in(0, 0xF1, 0xF3) && tail(1) && tail(2) && tail(3)) return 4;
  if (in(0, 0xF4, 0xF4) && in(1, 0x80, 0x8F) && tail(2) && tail(3)) return 4;
  return 0;
}

char32_t DecodeSequence(std::string_view sequence) {
  static constexpr std::array<unsigned, 5> kFirstByteMask = {0, 0x7F, 0x1F,
                                                             0x0F, 0x07};
  char32_t value =
      static_cast<unsigned char>(sequence[0]) & kFirstByteMask[sequence.size()];
  for (const char byte : sequence.substr(1)) {
    value = value << 6 | (static_cast<unsigned char>(byte) & 0x3F);
  }
  return value;
}

}  // namespace

Text DecodeUtf8(std::string_view bytes) {
  Text text;
  while (!bytes.empty()) {
    const std::size_t length = SequenceLength(bytes);
    if (length == 0) {
      text += static_cast<char32_t>(kInvalidByte +
                                    static_cast<unsigned char>(bytes[0]));
      bytes.remove_prefix(1);
    } else {
      text += DecodeSequence(bytes.substr(0, length));
      bytes.remove_prefix(length);
    }
  }
  return text;
}

std::string EncodeUtf8(TextView text) {
  std::string bytes;
  const auto append = [&](char32_t byte) { bytes += static_cast<char>(byte); };
  for (const char32_t c : text) {
    if (c >= kInvalidByte) {
      append(c - kInvalidByte);
    } else if (c < 0x80) {
      append(c);
    } else if (c < 0x800) {
      append(0xC0 | c >> 6);
      append(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      append(0xE0 | c >> 12);
      append(0x80 | (c >> 6 & 0x3F));
      append(0x80 | (c & 0x3F));
    } else {
      append(0xF0 | c >> 18);
      append(0x80 | (c >> 12 & 0x3F));
      append(0x80 | (c >> 6 & 0x3F));
      append(0x80 | (c & 0x3F));
    }
  }
  return bytes;
}

char32_t FoldCharacter(char32_t character) {
  if (character == 0x130 || character >= kInvalidByte) return character;
  std::array<utf8proc_int32_t, 8> folded{};
  int boundary_class = 0;
  const utf8proc_ssize_t count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(character), folded.data(), folded.size(),
      UTF8PROC_CASEFOLD, &boundary_class);
  if (count == 1) return static_cast<char32_t>(folded[0]);
  return static_cast<char32_t>(
      utf8proc_tolower(static_cast<utf8proc_int32_t>(character)));
}

Text FoldText(TextView text) {
  Text folded;
  folded.reserve(text.size());
  for (const char32_t c : text) {
    const bool is_plain_ascii = c < 0x80 && (c < 'A' || c > 'Z');
    folded += is_plain_ascii ? c : FoldCharacter(c);
  }
  return folded;
}

char32_t SwapCase(char32_t character) {
  if (character >= kInvalidByte) return character;
  const auto c = static_cast<utf8proc_int32_t>(character);
  const utf8proc_int32_t upper = utf8proc_toupper(c);
  return static_cast<char32_t>(upper != c ? upper : utf8proc_tolower(c));
}

bool IsWordCharacter(char32_t character) {
  if (character == U'_') return true;
  if (character >= kInvalidByte) return false;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

}  // namespace hypersigma::reference
