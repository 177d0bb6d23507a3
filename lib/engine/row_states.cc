#include "lib/engine/row_states.h"

#include <utility>

namespace hypersigma::internal {

StateId RowStates::Add(std::size_t at, std::uint64_t key) {
  const std::size_t next = count_ + 1;
  if (next >= kOwnState) return kOwnState;
  slots_[at] = {key, static_cast<StateId>(next)};
  ++count_;
  if (count_ * 2 > slots_.size()) Grow();
  return static_cast<StateId>(next);
}

void RowStates::Grow() {
  std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::size_t{2} * slots_.size()));
  for (const Slot& slot : old) {
    if (slot.next == 0) continue;
    std::size_t at = Place(slot.key);
    while (slots_[at].next != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

}  // namespace hypersigma::internal
