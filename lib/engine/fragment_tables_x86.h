// The tables of a FragmentFilter in registers, for code that looks at 64 bytes
// a step.

#ifndef HYPERSIGMA_LIB_ENGINE_FRAGMENT_TABLES_X86_H_
#define HYPERSIGMA_LIB_ENGINE_FRAGMENT_TABLES_X86_H_

#if defined(__x86_64__)

#include <immintrin.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "lib/engine/fragment_filter.h"

#define HYPERSIGMA_FRAGMENTS_AVX512 \
  __attribute__((target("avx512bw,avx512vbmi"), always_inline))

namespace hypersigma::internal {

struct FragmentTablesAvx512 {
  HYPERSIGMA_FRAGMENTS_AVX512 explicit FragmentTablesAvx512(
      const FragmentFilter::Tables& tables) {
    for (std::size_t n = 0; n < tables.size(); ++n) {
      entries[n] = _mm512_loadu_si512(tables[n].data());
    }
  }

  // Returns bits where fragments begin in `a`; `b` and `c` are the bytes
  // behind.
  HYPERSIGMA_FRAGMENTS_AVX512 __m512i LookUp(__m512i a, __m512i b,
                                             __m512i c) const {
    // With masks: GCC 12 warns of what the functions without leave undefined.
    constexpr __mmask64 kAll = ~__mmask64{0};
    return _mm512_ternarylogic_epi64(
        _mm512_maskz_permutexvar_epi8(kAll, a, entries[0]),
        _mm512_maskz_permutexvar_epi8(kAll, b, entries[1]),
        _mm512_maskz_permutexvar_epi8(kAll, c, entries[2]), 0x80);
  }

  __m512i entries[3];
};

// Returns the 64 bytes at `at`, zero behind the text, where nothing is read.
HYPERSIGMA_FRAGMENTS_AVX512 inline __m512i LoadPart(std::string_view text,
                                                    std::size_t at) {
  const std::size_t left = at < text.size() ? text.size() - at : 0;
  const __mmask64 mask = left < 64 ? (__mmask64{1} << left) - 1 : ~__mmask64{0};
  return _mm512_maskz_loadu_epi8(mask, text.data() + at);
}

// Whether this CPU has it.
inline bool HasFragmentTablesAvx512() {
  return __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vbmi") != 0;
}

}  // namespace hypersigma::internal

#endif

#endif  // HYPERSIGMA_LIB_ENGINE_FRAGMENT_TABLES_X86_H_
