#include "lib/engine/plain_bytes.h"

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {
namespace {

bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

#if defined(__SSE2__)

constexpr std::size_t kStep = 16;

// Bit i tells whether byte i is not plain.
std::uint32_t SpecialBytes(const char* bytes) {
  const __m128i step = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  // Bytes past ASCII are negative here.
  const __m128i is_control =
      _mm_or_si128(_mm_cmplt_epi8(step, _mm_set1_epi8(0x20)),
                   _mm_cmpeq_epi8(step, _mm_set1_epi8(0x7F)));
  const __m128i is_escaped =
      _mm_or_si128(_mm_cmpeq_epi8(step, _mm_set1_epi8('"')),
                   _mm_cmpeq_epi8(step, _mm_set1_epi8('\\')));
  return static_cast<std::uint32_t>(
      _mm_movemask_epi8(_mm_or_si128(is_control, is_escaped)));
}

// Goes as far as whole steps do, the last of which may overlap the one before.
// Returns where it stopped.
std::size_t SkipSteps(std::string_view text, std::size_t at) {
  if (text.size() < kStep) return at;
  for (; at + kStep <= text.size(); at += kStep) {
    const std::uint32_t special = SpecialBytes(text.data() + at);
    if (special != 0) return at + std::countr_zero(special);
  }
  const std::size_t last = text.size() - kStep;
  const std::uint32_t special = SpecialBytes(text.data() + last) >> (at - last);
  return special == 0 ? text.size() : at + std::countr_zero(special);
}

#else

constexpr std::size_t kStep = sizeof(std::uint64_t);
constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// The highest bits of the bytes below `limit`, if any; others may be set, too.
// REQUIRES: no byte of `word` is past ASCII.
constexpr std::uint64_t Below(std::uint64_t word, std::uint64_t limit) {
  return word - kOnes * limit;
}

bool AllPlain(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  const std::uint64_t special =
      word | Below(word, 0x20) | Below(word ^ kOnes * 0x7F, 1) |
      Below(word ^ kOnes * '"', 1) | Below(word ^ kOnes * '\\', 1);
  return (special & kHighBits) == 0;
}

std::size_t SkipSteps(std::string_view text, std::size_t at) {
  while (at + kStep <= text.size() && AllPlain(text.data() + at)) at += kStep;
  return at;
}

#endif

}  // namespace

std::size_t SkipPlain(std::string_view text, std::size_t from) {
  std::size_t at = SkipSteps(text, from);
  while (at < text.size() && IsPlain(text[at])) ++at;
  return at;
}

}  // namespace hypersigma::internal
