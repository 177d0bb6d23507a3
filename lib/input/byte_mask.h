// Which of up to 64 bytes are a given one, or that but for some bits: a bit for
// each.

#ifndef HYPERSIGMA_LIB_INPUT_BYTE_MASK_H_
#define HYPERSIGMA_LIB_INPUT_BYTE_MASK_H_

#include <cstddef>
#include <cstdint>

#include "lib/input/json_text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {

inline constexpr std::size_t kByteMaskBytes = 64;

// Returns the bits of the first `size` bytes at `text`. The bits of `open` may
// be set or not; in `byte` they are. REQUIRES: at most kByteMaskBytes, and
// kTextSlack readable bytes behind them.
inline std::uint64_t MaskOfByte(const char* text, std::size_t size, char byte,
                                char open = 0) {
  std::uint64_t mask = 0;
#if defined(__SSE2__)
  constexpr std::size_t kBytes = sizeof(__m128i);
  static_assert(kBytes <= kTextSlack);
  for (std::size_t at = 0; at < size; at += kBytes) {
    const __m128i part =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(
        _mm_or_si128(part, _mm_set1_epi8(open)), _mm_set1_epi8(byte)));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(bits)) << at;
  }
#else
  for (std::size_t at = 0; at < size; ++at) {
    mask |= static_cast<std::uint64_t>((text[at] | open) == byte) << at;
  }
#endif
  if (size < kByteMaskBytes) mask &= (std::uint64_t{1} << size) - 1;
  return mask;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_BYTE_MASK_H_
