// A quick look for literals in a text: fragments of two or three bytes of which
// every literal has one. Most texts have none of them, and are told from the
// others several times faster than by libhs.

#ifndef HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_
#define HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {

// Bytes that stand next to one another, the bit 0x20 of each set: the case of
// letters is open, and a few other bytes are taken for one another.
struct Fragment {
  std::array<char, 3> bytes{};
  std::uint8_t size = 0;

  friend auto operator<=>(const Fragment&, const Fragment&) = default;
};

// Immutable.
class FragmentFilter {
 public:
  // Bytes behind a text that may be read.
  static constexpr std::size_t kSlack = 64;

  // Chooses fragments that are rare in logs. Without some few that every
  // literal has one of, or without a CPU for it, there is no filter. Cost:
  // linear in the literals' lengths, for each fragment.
  static FragmentFilter For(std::span<const Literal> literals);

  // Returns false when no literal occurs in `text`; true when there is no
  // filter. REQUIRES: kSlack readable bytes behind the text. Cost: 32 or 64
  // bytes a step.
  bool MayHold(std::string_view text) const {
    return look_ == nullptr || look_(*this, text);
  }

  // The same without bytes to read behind the text.
  bool MayHoldUnpadded(std::string_view text) const;

  bool is_active() const { return look_ != nullptr; }
  std::span<const Fragment> fragments() const { return fragments_; }

 private:
  friend struct FragmentLooks;
  using Look = bool (*)(const FragmentFilter& filter, std::string_view text);

  void MakeTables();
  static Look LookFor(std::size_t fragment_count);

  std::vector<Fragment> fragments_;
  // For each position in a fragment and the lower seven bits of a byte, a bit
  // for each fragment that may have that byte there.
  std::array<std::array<std::uint8_t, 128>, 3> tables_{};
  Look look_ = nullptr;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_
