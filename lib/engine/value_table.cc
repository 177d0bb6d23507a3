#include "lib/engine/value_table.h"

#include <algorithm>
#include <utility>

namespace hypersigma::internal {

void ValueTable::Store(const Place& place, ClassId value_class) {
  if (used_ * 2 >= slots_.size() && slots_.size() < kMostSlots) Grow();
  Slot& slot = slots_[Index(place.hash)];
  if (slot.value_class == kUnknown) ++used_;
  slot = {place.hash, place.text, value_class};
}

void ValueTable::Grow() {
  const std::vector<Slot> old = std::exchange(
      slots_, std::vector<Slot>(std::max(kFewestSlots, slots_.size() * 4)));
  used_ = 0;
  for (const Slot& slot : old) {
    if (slot.value_class == kUnknown) continue;
    Slot& moved = slots_[Index(slot.hash)];
    if (moved.value_class == kUnknown) ++used_;
    moved = slot;
  }
}

TableValue TableValueOf(const ArrowColumn& column, std::size_t row) {
  switch (column.type.kind) {
    case ArrowKind::kText:
    case ArrowKind::kTextView:
      return {column.Text(row), 0};
    case ArrowKind::kBool:
      return {{}, column.Bool(row) ? std::uint64_t{1} : 0};
    case ArrowKind::kSigned:
    case ArrowKind::kUnsigned:
    case ArrowKind::kFloat:
    case ArrowKind::kNull:
    case ArrowKind::kList:
      break;
  }
  return {{}, column.NumberBits(row)};
}

}  // namespace hypersigma::internal
