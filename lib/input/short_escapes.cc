#include "lib/input/short_escapes.h"

#include <bit>
#include <cstddef>
#include <cstdint>

#include "lib/input/line_steps.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hypersigma::internal {
namespace {

#if defined(__x86_64__)

__attribute__((target("avx512bw,avx512vbmi,avx512vbmi2,bmi,popcnt")))
UnescapedText
UnescapeAvx512(std::string_view raw, char* out) {
  const __m512i low = _mm512_loadu_si512(kShortEscapes.data());
  const __m512i high = _mm512_loadu_si512(kShortEscapes.data() + kLineStep);
  const __m512i backslash = _mm512_set1_epi8('\\');
  UnescapedText result;
  LineSteps steps;
  char* to = out;
  for (std::size_t at = 0; at < raw.size(); at += kLineStep) {
    const std::size_t left = raw.size() - at;
    const __mmask64 is_text =
        left < kLineStep ? ~(~std::uint64_t{0} << left) : ~std::uint64_t{0};
    const __m512i bytes = _mm512_maskz_loadu_epi8(is_text, raw.data() + at);
    const std::uint64_t backslashes = _mm512_cmpeq_epi8_mask(bytes, backslash);
    const std::uint64_t escaped = steps.Escaped(backslashes);
    // What escapes is left out, what is escaped means something else.
    const __m512i meant = _mm512_mask_blend_epi8(
        escaped, bytes, _mm512_permutex2var_epi8(low, bytes, high));
    const __mmask64 kept = is_text & ~(backslashes & ~escaped);
    const auto count = static_cast<std::size_t>(std::popcount(kept));
    if (count != 0) {
      _mm512_mask_storeu_epi8(to, ~std::uint64_t{0} >> (kLineStep - count),
                              _mm512_maskz_compress_epi8(kept, meant));
    }
    to += count;
  }
  result.byte_count = static_cast<std::size_t>(to - out);
  result.same = result.byte_count == raw.size();
  return result;
}

#endif

}  // namespace

std::vector<ShortUnescape> ShortUnescapes() {
  std::vector<ShortUnescape> ways;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vbmi2") != 0 &&
      __builtin_cpu_supports("avx512vbmi") != 0 &&
      __builtin_cpu_supports("avx512bw") != 0) {
    ways.push_back(&UnescapeAvx512);
  }
#endif
  ways.push_back(&Unescape);
  return ways;
}

UnescapedText UnescapeShort(std::string_view raw, char* out) {
  static const ShortUnescape best = ShortUnescapes().front();
  return best(raw, out);
}

}  // namespace hypersigma::internal
