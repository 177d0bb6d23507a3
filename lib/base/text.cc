#include "lib/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

#if defined(__SSE2__)
// Where a text is fetched from memory before it is looked at: by itself the CPU
// stops at the ends of pages.
constexpr std::ptrdiff_t kAhead = 1024;
#endif

std::uint64_t LoadWord(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Returns how many bytes at the beginning are below 0x80.
std::size_t AsciiPrefixBytes(std::string_view text) {
  std::size_t count = 0;
  while (text.size() - count >= sizeof(std::uint64_t) &&
         (LoadWord(text.data() + count) & kHighBits) == 0) {
    count += sizeof(std::uint64_t);
  }
  while (count < text.size() && static_cast<signed char>(text[count]) >= 0) {
    ++count;
  }
  return count;
}

// Folds eight bytes below 0x80 at once: in each, adding what lacks to the
// highest bit tells whether it is past 'Z', and whether it is past '@'.
std::uint64_t FoldAsciiWord(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  const std::uint64_t past_z = word + kOnes * (0x7F - 'Z');
  const std::uint64_t from_a = word + kOnes * (0x80 - 'A');
  const std::uint64_t is_upper = (from_a ^ past_z) & kHighBits;
  return word | is_upper >> 2;  // 0x80 becomes 'a' - 'A'
}

void AppendFoldedAscii(std::string_view text, std::string* out) {
  const std::size_t begin = out->size();
  out->append(text);
  char* at = out->data() + begin;
  std::size_t left = text.size();
  for (; left >= sizeof(std::uint64_t);
       at += sizeof(std::uint64_t), left -= sizeof(std::uint64_t)) {
    const std::uint64_t folded = FoldAsciiWord(LoadWord(at));
    std::memcpy(at, &folded, sizeof(folded));
  }
  for (; left > 0; ++at, --left) *at = FoldAscii(*at);
}

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

// Bytes that `lead` announces; 0 where it cannot begin a code point.
std::uint32_t SequenceBytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;  // continuation bytes, overlong pairs
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

// The smallest value that needs 0 to 4 bytes.
constexpr std::array<std::uint32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};

bool IsScalarValue(std::uint32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

void AppendHexEscape(char kind, std::uint32_t value, int digits,
                     std::string* out) {
  out->push_back('\\');
  out->push_back(kind);
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out->push_back("0123456789abcdef"[(value >> shift) & 0xFu]);
  }
}

void AppendEscaped(std::uint32_t value, std::string* out) {
  switch (value) {
    case '\t':
      out->append("\\t");
      break;
    case '\n':
      out->append("\\n");
      break;
    case '\r':
      out->append("\\r");
      break;
    default:
      if (value < 0x100) {
        AppendHexEscape('x', value, 2, out);
      } else {
        AppendHexEscape('u', value, 4, out);
      }
  }
}

}  // namespace

bool IsAscii(std::string_view text) {
  const char* bytes = text.data();
  std::size_t left = text.size();
#if defined(__SSE2__)
  const auto load = [](const char* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  };
  for (; left >= 64; bytes += 64, left -= 64) {
    __builtin_prefetch(bytes + kAhead);
    const __m128i bits =
        _mm_or_si128(_mm_or_si128(load(bytes), load(bytes + 16)),
                     _mm_or_si128(load(bytes + 32), load(bytes + 48)));
    if (_mm_movemask_epi8(bits) != 0) return false;
  }
#endif
  for (; left >= 32; bytes += 32, left -= 32) {
    const std::uint64_t bits = LoadWord(bytes) | LoadWord(bytes + 8) |
                               LoadWord(bytes + 16) | LoadWord(bytes + 24);
    if ((bits & kHighBits) != 0) return false;
  }
  return AsciiPrefixBytes({bytes, left}) == left;
}

std::string FoldedAscii(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), FoldAscii);
  return folded;
}

bool EqualAsciiFolded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return FoldAscii(x) == FoldAscii(y);
  });
}

