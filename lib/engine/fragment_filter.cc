#include "lib/engine/fragment_filter.h"

#include <algorithm>
#include <utility>

#include "lib/engine/fragment_tables_x86.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hypersigma::internal {
namespace {

// As many as a byte of the tables has bits.
constexpr std::size_t kSets = 8;
// Three to a set.
constexpr std::size_t kMaxFragments = 3 * kSets;
// More than this, and libhs is needed more often than the filter is worth.
constexpr std::size_t kMaxLiterals = 512;

}  // namespace

#if defined(__x86_64__)

// The ways to look. The text is fetched from memory before the CPU, which
// stops at the ends of pages, would do so.
struct FragmentLooks {
  using Place = FragmentFilter::Place;
  static constexpr std::size_t kAhead = std::size_t{4} << 10;
  static constexpr std::size_t kGroup = FragmentFilter::kGroup;

  template <std::size_t kCount>
  struct Avx2Bytes {
    __m256i bytes[kCount][3];
    bool is_long[kCount];
  };

  template <std::size_t kCount>
  __attribute__((target("avx2"))) static Avx2Bytes<kCount> LoadAvx2(
      const std::vector<Fragment>& fragments) {
    Avx2Bytes<kCount> loaded;
    for (std::size_t i = 0; i < kCount; ++i) {
      for (std::size_t n = 0; n < 3; ++n) {
        loaded.bytes[i][n] = _mm256_set1_epi8(fragments[i].bytes[n]);
      }
      loaded.is_long[i] = fragments[i].size > 2;
    }
    return loaded;
  }

  __attribute__((target("avx2"), always_inline)) static inline __m256i LoadAvx2(
      const char* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(from));
  }

  // Returns a vector with bits where fragments begin in the 32 bytes at `in`.
  template <std::size_t kCount>
  __attribute__((target("avx2"), always_inline)) static inline __m256i StepAvx2(
      const Avx2Bytes<kCount>& fragments, const char* in) {
    const __m256i fold = _mm256_set1_epi8(Fragment::kFold);
    const __m256i a = _mm256_or_si256(LoadAvx2(in), fold);
    const __m256i b = _mm256_or_si256(LoadAvx2(in + 1), fold);
    const __m256i c = _mm256_or_si256(LoadAvx2(in + 2), fold);
    __m256i found = _mm256_setzero_si256();
    for (std::size_t i = 0; i < kCount; ++i) {
      const auto& bytes = fragments.bytes[i];
      __m256i is = _mm256_and_si256(_mm256_cmpeq_epi8(a, bytes[0]),
                                    _mm256_cmpeq_epi8(b, bytes[1]));
      if (fragments.is_long[i]) {
        is = _mm256_and_si256(is, _mm256_cmpeq_epi8(c, bytes[2]));
      }
      found = _mm256_or_si256(found, is);
    }
    return found;
  }

  template <std::size_t kCount>
  __attribute__((target("avx2"))) static bool Avx2(const FragmentFilter& filter,
                                                   std::string_view text) {
    constexpr std::size_t kStep = sizeof(__m256i);
    static_assert(kStep + 2 <= FragmentFilter::kSlack);
    const Avx2Bytes<kCount> fragments = LoadAvx2<kCount>(filter.fragments_);
    __m256i found = _mm256_setzero_si256();
    for (std::size_t at = 0; at < text.size(); at += kStep) {
      found =
          _mm256_or_si256(found, StepAvx2<kCount>(fragments, text.data() + at));
    }
    return _mm256_testz_si256(found, found) == 0;
  }

  // Looks at the groups from `begin` that end two bytes before the text does,
  // and moves `begin` behind them or to the one where something was found.
  template <std::size_t kCount>
  __attribute__((target("avx2"))) static bool GroupsAvx2(
      const FragmentFilter& filter, std::string_view text, std::size_t& begin,
      bool& beyond_ascii) {
    const Avx2Bytes<kCount> fragments = LoadAvx2<kCount>(filter.fragments_);
    __m256i all = _mm256_setzero_si256();
    bool is_found = false;
    for (; !is_found && begin + kGroup + 2 <= text.size(); begin += kGroup) {
      const char* const in = text.data() + begin;
      __m256i found = _mm256_setzero_si256();
      for (std::size_t at = 0; at < kGroup; at += sizeof(__m256i)) {
        if (at % 64 == 0) __builtin_prefetch(in + kAhead + at);
        all = _mm256_or_si256(all, LoadAvx2(in + at));
        found = _mm256_or_si256(found, StepAvx2<kCount>(fragments, in + at));
      }
      is_found = _mm256_testz_si256(found, found) == 0;
    }
    beyond_ascii = beyond_ascii || _mm256_movemask_epi8(all) != 0;
    if (is_found) begin -= kGroup;
    return is_found;
  }

  // Takes the way to look for kCount fragments, if there are that many. For
  // more it would take longer than libhs does.
  template <std::size_t kCount>
  static void TakeAvx2(FragmentFilter& filter) {
    if (filter.fragments_.size() != kCount) return;
    filter.look_ = &Avx2<kCount>;
    filter.find_ = &Find<&GroupsAvx2<kCount>, &RestCopied<&GroupsAvx2<kCount>>>;
  }

  // Returns bits where fragments begin in 64 bytes, of which the first are
  // given.
  __attribute__((target("avx512bw,avx512vbmi"),
                 always_inline)) static inline __m512i
  StepAvx512(const FragmentTablesAvx512& tables, const char* in,
             __m512i bytes) {
    return tables.LookUp(bytes, _mm512_loadu_si512(in + 1),
                         _mm512_loadu_si512(in + 2));
  }

  __attribute__((target("avx512bw,avx512vbmi"))) static bool Avx512(
      const FragmentFilter& filter, std::string_view text) {
    constexpr std::size_t kStep = sizeof(__m512i);
    if (text.size() < kStep) return true;
    const FragmentTablesAvx512 tables(filter.tables_);
    __m512i found = _mm512_setzero_si512();
    for (std::size_t begin = 0; begin < text.size(); begin += kStep) {
      const char* const in = text.data() + std::min(begin, text.size() - kStep);
      // All three, then any of the steps.
      found = _mm512_or_si512(found,
                              StepAvx512(tables, in, _mm512_loadu_si512(in)));
    }
    return _mm512_test_epi8_mask(found, found) != 0;
  }

  __attribute__((target("avx512bw,avx512vbmi"))) static bool GroupsAvx512(
      const FragmentFilter& filter, std::string_view text, std::size_t& begin,
      bool& beyond_ascii) {
    const FragmentTablesAvx512 tables(filter.tables_);
    __m512i all = _mm512_setzero_si512();
    bool is_found = false;
    for (; !is_found && begin + kGroup + 2 <= text.size(); begin += kGroup) {
      const char* const in = text.data() + begin;
      __m512i found = _mm512_setzero_si512();
      for (std::size_t at = 0; at < kGroup; at += sizeof(__m512i)) {
        __builtin_prefetch(in + kAhead + at);
        const __m512i bytes = _mm512_loadu_si512(in + at);
        all = _mm512_or_si512(all, bytes);
        found = _mm512_or_si512(found, StepAvx512(tables, in + at, bytes));
      }
      is_found = _mm512_test_epi8_mask(found, found) != 0;
    }
    beyond_ascii = beyond_ascii || _mm512_movepi8_mask(all) != 0;
    if (is_found) begin -= kGroup;
    return is_found;
  }

  // Looks at what is left behind the last whole group, up to two groups.
  // Returns as GroupsAvx512() does.
  __attribute__((target("avx512bw,avx512vbmi"))) static bool RestAvx512(
      const FragmentFilter& filter, std::string_view text, std::size_t& begin,
      bool& beyond_ascii) {
    const FragmentTablesAvx512 tables(filter.tables_);
    __m512i all = _mm512_setzero_si512();
    bool is_found = false;
    for (std::size_t at = begin; !is_found && at < text.size();
         at += sizeof(__m512i)) {
      const __m512i bytes = LoadPart(text, at);
      all = _mm512_or_si512(all, bytes);
      const __m512i found =
          tables.LookUp(bytes, LoadPart(text, at + 1), LoadPart(text, at + 2));
      is_found = _mm512_test_epi8_mask(found, found) != 0;
      if (is_found) begin = at;
    }
    beyond_ascii = beyond_ascii || _mm512_movepi8_mask(all) != 0;
    return is_found;
  }

  // The same in a copy, in which what is behind the text is no part of a
  // fragment.
  template <auto kGroups>
  static bool RestCopied(const FragmentFilter& filter, std::string_view text,
                         std::size_t& begin, bool& beyond_ascii) {
    std::array<char, kGroup + 2> rest;
    for (; begin < text.size(); begin += kGroup) {
      const std::size_t left = std::min(kGroup + 2, text.size() - begin);
      std::copy_n(text.data() + begin, left, rest.data());
      std::fill(rest.begin() + static_cast<std::ptrdiff_t>(left), rest.end(),
                '\0');
      std::size_t in_rest = 0;
      if (kGroups(filter, {rest.data(), rest.size()}, in_rest, beyond_ascii)) {
        return true;
      }
    }
    return false;
  }

  template <auto kGroups, auto kRest>
  static Place Find(const FragmentFilter& filter, std::string_view text,
                    std::size_t begin) {
    Place place;
    if (kGroups(filter, text, begin, place.beyond_ascii) ||
        kRest(filter, text, begin, place.beyond_ascii)) {
      place.group = begin;
    }
    return place;
  }
};

