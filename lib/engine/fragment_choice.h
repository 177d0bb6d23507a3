// Which fragments of literals to look for: few of which every literal has one,
// and such as logs seldom have.

#ifndef HYPERSIGMA_LIB_ENGINE_FRAGMENT_CHOICE_H_
#define HYPERSIGMA_LIB_ENGINE_FRAGMENT_CHOICE_H_

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
  static constexpr char kFold = 0x20;

  std::array<char, 3> bytes{};
  std::uint8_t size = 0;  // 2 or 3

  friend auto operator<=>(const Fragment&, const Fragment&) = default;
};

// Returns fragments of which every literal has one, or none when more than
// `most` would be needed. Cost: linear in the literals' lengths, for each
// fragment.
std::vector<Fragment> ChooseFragments(std::span<const Literal> literals,
                                      std::size_t most);

// Returns where those `size` bytes of `literal` begin that have the fragment of
// three bytes which logs have most seldom, or 0 if it has no more bytes. Cost:
// linear.
std::size_t FindRarestPiece(std::string_view literal, std::size_t size);

// Divides fragments into `set_count` sets, for a look that cannot tell those of
// a set apart: it sees one wherever each byte is that of some fragment of the
// set in its position. Sets are such that this is seldom. Returns the set of
// each fragment. Cost: linear in both numbers.
std::vector<std::size_t> ShareSets(std::span<const Fragment> fragments,
                                   std::size_t set_count);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FRAGMENT_CHOICE_H_
