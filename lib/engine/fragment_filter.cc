#include "lib/engine/fragment_filter.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "lib/base/text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxFragments = 4;
// More than this, and libhs is needed more often than the filter is worth.
constexpr std::size_t kMaxLiterals = 256;
constexpr char kFold = 0x20;

// How often a byte is seen in log texts, roughly: what matters is that some are
// ten times as frequent as others.
double FrequencyOf(char byte) {
  // Hexadecimal numbers are everywhere, and so are paths.
  constexpr std::string_view kVeryFrequent = " \\\"|";
  constexpr std::string_view kFrequent = "eitsonrabcdf0123456789";
  constexpr std::string_view kRare = "kvxjqzwy:;_#@!%";
  const auto is_in = [byte](std::string_view bytes) {
    return bytes.find(byte) != std::string_view::npos;
  };
  if (is_in(kVeryFrequent)) return 0.1;
  if (is_in(kFrequent)) return 0.05;
  return is_in(kRare) ? 0.005 : 0.02;
}

double FrequencyOf(const Fragment& fragment) {
  double frequency = 1;
  for (std::size_t i = 0; i < fragment.size; ++i) {
    frequency *= FrequencyOf(fragment.bytes[i]);
  }
  return frequency;
}

// Fragments, each with the positions of the literals that have it.
using Occurrences = std::map<Fragment, std::vector<std::size_t>>;

Occurrences FindFragments(std::span<const Literal> literals) {
  Occurrences occurrences;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const std::string& bytes = literals[i].bytes;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      Fragment fragment;
      for (std::size_t n = at; n < std::min(at + 3, bytes.size()); ++n) {
        fragment.bytes[fragment.size++] = static_cast<char>(bytes[n] | kFold);
        if (fragment.size < 2) continue;
        std::vector<std::size_t>& having = occurrences[fragment];
        if (having.empty() || having.back() != i) having.push_back(i);
      }
    }
  }
  return occurrences;
}

// The fragment that tells most literals for how often it is seen. One that is
// hardly ever seen is no better than one that is seen once in twenty events.
std::optional<Fragment> Best(const Occurrences& occurrences,
                             const std::vector<char>& is_covered) {
  constexpr double kRareEnough = 2e-5;
  std::optional<Fragment> best;
  double best_worth = 0;
  for (const auto& [fragment, having] : occurrences) {
    const auto news = std::count_if(
        having.begin(), having.end(),
        [&is_covered](std::size_t i) { return is_covered[i] == 0; });
    const double worth =
        static_cast<double>(news) / (FrequencyOf(fragment) + kRareEnough);
    if (worth <= best_worth) continue;
    best = fragment;
    best_worth = worth;
  }
  return best;
}

}  // namespace

#if defined(__x86_64__)

// The ways to look.
struct FragmentLooks {
  template <std::size_t kCount>
  __attribute__((target("avx2"))) static bool Avx2(const FragmentFilter& filter,
                                                   std::string_view text) {
    const std::vector<Fragment>& fragments = filter.fragments_;
    constexpr std::size_t kStep = sizeof(__m256i);
    static_assert(kStep + 2 <= FragmentFilter::kSlack);
    __m256i bytes[kCount][3];
    for (std::size_t i = 0; i < kCount; ++i) {
      for (std::size_t n = 0; n < 3; ++n) {
        bytes[i][n] = _mm256_set1_epi8(fragments[i].bytes[n]);
      }
    }
    const __m256i fold = _mm256_set1_epi8(kFold);
    __m256i found = _mm256_setzero_si256();
    for (std::size_t at = 0; at < text.size(); at += kStep) {
      const auto* const in =
          reinterpret_cast<const __m256i_u*>(text.data() + at);
      const auto* const next =
          reinterpret_cast<const __m256i_u*>(text.data() + at + 1);
      const auto* const last =
          reinterpret_cast<const __m256i_u*>(text.data() + at + 2);
      const __m256i a = _mm256_or_si256(_mm256_loadu_si256(in), fold);
      const __m256i b = _mm256_or_si256(_mm256_loadu_si256(next), fold);
      const __m256i c = _mm256_or_si256(_mm256_loadu_si256(last), fold);
      for (std::size_t i = 0; i < kCount; ++i) {
        __m256i is = _mm256_and_si256(_mm256_cmpeq_epi8(a, bytes[i][0]),
                                      _mm256_cmpeq_epi8(b, bytes[i][1]));
        if (fragments[i].size > 2) {
          is = _mm256_and_si256(is, _mm256_cmpeq_epi8(c, bytes[i][2]));
        }
        found = _mm256_or_si256(found, is);
      }
    }
    return _mm256_testz_si256(found, found) == 0;
  }