#endif

void FragmentFilter::ChooseLooks() {
#if defined(__x86_64__)
  using Looks = FragmentLooks;
  if (fragments_.empty()) return;
  if (HasFragmentTablesAvx512()) {
    look_ = &Looks::Avx512;
    find_ = &Looks::Find<&Looks::GroupsAvx512, &Looks::RestAvx512>;
  } else if (__builtin_cpu_supports("avx2") != 0) {
    [this]<std::size_t... kCounts>(std::index_sequence<kCounts...>) {
      (Looks::TakeAvx2<kCounts + 1>(*this), ...);
    }
    (std::make_index_sequence<kSets>());
  }
#endif
}

void FragmentFilter::MakeTables() {
  const std::vector<std::size_t> sets = ShareSets(fragments_, kSets);
  for (std::size_t i = 0; i < fragments_.size(); ++i) {
    const Fragment& fragment = fragments_[i];
    for (std::size_t n = 0; n < tables_.size(); ++n) {
      for (std::size_t bits = 0; bits < tables_[n].size(); ++bits) {
        const std::size_t wanted = fragment.bytes[n] & 0x3F;
        if (n >= fragment.size || (bits | Fragment::kFold) == wanted) {
          tables_[n][bits] |= static_cast<std::uint8_t>(1u << sets[i]);
        }
      }
    }
  }
}

FragmentFilter FragmentFilter::For(std::span<const Literal> literals) {
  FragmentFilter filter;
  if (literals.size() > kMaxLiterals) return filter;
  filter.fragments_ = ChooseFragments(literals, kMaxFragments);
  filter.MakeTables();
  for (const Literal& literal : literals) {
    filter.longest_bytes_ =
        std::max(filter.longest_bytes_, literal.bytes.size());
  }
  filter.ChooseLooks();
  return filter;
}

}  // namespace hypersigma::internal
