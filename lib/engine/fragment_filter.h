// A quick look for literals in a text: fragments of two or three bytes of which
// every literal has one. Most texts have none of them, and are told from the
// others several times faster than by libhs.

#ifndef HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_
#define HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lib/engine/fragment_choice.h"
#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {

// Immutable.
class FragmentFilter {
 public:
  // Bytes behind a text that may be read.
  static constexpr std::size_t kSlack = 64;

  // Without some few fragments that every literal has one of, or without a CPU
  // for it, there is no filter. Cost: that of ChooseFragments().
  static FragmentFilter For(std::span<const Literal> literals);

  // Returns false when no literal occurs in `text`; true when there is no
  // filter. REQUIRES: kSlack readable bytes behind the text. Cost: 32 or 64
  // bytes a step.
  bool MayHold(std::string_view text) const {
    return look_ == nullptr || look_(*this, text);
  }

  // What a look at a part of a text has found.
  struct Place {
    // Where the group of kGroup bytes begins in which a fragment may begin, or
    // npos: none does.
    std::size_t group = std::string_view::npos;
    // Some byte that was looked at, up to the group's end, is not ASCII.
    bool beyond_ascii = false;
  };
  static constexpr std::size_t kGroup = 256;

  // Returns the first place from `begin` on, without bytes to read behind the
  // text. A literal has one of its fragments in a group that this, or this from
  // the end of a group on, returns. REQUIRES: is_active(); `begin` is at most
  // the size. Cost: as for MayHold(), once for each byte.
  Place FindUnpadded(std::string_view text, std::size_t begin) const {
    return find_(*this, text, begin);
  }

  // Of the longest literal.
  std::size_t longest_bytes() const { return longest_bytes_; }

  bool is_active() const { return look_ != nullptr; }

  // For each position in a fragment and the lower six bits of a byte, a bit for
  // each set of fragments of which one may have that byte there. A letter has
  // the bits of a digit or of punctuation, which are seldom next to letters.
  using Tables = std::array<std::array<std::uint8_t, 64>, 3>;
  const Tables& tables() const { return tables_; }
  std::span<const Fragment> fragments() const { return fragments_; }

 private:
  friend struct FragmentLooks;
  using Look = bool (*)(const FragmentFilter& filter, std::string_view text);
  using Find = Place (*)(const FragmentFilter& filter, std::string_view text,
                         std::size_t begin);

  void MakeTables();
  // Takes the ways to look of this CPU, if it has any.
  void ChooseLooks();

  std::vector<Fragment> fragments_;
  Tables tables_{};
  std::size_t longest_bytes_ = 0;
  Look look_ = nullptr;
  Find find_ = nullptr;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FRAGMENT_FILTER_H_
