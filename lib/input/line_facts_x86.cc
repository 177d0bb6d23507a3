// The looks of x86: AVX-512 with what came with VBMI2, and AVX2.

#include "lib/input/line_steps.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#define HYPERSIGMA_AVX2 __attribute__((target("avx2,bmi,pclmul,popcnt")))
#define HYPERSIGMA_AVX512 \
  __attribute__((target("avx512bw,avx512vbmi2,bmi,pclmul,popcnt")))

namespace hypersigma::internal {
namespace {

// Bytes of a kind by their lower four bits; 0 where the kind has none. A byte
// whose lower bits are 0 must not be taken for the first entry.
using ByLowBits = std::array<char, 16>;

// What JSON allows behind a backslash, but for `"` and `r`, which have the
// lower bits of `b`.
constexpr ByLowBits kAllowed = {1, 0, 'b', 0, 't',  0, 'f', 0,
                                0, 0, 0,   0, '\\', 0, 'n', '/'};
// Brackets, those of arrays with the bit in which they differ from the others,
// colon and comma. Two control bytes are taken for the last two, and then are
// tokens that nothing can begin with.
constexpr char kCurly = 0x20;
constexpr ByLowBits kPunctuation = {0, 0, 0,   0,   0,   0,   0, 0,
                                    0, 0, ':', '{', ',', '}', 0, 0};
constexpr ByLowBits kBlanks = {' ', 0,    0,    0, 0, 0,    0, 0,
                               0,   '\t', '\n', 0, 0, '\r', 0, 0};
constexpr char kFirstAllowed = 0x20;

// Has the CPU fetch what comes some lines later; its own guess ends with each
// page and begins late in each text. Nothing there need be readable.
inline void FetchAhead(const char* text) {
  constexpr std::size_t kAheadBytes = 2'048;
  _mm_prefetch(text + kAheadBytes, _MM_HINT_T0);
}

// Every bit: whether there is an odd number of bits up to it.
__attribute__((target("pclmul"))) inline std::uint64_t OddUpTo(
    std::uint64_t bits) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(bits)),
                           _mm_set1_epi8('\xFF'), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

struct Avx2Step {
  __m256i low;
  __m256i high;

