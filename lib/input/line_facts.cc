#include "lib/input/line_facts.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "lib/input/json_text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {
namespace {

constexpr std::size_t kStepBytes = 64;
constexpr std::size_t kPartBytes = 16;
static_assert(kPartBytes <= kTextSlack);

// For each of up to 64 bytes one bit.
struct Masks {
  std::uint64_t backslash = 0;
  std::uint64_t non_ascii = 0;
};

#if defined(__SSE2__)
Masks MasksOf(const char* text, std::size_t size) {
  Masks masks;
  for (std::size_t at = 0; at < size; at += kPartBytes) {
    const __m128i part =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const auto bits = [at](__m128i bytes) {
      return static_cast<std::uint64_t>(
                 static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)))
             << at;
    };
    masks.backslash |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8('\\')));
    masks.non_ascii |= bits(part);
  }
  return masks;
}
#else
Masks MasksOf(const char* text, std::size_t size) {
  Masks masks;
  for (std::size_t at = 0; at < size; ++at) {
    const std::uint64_t bit = std::uint64_t{1} << at;
    if (text[at] == '\\') masks.backslash |= bit;
    if (static_cast<unsigned char>(text[at]) >= 0x80) masks.non_ascii |= bit;
  }
  return masks;
}
#endif

}  // namespace

LineFacts LookAtLine(const char* text, std::size_t size) {
  LineFacts facts;
  bool is_escaped = false;  // the first byte of the step
  for (std::size_t at = 0; at < size; at += kStepBytes) {
    const std::size_t step = std::min(kStepBytes, size - at);
    Masks masks = MasksOf(text + at, step);
    if (step < kStepBytes) {
      const std::uint64_t inside = (std::uint64_t{1} << step) - 1;
      masks.backslash &= inside;
      masks.non_ascii &= inside;
    }
    if (masks.non_ascii != 0) facts.is_ascii = false;
    std::uint64_t bits = masks.backslash & ~std::uint64_t{is_escaped};
    is_escaped = false;
    while (bits != 0) {
      const int position = std::countr_zero(bits);
      const char escaped = text[at + static_cast<std::size_t>(position) + 1];
      if (kShortEscapes[static_cast<unsigned char>(escaped)] == 0) {
        facts.has_short_escapes_only = false;
      }
      if (escaped == '/') facts.has_slash_escape = true;
      if (position == 63) is_escaped = true;
      bits &= bits - 1;
      bits &= ~(std::uint64_t{2} << position);
    }
  }
  return facts;
}

}  // namespace hypersigma::internal