CodePoint DecodeCodePoint(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  constexpr CodePoint kInvalid = {kInvalidCodePoint, 1};
  const std::uint32_t byte_count = SequenceBytes(lead);
  if (byte_count == 0 || text.size() < byte_count) return kInvalid;
  std::uint32_t value = lead & (0x7Fu >> byte_count);
  for (std::uint32_t i = 1; i < byte_count; ++i) {
    if (!IsContinuation(text[i])) return kInvalid;
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  if (value < kSmallest[byte_count] || !IsScalarValue(value)) return kInvalid;
  return {value, byte_count};
}

void AppendCodePoint(std::uint32_t code_point, std::string* out) {
  const auto continuation = [code_point](int shift) {
    return static_cast<char>(0x80u | ((code_point >> shift) & 0x3Fu));
  };
  if (code_point < 0x80) {
    out->push_back(static_cast<char>(code_point));
    return;
  }
  if (code_point < 0x800) {
    out->push_back(static_cast<char>(0xC0u | (code_point >> 6)));
  } else {
    if (code_point < 0x10000) {
      out->push_back(static_cast<char>(0xE0u | (code_point >> 12)));
    } else {
      out->push_back(static_cast<char>(0xF0u | (code_point >> 18)));
      out->push_back(continuation(12));
    }
    out->push_back(continuation(6));
  }
  out->push_back(continuation(0));
}

std::uint32_t FoldCodePoint(std::uint32_t code_point) {
  if (code_point < 0x80) {
    const char folded = FoldAscii(static_cast<char>(code_point));
    return static_cast<unsigned char>(folded);
  }
  constexpr std::uint32_t kCapitalIWithDot = 0x130;
  if (code_point == kCapitalIWithDot) return code_point;
  // The longest full folding has three code points.
  std::array<utf8proc_int32_t, 4> folding{};
  const auto value = static_cast<utf8proc_int32_t>(code_point);
  const utf8proc_ssize_t count = utf8proc_decompose_char(
      value, folding.data(), folding.size(), UTF8PROC_CASEFOLD, nullptr);
  return static_cast<std::uint32_t>(count == 1 ? folding[0]
                                               : utf8proc_tolower(value));
}

bool IsWordCodePoint(std::uint32_t code_point) {
  if (code_point == '_') return true;
  if (code_point == kInvalidCodePoint) return false;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
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

void AppendFolded(std::string_view text, std::string* out) {
  while (!text.empty()) {
    const std::size_t ascii_bytes = AsciiPrefixBytes(text);
    AppendFoldedAscii(text.substr(0, ascii_bytes), out);
    text.remove_prefix(ascii_bytes);
    if (text.empty()) return;
    const CodePoint step = DecodeCodePoint(text);
    if (step.value == kInvalidCodePoint) {
      out->push_back(text[0]);
    } else {
      AppendCodePoint(FoldCodePoint(step.value), out);
    }
    text.remove_prefix(step.byte_count);
  }
}

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  AppendFolded(text, &out);
  return out;
}

namespace {

// Appends `text` with `change` done to each code point.
void AppendChanged(std::string_view text,
                   utf8proc_int32_t (*change)(utf8proc_int32_t),
                   std::string* out) {
  while (!text.empty()) {
    const CodePoint step = DecodeCodePoint(text);
    if (step.value == kInvalidCodePoint) {
      out->push_back(text[0]);
    } else {
      AppendCodePoint(static_cast<std::uint32_t>(
                          change(static_cast<utf8proc_int32_t>(step.value))),
                      out);
    }
    text.remove_prefix(step.byte_count);
  }
}

}  // namespace

void AppendLowerCase(std::string_view text, std::string* out) {
  AppendChanged(text, utf8proc_tolower, out);
}

void AppendUpperCase(std::string_view text, std::string* out) {
  AppendChanged(text, utf8proc_toupper, out);
}

std::size_t FindText(std::string_view text, std::string_view part) {
  if (part.empty()) return 0;
  if (text.size() < part.size()) return std::string_view::npos;
  const void* found =
      memmem(text.data(), text.size(), part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) -
                                  text.data());
}

bool IsDisplayControl(std::uint32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F) || value == 0x061C ||
         value == 0x200E || value == 0x200F ||
         (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069);
}

std::string EscapeForDisplay(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint step = DecodeCodePoint(text);
    if (step.value == kInvalidCodePoint) {
      AppendHexEscape('x', static_cast<unsigned char>(text[0]), 2, &out);
    } else if (IsDisplayControl(step.value)) {
      AppendEscaped(step.value, &out);
    } else {
      out.append(text.substr(0, step.byte_count));
    }
    text.remove_prefix(step.byte_count);
  }
  return out;
}

std::string TextLibraryVersion() { return utf8proc_version(); }
std::string TextUnicodeVersion() { return utf8proc_unicode_version(); }

}  // namespace hypersigma::internal