  HYPERSIGMA_AVX2 static std::uint64_t Bits(__m256i low, __m256i high) {
    const auto bits = [](int mask) {
      return std::uint64_t{static_cast<std::uint32_t>(mask)};
    };
    return bits(_mm256_movemask_epi8(low)) | bits(_mm256_movemask_epi8(high))
                                                 << 32;
  }
  HYPERSIGMA_AVX2 std::uint64_t Are(char byte) const {
    const __m256i all = _mm256_set1_epi8(byte);
    return Bits(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
  }
  // Bytes that are an entry of `table` once the bits of `set` are set.
  HYPERSIGMA_AVX2 std::uint64_t AreIn(const ByLowBits& table,
                                      char set = 0) const {
    const __m256i entries = _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
    const __m256i bits = _mm256_set1_epi8(set);
    return Bits(_mm256_cmpeq_epi8(_mm256_or_si256(low, bits),
                                  _mm256_shuffle_epi8(entries, low)),
                _mm256_cmpeq_epi8(_mm256_or_si256(high, bits),
                                  _mm256_shuffle_epi8(entries, high)));
  }
  HYPERSIGMA_AVX2 std::uint64_t AreBelow(char byte) const {
    const __m256i last = _mm256_set1_epi8(static_cast<char>(byte - 1));
    return Bits(_mm256_cmpeq_epi8(_mm256_min_epu8(low, last), low),
                _mm256_cmpeq_epi8(_mm256_min_epu8(high, last), high));
  }
};

// Positions of bits, eight at once: most steps have no more.
HYPERSIGMA_AVX2 inline std::uint32_t* WriteAvx2(std::uint64_t bits,
                                                std::uint32_t begin,
                                                std::uint32_t* tokens) {
  constexpr int kAtOnce = 8;
  const int count = std::popcount(bits);
  for (int written = 0; written < count; written += kAtOnce) {
    for (int i = 0; i < kAtOnce; ++i) {
      tokens[written + i] =
          begin + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
  return tokens + count;
}

HYPERSIGMA_AVX2 inline std::uint64_t AddAvx2(const char* text,
                                             LineSteps& steps) {
  const auto* const in = reinterpret_cast<const __m256i_u*>(text);
  const Avx2Step step{_mm256_loadu_si256(in), _mm256_loadu_si256(in + 1)};
  std::uint64_t quotes = step.Are('"');
  steps.SeeNonAscii(Avx2Step::Bits(step.low, step.high));
  const std::uint64_t escaped = steps.Escaped(step.Are('\\'));
  if (escaped != 0) {
    const std::uint64_t others = steps.SeeEscaped(
        escaped, step.AreIn(kAllowed) | quotes | step.Are('r'), step.Are('/'));
    if (others != 0) [[unlikely]] {
      steps.SeeOthers(others, step.Are('u'));
    }
    quotes &= ~escaped;
  }
  return steps.Tokens({.quotes = quotes,
                       .odd_quotes = OddUpTo(quotes),
                       .punctuation = step.AreIn(kPunctuation, kCurly),
                       .blanks = step.AreIn(kBlanks),
                       .controls = step.AreBelow(kFirstAllowed)});
}

HYPERSIGMA_AVX2 LineFacts LookAvx2(const char* text, std::size_t size,
                                   std::uint32_t* tokens) {
  LineSteps steps;
  std::uint32_t* end = tokens;
  std::size_t at = 0;
  for (; size - at >= kLineStep; at += kLineStep) {
    FetchAhead(text + at);
    end = WriteAvx2(AddAvx2(text + at, steps), static_cast<std::uint32_t>(at),
                    end);
  }
  end = WriteAvx2(AddAvx2(LastLineStep(text + at, size - at).data(), steps),
                  static_cast<std::uint32_t>(at), end);
  return steps.Told(static_cast<std::size_t>(end - tokens));
}

// Masks of all lanes: GCC 12 warns of what the functions without masks leave
// undefined.
constexpr __mmask16 kAll = 0xFFFF;
constexpr __mmask8 kAll4 = 0xF;

struct Avx512Step {
  __m512i bytes;

  HYPERSIGMA_AVX512 std::uint64_t Are(char byte) const {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
  }
  HYPERSIGMA_AVX512 std::uint64_t AreIn(const ByLowBits& table,
                                        char set = 0) const {
    const __m512i entries = _mm512_maskz_broadcast_i32x4(
        kAll, _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
    return _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes, _mm512_set1_epi8(set)),
                                  _mm512_shuffle_epi8(entries, bytes));
  }
  HYPERSIGMA_AVX512 std::uint64_t AreBelow(char byte) const {
    return _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(byte));
  }
};

// 0, 1, 2, ...
constexpr auto kPositions = [] {
  std::array<char, kLineStep> positions{};
  for (std::size_t i = 0; i < kLineStep; ++i) {
    positions[i] = static_cast<char>(i);
  }
  return positions;
}();

// Positions of bits, 16 at once; `first` has that of the first bit 16 times.
HYPERSIGMA_AVX512 inline std::uint32_t* WriteAvx512(std::uint64_t bits,
                                                    __m512i first,
                                                    std::uint32_t* tokens) {
  const __m512i set =
      _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(kPositions.data()));
  const auto write = [first, tokens](int from,
                                     __m128i positions) HYPERSIGMA_AVX512 {
    _mm512_storeu_si512(
        tokens + from,
        _mm512_add_epi32(first, _mm512_maskz_cvtepu8_epi32(kAll, positions)));
  };
  const int count = std::popcount(bits);
  write(0, _mm512_maskz_extracti32x4_epi32(kAll4, set, 0));
  if (count > 16) [[unlikely]] {
    write(16, _mm512_maskz_extracti32x4_epi32(kAll4, set, 1));
    write(32, _mm512_maskz_extracti32x4_epi32(kAll4, set, 2));
    write(48, _mm512_maskz_extracti32x4_epi32(kAll4, set, 3));
  }
  return tokens + count;
}

// A look that is told of a text's bytes step by step. The unit that compares
// has most to do, so that two questions are asked once for all steps: whether
// there are bytes beyond ASCII, and below kFirstAllowed; only where there are
// some of these, kControls, it is asked where.
template <bool kControls>
class Avx512Look {
 public:
  HYPERSIGMA_AVX512 explicit Avx512Look(std::uint32_t* tokens)
      : tokens_(tokens), end_(tokens) {}

