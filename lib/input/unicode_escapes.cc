#include "lib/input/unicode_escapes.h"

#include <algorithm>
#include <array>
#include <bit>

#include "lib/input/byte_mask.h"
#include "lib/input/json_text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hypersigma::internal {
namespace {

// What follows the backslash of a character that JSON wants escaped; 0 if there
// is nothing of one character.
char ShortEscapeOf(std::uint32_t code_point) {
  switch (code_point) {
    case '"':
    case '\\':
      return static_cast<char>(code_point);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

// Where `\u` stands in some steps of 64 bytes, a bit for each byte.
using Steps = std::array<std::uint64_t, 8>;
constexpr std::size_t kGroupBytes = 8 * kByteMaskBytes;
using Find = void (*)(const char* text, std::size_t size, Steps& steps);

void FindByBytes(const char* text, std::size_t size, Steps& steps) {
  steps.fill(0);
  for (std::size_t at = 0; at < size; at += kByteMaskBytes) {
    const std::size_t left = std::min(kByteMaskBytes, size - at);
    const std::uint64_t slashes = MaskOfByte(text + at, left, '\\');
    if (slashes == 0) continue;
    steps[at / kByteMaskBytes] = slashes & MaskOfByte(text + at + 1, left, 'u');
  }
}

#if defined(__x86_64__)

__attribute__((target("avx512bw"))) void FindAvx512(const char* text,
                                                    std::size_t size,
                                                    Steps& steps) {
  const __m512i slash = _mm512_set1_epi8('\\');
  const __m512i unicode = _mm512_set1_epi8('u');
  steps.fill(0);
  for (std::size_t at = 0; at < size; at += kByteMaskBytes) {
    const std::size_t left = std::min(kByteMaskBytes, size - at);
    const __mmask64 is_text = ~std::uint64_t{0} >> (kByteMaskBytes - left);
    const __m512i bytes = _mm512_maskz_loadu_epi8(is_text, text + at);
    const __m512i behind = _mm512_maskz_loadu_epi8(is_text, text + at + 1);
    steps[at / kByteMaskBytes] = _mm512_mask_cmpeq_epi8_mask(
        _mm512_cmpeq_epi8_mask(bytes, slash), behind, unicode);
  }
}

#endif

Find BestFind() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") != 0) return &FindAvx512;
#endif
  return &FindByBytes;
}

class Resolver {
 public:
  Resolver(std::string_view text, std::span<std::uint32_t> tokens, char* out)
      : text_(text), tokens_(tokens), begin_(out), out_(out) {}

  std::optional<ResolvedText> Run() {
    static const Find find = BestFind();
    Steps steps;
    for (std::size_t at = 0; at < text_.size(); at += kGroupBytes) {
      find(text_.data() + at, std::min(kGroupBytes, text_.size() - at), steps);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!ResolveStep(at + i * kByteMaskBytes, steps[i])) {
          return std::nullopt;
        }
      }
    }
    CopyTo(text_.size());
    ResolvedText resolved;
    resolved.byte_count = static_cast<std::size_t>(out_ - begin_);
    resolved.is_ascii = is_ascii_;
    return resolved;
  }

 private:
  bool ResolveStep(std::size_t begin, std::uint64_t escapes) {
    for (; escapes != 0; escapes &= escapes - 1) {
      const std::size_t at =
          begin + static_cast<std::size_t>(std::countr_zero(escapes));
      // What was read with the one before, or is escaped itself, is none.
      if (at < read_ || IsEscaped(at)) continue;
      if (!Resolve(at)) return false;
    }
    return true;
  }

  bool IsEscaped(std::size_t at) const {
    std::size_t slashes = 0;
    while (at - slashes > read_ && text_[at - slashes - 1] == '\\') ++slashes;
    return slashes % 2 != 0;
  }

  // Copies what comes before `at`, and moves the tokens that begin there.
  void CopyTo(std::size_t at) {
    const auto removed = static_cast<std::uint32_t>(
        static_cast<std::ptrdiff_t>(read_) - (out_ - begin_));
    while (next_token_ < tokens_.size() && tokens_[next_token_] < at) {
      tokens_[next_token_++] -= removed;
    }
    if (at > read_) {
      out_ = CopyParts(text_.data() + read_, at - read_, out_);
    }
    read_ = at;
  }

  // Whether what comes next, at `at`, belongs to a string.
  bool IsInString(std::size_t at) const {
    if (next_token_ < tokens_.size() && tokens_[next_token_] == at)
      return false;
    return next_token_ > 0 && begin_[tokens_[next_token_ - 1]] == '"';
  }

  bool Resolve(std::size_t at) {
    CopyTo(at);
    if (!IsInString(at)) return false;
    const UnicodeEscape escape =
        ReadUnicodeEscape(text_.data() + at, text_.data() + text_.size());
    if (escape.code_point == UnicodeEscape::kMalformed || escape.lone) {
      return false;
    }
    if (const char c = ShortEscapeOf(escape.code_point); c != '\0') {
      *out_++ = '\\';
      *out_++ = c;
    } else if (escape.code_point < 0x20) {
      return false;
    } else {
      out_ = WriteUtf8(escape.code_point, out_);
    }
    is_ascii_ &= escape.code_point < 0x80;
    read_ = at + static_cast<std::size_t>(escape.raw_bytes);
    return true;
  }

  std::string_view text_;
  std::span<std::uint32_t> tokens_;
  char* begin_;
  char* out_;
  std::size_t read_ = 0;  // up to the end of an escape, or 0
  std::size_t next_token_ = 0;
  bool is_ascii_ = true;
};

}  // namespace

std::optional<ResolvedText> ResolveUnicodeEscapes(
    std::string_view text, std::span<std::uint32_t> tokens, char* out) {
  return Resolver(text, tokens, out).Run();
}

}  // namespace hypersigma::internal
