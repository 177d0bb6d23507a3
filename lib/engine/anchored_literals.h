// Literals such as `MD5=0123...`, thousands of them, sought by the byte that
// all of them have. libhs tells them apart by a few bytes only, and hexadecimal
// digits are too much alike for that; a hash of eight bytes is not.
// Source: docs/design/0010-hashes-by-hash.md.

#ifndef HYPERSIGMA_LIB_ENGINE_ANCHORED_LITERALS_H_
#define HYPERSIGMA_LIB_ENGINE_ANCHORED_LITERALS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/compile/plan.h"
#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {

// Immutable. Borrows the patterns.
class AnchoredLiterals {
 public:
  // None at all.
  AnchoredLiterals() = default;

  // Chooses the anchor and takes the literals of those of `patterns` that it
  // serves, if they are enough to be worth it. Cost: linear in their bytes.
  explicit AnchoredLiterals(std::span<const Pattern* const> patterns);

  // Whether it seeks the pattern at `position`; all others are left.
  bool Takes(std::size_t position) const {
    return position < is_taken_.size() && is_taken_[position] != 0;
  }
  bool is_empty() const { return is_taken_.empty(); }

  // Reports every match in `text` by the pattern's position and the offset
  // behind it, as LiteralDatabase::Scan() does, in order of anchors. Cost: one
  // pass for the anchor, and one look-up for each.
  void Find(std::string_view text, LiteralDatabase::Callback callback,
            void* context) const;

 private:
  struct Entry {
    const Pattern* pattern = nullptr;
    std::uint32_t position = 0;
    std::uint32_t before = 0;  // bytes before the anchor
  };

  static bool IsAt(const Entry& entry, std::string_view text,
                   std::size_t anchor);

  char anchor_ = '\0';
  std::vector<char> is_taken_;  // by position; empty: none
  // From the eight bytes behind the anchor, folded, to entries_.
  absl::flat_hash_map<std::uint64_t, std::vector<Entry>> entries_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ANCHORED_LITERALS_H_