  HYPERSIGMA_AVX512 void Add(__m512i bytes) {
    any_ = _mm512_or_si512(any_, bytes);
    least_ = _mm512_min_epu8(least_, bytes);
    AddTokens({bytes});
    first_ = _mm512_add_epi32(first_, _mm512_set1_epi32(kLineStep));
  }

  HYPERSIGMA_AVX512 bool has_controls() const {
    return Avx512Step{least_}.AreBelow(kFirstAllowed) != 0;
  }
  HYPERSIGMA_AVX512 LineFacts Told() {
    steps_.SeeNonAscii(_mm512_movepi8_mask(any_));
    return steps_.Told(static_cast<std::size_t>(end_ - tokens_));
  }

 private:
  HYPERSIGMA_AVX512 void AddTokens(const Avx512Step& step) {
    std::uint64_t quotes = step.Are('"');
    const std::uint64_t escaped = steps_.Escaped(step.Are('\\'));
    if (escaped != 0) {
      const std::uint64_t others = steps_.SeeEscaped(
          escaped, step.AreIn(kAllowed) | quotes | step.Are('r'),
          step.Are('/'));
      if (others != 0) [[unlikely]] {
        steps_.SeeOthers(others, step.Are('u'));
      }
      quotes &= ~escaped;
    }
    // Long strings are half of a text, and have no tokens.
    if (!kControls && quotes == 0 && steps_.is_in_string()) return;
    const std::uint64_t begins = steps_.Tokens(
        {.quotes = quotes,
         .odd_quotes = OddUpTo(quotes),
         .punctuation = step.AreIn(kPunctuation, kCurly),
         .blanks = kControls ? step.AreIn(kBlanks) : step.Are(' '),
         .controls = kControls ? step.AreBelow(kFirstAllowed) : 0});
    end_ = WriteAvx512(begins, first_, end_);
  }

  LineSteps steps_;
  std::uint32_t* const tokens_;
  std::uint32_t* end_;
  __m512i first_ = _mm512_setzero_si512();
  __m512i any_ = _mm512_setzero_si512();
  __m512i least_ = _mm512_set1_epi8(kLineFill);
};

template <bool kControls>
HYPERSIGMA_AVX512 Avx512Look<kControls> LookBySteps(const char* text,
                                                    std::size_t size,
                                                    std::uint32_t* tokens) {
  Avx512Look<kControls> look(tokens);
  std::size_t at = 0;
  for (; size - at >= kLineStep; at += kLineStep) {
    FetchAhead(text + at);
    look.Add(_mm512_loadu_si512(text + at));
  }
  if (at < size) {
    const __mmask64 is_text = ~std::uint64_t{0} >> (kLineStep - (size - at));
    look.Add(_mm512_mask_loadu_epi8(_mm512_set1_epi8(kLineFill), is_text,
                                    text + at));
  }
  return look;
}

HYPERSIGMA_AVX512 LineFacts LookAvx512(const char* text, std::size_t size,
                                       std::uint32_t* tokens) {
  const auto is_control = [](char c) { return c >= 0 && c < kFirstAllowed; };
  // With a line's end behind the first brace, or as it was read from a file.
  const bool has_line_end =
      size > 1 && (is_control(text[1]) || is_control(text[size - 1]));
  if (!has_line_end) {
    auto look = LookBySteps<false>(text, size, tokens);
    if (!look.has_controls()) return look.Told();
  }
  return LookBySteps<true>(text, size, tokens).Told();
}

}  // namespace

std::vector<LineLook> X86LineLooks() {
  std::vector<LineLook> looks;
  // All CPUs with AVX2 have the lesser extensions, too.
  if (__builtin_cpu_supports("pclmul") == 0) return looks;
  if (__builtin_cpu_supports("avx512vbmi2") != 0 &&
      __builtin_cpu_supports("avx512bw") != 0) {
    looks.push_back({.finds_tokens = true, .look = &LookAvx512});
  }
  if (__builtin_cpu_supports("avx2") != 0 &&
      __builtin_cpu_supports("bmi") != 0) {
    looks.push_back({.finds_tokens = true, .look = &LookAvx2});
  }
  return looks;
}

}  // namespace hypersigma::internal

#endif
