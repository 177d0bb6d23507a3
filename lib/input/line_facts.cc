#include "lib/input/line_facts.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "lib/input/byte_mask.h"
#include "lib/input/json_text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hypersigma::internal {
namespace {

constexpr std::size_t kStep = kByteMaskBytes;
using Step = std::array<char, kStep + kTextSlack>;

// What steps of 64 bytes, a bit for each, tell one after the other.
class Facts {
 public:
  // Returns which bytes stand behind a backslash that begins an escape.
  std::uint64_t Escaped(std::uint64_t backslash, std::uint64_t non_ascii) {
    non_ascii_ |= non_ascii;
    if (backslash == 0) {
      const std::uint64_t escaped = open_;
      open_ = 0;
      return escaped;
    }
    // An addition carries each run of backslashes to its end; those of an odd
    // length end on the other kind of position than they began.
    constexpr std::uint64_t kOdd = 0xAAAA'AAAA'AAAA'AAAAu;
    const std::uint64_t begins = backslash & ~open_;
    const std::uint64_t ends = (((begins << 1) | kOdd) - begins) ^ kOdd;
    const std::uint64_t escaped = ends ^ (backslash | open_);
    open_ = (ends & backslash) >> (kStep - 1);
    return escaped;
  }

  // `allowed`: which bytes JSON allows there, `slash`: which are '/'.
  void SeeEscaped(std::uint64_t escaped, std::uint64_t allowed,
                  std::uint64_t slash) {
    unknown_ |= escaped & ~allowed;
    slash_ |= escaped & slash;
  }

  LineFacts Told() const {
    return {.is_ascii = non_ascii_ == 0,
            .has_short_escapes_only = unknown_ == 0 && open_ == 0,
            .has_slash_escape = slash_ != 0};
  }

 private:
  std::uint64_t non_ascii_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t slash_ = 0;
  std::uint64_t open_ = 0;  // 1 if the next step's first byte is escaped
};

// The bytes behind the last whole step, and NULs, which no escape has.
Step LastStep(const char* text, std::size_t size) {
  Step step{};
  std::memcpy(step.data(), text, size);
  return step;
}

void AddBytes(const char* text, Facts& facts) {
  std::uint64_t non_ascii = 0;
  for (std::size_t i = 0; i < kStep; i += sizeof(std::uint64_t)) {
    std::uint64_t part = 0;
    std::memcpy(&part, text + i, sizeof(part));
    non_ascii |= part & 0x8080'8080'8080'8080u;
  }
  const std::uint64_t escaped =
      facts.Escaped(MaskOfByte(text, kStep, '\\'), non_ascii);
  std::uint64_t allowed = 0;
  std::uint64_t slash = 0;
  for (std::uint64_t left = escaped; left != 0; left &= left - 1) {
    const char byte = text[std::countr_zero(left)];
    const std::uint64_t bit = left & (0 - left);
    if (kShortEscapes[static_cast<unsigned char>(byte)] != 0) allowed |= bit;
    if (byte == '/') slash |= bit;
  }
  facts.SeeEscaped(escaped, allowed, slash);
}

LineFacts LookByBytes(const char* text, std::size_t size) {
  Facts facts;
  for (; size >= kStep; text += kStep, size -= kStep) AddBytes(text, facts);
  AddBytes(LastStep(text, size).data(), facts);
  return facts.Told();
}

#if defined(__x86_64__)

// By the lower four bits of a byte: the one with those that JSON allows behind
// a backslash, but for `"` and `r`, which have those of `b`; 0 for none. A byte
// whose lower bits are 0 is not the first entry.
constexpr std::array<char, 16> kAllowed = {1, 0, 'b', 0, 't',  0, 'f', 0,
                                           0, 0, 0,   0, '\\', 0, 'n', '/'};

__attribute__((target("avx2"))) inline std::uint64_t Bits(__m256i low,
                                                          __m256i high) {
  const auto bits = [](int mask) {
    return std::uint64_t{static_cast<std::uint32_t>(mask)};
  };
  return bits(_mm256_movemask_epi8(low)) | bits(_mm256_movemask_epi8(high))
                                               << 32;
}

__attribute__((target("avx2"))) inline __m256i IsAllowed(__m256i bytes) {
  const __m256i table = _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(kAllowed.data())));
  const __m256i by_low_bits =
      _mm256_cmpeq_epi8(bytes, _mm256_shuffle_epi8(table, bytes));
  return _mm256_or_si256(
      by_low_bits,
      _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
                      _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('r'))));
}

__attribute__((target("avx2"))) inline void AddAvx2(const char* text,
                                                    Facts& facts) {
  const auto* const in = reinterpret_cast<const __m256i_u*>(text);
  const __m256i low = _mm256_loadu_si256(in);
  const __m256i high = _mm256_loadu_si256(in + 1);
  const auto are = [ low, high ](char byte) __attribute__((target("avx2"))) {
    const __m256i all = _mm256_set1_epi8(byte);
    return Bits(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
  };
  const std::uint64_t escaped = facts.Escaped(are('\\'), Bits(low, high));
  if (escaped == 0) return;
  facts.SeeEscaped(escaped, Bits(IsAllowed(low), IsAllowed(high)), are('/'));
}

__attribute__((target("avx2"))) LineFacts LookAvx2(const char* text,
                                                   std::size_t size) {
  Facts facts;
  for (; size >= kStep; text += kStep, size -= kStep) AddAvx2(text, facts);
  AddAvx2(LastStep(text, size).data(), facts);
  return facts.Told();
}

__attribute__((target("avx512bw"))) inline void AddAvx512(const char* text,
                                                          Facts& facts) {
  const __m512i bytes = _mm512_loadu_si512(text);
  const auto are = [bytes](char byte) __attribute__((target("avx512bw"))) {
    return std::uint64_t{_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte))};
  };
  const std::uint64_t escaped =
      facts.Escaped(are('\\'), _mm512_movepi8_mask(bytes));
  if (escaped == 0) return;
  const __m512i table = _mm512_broadcast_i32x4(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(kAllowed.data())));
  const std::uint64_t allowed =
      _mm512_cmpeq_epi8_mask(bytes, _mm512_shuffle_epi8(table, bytes));
  facts.SeeEscaped(escaped, allowed | are('"') | are('r'), are('/'));
}

__attribute__((target("avx512bw"))) LineFacts LookAvx512(const char* text,
                                                         std::size_t size) {
  Facts facts;
  for (; size >= kStep; text += kStep, size -= kStep) AddAvx512(text, facts);
  AddAvx512(LastStep(text, size).data(), facts);
  return facts.Told();
}

#endif

}  // namespace

std::vector<LineLook> LineLooks() {
  std::vector<LineLook> looks;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") != 0) looks.push_back(&LookAvx512);
  if (__builtin_cpu_supports("avx2") != 0) looks.push_back(&LookAvx2);
#endif
  looks.push_back(&LookByBytes);
  return looks;
}

LineFacts LookAtLine(const char* text, std::size_t size) {
  static const LineLook look = LineLooks().front();
  return look(text, size);
}

}  // namespace hypersigma::internal
