#include "lib/engine/verdict_memo.h"

#include <algorithm>
#include <string_view>

#include "lib/base/hash.h"

namespace hypersigma::internal {

bool VerdictMemo::IsSilent(std::uint64_t route,
                           std::span<const std::uint32_t> fired) {
  slot_ = nullptr;
  if (fired.size() > kMaxFired) return false;
  const std::string_view bytes(reinterpret_cast<const char*>(fired.data()),
                               fired.size_bytes());
  slot_ = &slots_[HashBytes(bytes, route) % kSlots];
  return slot_->fired_count == fired.size() && slot_->route == route &&
         std::equal(fired.begin(), fired.end(), slot_->fired.begin());
}

void VerdictMemo::Store(std::uint64_t route,
                        std::span<const std::uint32_t> fired) {
  if (slot_ == nullptr) return;
  slot_->route = route;
  slot_->fired_count = static_cast<std::uint32_t>(fired.size());
  std::copy(fired.begin(), fired.end(), slot_->fired.begin());
}

void VerdictMemo::Clear() {
  for (Slot& slot : slots_) slot.fired_count = kEmpty;
}

}  // namespace hypersigma::internal