  __attribute__((target("avx512bw,avx512vbmi"))) static bool Avx512(
      const FragmentFilter& filter, std::string_view text) {
    constexpr std::size_t kStep = sizeof(__m512i);
    if (text.size() < kStep) return true;
    __m512i low[3];
    __m512i high[3];
    for (std::size_t n = 0; n < 3; ++n) {
      low[n] = _mm512_loadu_si512(filter.tables_[n].data());
      high[n] = _mm512_loadu_si512(filter.tables_[n].data() + kStep);
    }
    __m512i found = _mm512_setzero_si512();
    for (std::size_t begin = 0; begin < text.size(); begin += kStep) {
      const char* const in = text.data() + std::min(begin, text.size() - kStep);
      const __m512i first =
          _mm512_permutex2var_epi8(low[0], _mm512_loadu_si512(in), high[0]);
      const __m512i second =
          _mm512_permutex2var_epi8(low[1], _mm512_loadu_si512(in + 1), high[1]);
      const __m512i third =
          _mm512_permutex2var_epi8(low[2], _mm512_loadu_si512(in + 2), high[2]);
      // All three, then any of the steps.
      found = _mm512_or_si512(
          found, _mm512_ternarylogic_epi64(first, second, third, 0x80));
    }
    return _mm512_test_epi8_mask(found, found) != 0;
  }
};

#endif

FragmentFilter::Look FragmentFilter::LookFor(std::size_t fragment_count) {
#if defined(__x86_64__)
  constexpr std::array<Look, kMaxFragments> kAvx2 = {
      &FragmentLooks::Avx2<1>, &FragmentLooks::Avx2<2>, &FragmentLooks::Avx2<3>,
      &FragmentLooks::Avx2<4>};
  if (fragment_count == 0) return nullptr;
  if (__builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512vbmi") != 0) {
    return &FragmentLooks::Avx512;
  }
  if (__builtin_cpu_supports("avx2") != 0) return kAvx2[fragment_count - 1];
#else
  static_cast<void>(fragment_count);
#endif
  return nullptr;
}

void FragmentFilter::MakeTables() {
  static_assert(kMaxFragments <= 8);
  for (std::size_t i = 0; i < fragments_.size(); ++i) {
    const Fragment& fragment = fragments_[i];
    for (std::size_t n = 0; n < tables_.size(); ++n) {
      for (std::size_t byte = 0; byte < tables_[n].size(); ++byte) {
        const std::size_t wanted = fragment.bytes[n] & 0x7F;
        if (n >= fragment.size || (byte | kFold) == wanted) {
          tables_[n][byte] |= static_cast<std::uint8_t>(1u << i);
        }
      }
    }
  }
}

// What is behind the head is its own last bytes; those are looked at in a copy.
bool FragmentFilter::MayHoldUnpadded(std::string_view text) const {
  if (look_ == nullptr || text.size() < 2 * kSlack) return true;
  const std::string_view head = text.substr(0, text.size() - kSlack);
  if (look_(*this, head)) return true;
  std::array<char, 2 * kSlack> tail{};
  std::copy(head.end(), text.end(), tail.begin());
  return look_(*this, {tail.data(), kSlack});
}

FragmentFilter FragmentFilter::For(std::span<const Literal> literals) {
  FragmentFilter filter;
  if (literals.size() > kMaxLiterals) return filter;
  const Occurrences occurrences = FindFragments(literals);
  std::vector<char> is_covered(literals.size());
  std::vector<Fragment> fragments;
  while (std::count(is_covered.begin(), is_covered.end(), 0) > 0) {
    const std::optional<Fragment> best = Best(occurrences, is_covered);
    if (!best.has_value() || fragments.size() == kMaxFragments) return filter;
    fragments.push_back(*best);
    for (const std::size_t i : occurrences.at(*best)) is_covered[i] = 1;
  }
  filter.fragments_ = std::move(fragments);
  filter.MakeTables();
  filter.look_ = LookFor(filter.fragments_.size());
  return filter;
}

}  // namespace hypersigma::internal
