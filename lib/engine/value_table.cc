#include "lib/engine/value_table.h"

#include <algorithm>
#include <array>
#include <cstring>
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

std::uint64_t HashLong(std::string_view text) {
  constexpr std::size_t kLanes = 4;
  constexpr std::size_t kStep = 16 * kLanes;
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  constexpr std::uint64_t kOther = 0xD1B54A32D192ED03u;
  const auto load = [](const char* from) {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
  };
  std::array<std::uint64_t, kLanes> lanes = {text.size(), 1, 2, 3};
  const auto take = [&lanes, &load](const char* from) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      lanes[i] = MixHash(load(from + 16 * i) ^ kOdd ^ lanes[i],
                         load(from + 16 * i + 8) ^ kOther);
    }
  };
  const char* const last = text.data() + text.size() - kStep;
  for (const char* at = text.data(); at < last; at += kStep) take(at);
  take(last);
  return MixHash(MixHash(lanes[0] ^ kOdd, lanes[1] ^ kOther) ^ lanes[2],
                 lanes[3] ^ kOdd);
}

}  // namespace hypersigma::internal
