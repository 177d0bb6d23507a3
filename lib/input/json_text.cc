#include "lib/input/json_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "lib/base/text.h"
#include "lib/input/byte_mask.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kPartBytes = 16;

constexpr std::uint32_t kNoCodeUnit = UnicodeEscape::kMalformed;

constexpr auto kHexDigits = [] {
  std::array<std::int8_t, 256> digits{};
  digits.fill(-1);
  for (std::size_t i = 0; i < 10; ++i) {
    digits['0' + i] = static_cast<std::int8_t>(i);
  }
  for (std::size_t i = 0; i < 6; ++i) {
    digits['a' + i] = digits['A' + i] = static_cast<std::int8_t>(10 + i);
  }
  return digits;
}();

// Returns the code unit of a `\uXXXX` that begins at `in`, or kNoCodeUnit.
std::uint32_t CodeUnit(const char* in, const char* end) {
  if (end - in < 6 || in[0] != '\\' || in[1] != 'u') return kNoCodeUnit;
  const auto digit = [in](int at) {
    return int{kHexDigits[static_cast<unsigned char>(in[at])]};
  };
  // Negative if one of them is.
  const int unit =
      digit(2) * 0x1000 | digit(3) * 0x100 | digit(4) * 0x10 | digit(5);
  return unit < 0 ? kNoCodeUnit : static_cast<std::uint32_t>(unit);
}

constexpr bool IsHighSurrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool IsLowSurrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Where reading and writing have come.
struct StepEnd {
  const char* in;
  char* out;
  bool is_stopped;  // at an escape that is not of one character
};

// Unescapes up to kByteMaskBytes at once, of which `backslashes` has a bit for
// each backslash: in Windows paths there is one every few bytes, and where the
// next one is must not wait for what became of the last.
StepEnd UnescapeStep(const char* in, const char* end, std::size_t step,
                     std::uint64_t backslashes, char* out) {
  std::size_t done = 0;
  do {
    const auto at = static_cast<std::size_t>(std::countr_zero(backslashes));
    out = CopyParts(in + done, at - done, out);
    const char* const escape = in + at;
    const char c = end - escape < 2
                       ? '\0'
                       : kShortEscapes[static_cast<unsigned char>(escape[1])];
    if (c == '\0') return {escape, out, true};
    *out++ = c;
    done = at + 2;
    backslashes &= ~(std::uint64_t{3} << at);
  } while (backslashes != 0);
  if (done >= step) return {in + done, out, false};
  return {in + step, CopyParts(in + done, step - done, out), false};
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Returns the end of the digits that begin at `in`.
const char* SkipDigits(const char* in, const char* end) {
  while (in != end && IsDigit(*in)) ++in;
  return in;
}

}  // namespace

UnicodeEscape ReadUnicodeEscape(const char* in, const char* end) {
  const std::uint32_t unit = CodeUnit(in, end);
  if (unit == kNoCodeUnit) return {};
  if (IsHighSurrogate(unit)) {
    const std::uint32_t next = CodeUnit(in + 6, end);
    if (IsLowSurrogate(next)) {
      return {0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00), 12, false};
    }
  }
  if (IsHighSurrogate(unit) || IsLowSurrogate(unit)) return {0xFFFD, 6, true};
  return {unit, 6, false};
}

char* WriteUtf8(std::uint32_t code_point, char* out) {
  const auto tail = [code_point](int shift) {
    return static_cast<char>(0x80 | (code_point >> shift & 0x3F));
  };
  if (code_point < 0x80) {
    *out++ = static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    *out++ = static_cast<char>(0xC0 | code_point >> 6);
    *out++ = tail(0);
  } else if (code_point < 0x10000) {
    *out++ = static_cast<char>(0xE0 | code_point >> 12);
    *out++ = tail(6);
    *out++ = tail(0);
  } else {
    *out++ = static_cast<char>(0xF0 | code_point >> 18);
    *out++ = tail(12);
    *out++ = tail(6);
    *out++ = tail(0);
  }
  return out;
}

UnescapedText Unescape(std::string_view raw, char* out) {
  const char* in = raw.data();
  const char* const end = in + raw.size();
  char* to = out;
  UnescapedText result;
  while (in < end) {
    const std::size_t step =
        std::min(kByteMaskBytes, static_cast<std::size_t>(end - in));
    const std::uint64_t backslashes = MaskOfByte(in, step, '\\');
    if (backslashes == 0) {
      to = CopyParts(in, step, to);
      in += step;
      continue;
    }
    result.same = false;
    const StepEnd at = UnescapeStep(in, end, step, backslashes, to);
    in = at.in;
    to = at.out;
    if (!at.is_stopped) continue;
    const UnicodeEscape escape = ReadUnicodeEscape(in, end);
    if (escape.code_point == kNoCodeUnit) {
      return {.valid = false, .same = false};
    }
    result.repaired |= escape.lone;
    to = WriteUtf8(escape.code_point, to);
    in += escape.raw_bytes;
  }
  result.byte_count = static_cast<std::size_t>(to - out);
  return result;
}

std::size_t PlainStringBytes(std::string_view text) {
  std::size_t at = 0;
#if defined(__SSE2__)
  for (; at + kPartBytes <= text.size(); at += kPartBytes) {
    const __m128i block =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const int found = _mm_movemask_epi8(
        _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')),
                     _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\\')),
                                  _mm_cmpeq_epi8(block, _mm_set1_epi8('\n')))));
    if (found == 0) continue;
    return at + static_cast<std::size_t>(
                    std::countr_zero(static_cast<std::uint32_t>(found)));
  }
#endif
  while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
         text[at] != '\n') {
    ++at;
  }
  return at;
}

std::string_view TrimJsonBlanks(std::string_view text) {
  const auto is_blank = [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  };
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool HasAsciiFold(std::string_view text) {
  return text.find("\xC5\xBF") != std::string_view::npos ||
         text.find("\xE2\x84\xAA") != std::string_view::npos;
}

bool IsJsonNumber(std::string_view text) {
  const char* in = text.data();
  const char* const end = in + text.size();
  if (in != end && *in == '-') ++in;
  if (in == end || !IsDigit(*in)) return false;
  in = *in == '0' ? in + 1 : SkipDigits(in, end);
  if (in != end && *in == '.') {
    const char* const fraction = ++in;
    in = SkipDigits(in, end);
    if (in == fraction) return false;
  }
  if (in != end && (*in == 'e' || *in == 'E')) {
    ++in;
    if (in != end && (*in == '+' || *in == '-')) ++in;
    const char* const exponent = in;
    in = SkipDigits(in, end);
    if (in == exponent) return false;
  }
  return in == end;
}

void RepairJson(std::string_view json, char* out) {
  bool in_string = false;
  bool escaped = false;
  while (!json.empty()) {
    const CodePoint step = DecodeCodePoint(json);
    const char byte = json.front();
    if (step.value == kInvalidCodePoint || (in_string && step.value < 0x20)) {
      *out = '?';
    } else {
      std::memcpy(out, json.data(), step.byte_count);
    }
    if (byte == '"' && !escaped) in_string = !in_string;
    escaped = in_string && byte == '\\' && !escaped;
    out += step.byte_count;
    json.remove_prefix(step.byte_count);
  }
}

}  // namespace hypersigma::internal
