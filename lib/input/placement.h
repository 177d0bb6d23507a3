// What layouts make of a plain value of one member, found once for all events
// that have it.

#ifndef HYPERSIGMA_LIB_INPUT_PLACEMENT_H_
#define HYPERSIGMA_LIB_INPUT_PLACEMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hypersigma/event.h"
#include "lib/input/layout_paths.h"

namespace hypersigma::internal {

// A list of fixed size; what is more than that is not kept.
template <typename Entry, std::size_t kMost>
class ShortList {
 public:
  // Returns false when there is no room.
  bool Add(const Entry& entry) {
    if (count_ == kMost) return false;
    entries_[count_++] = entry;
    return true;
  }
  bool empty() const { return count_ == 0; }
  std::span<const Entry> all() const { return {entries_.data(), count_}; }

 private:
  std::array<Entry, kMost> entries_{};
  std::uint8_t count_ = 0;
};

struct Placement {
  // That the member's path has, whatever the layout.
  FieldId field = kUnnamedField;
  // The markers that the event thereby has.
  ShortList<std::uint32_t, 2> markers;
  ShortList<LayoutTarget, 4> targets;

  // Whether no layout says anything of the member.
  bool is_empty() const { return markers.empty() && targets.empty(); }
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_PLACEMENT_H_
