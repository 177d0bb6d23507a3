#include "lib/engine/verdict_memo.h"

#include <algorithm>
#include <string_view>

#include "lib/base/hash.h"

namespace hypersigma::internal {

std::size_t VerdictMemo::SlotOf(std::uint64_t route,
                                std::span<const std::uint32_t> facts) {
  const std::string_view bytes(reinterpret_cast<const char*>(facts.data()),
                               facts.size_bytes());
  return HashBytes(bytes, route) % kSlots;
}

std::optional<std::span<const std::uint32_t>> VerdictMemo::Find(
    std::uint64_t route, std::span<const std::uint32_t> facts) const {
  if (facts.size() > kMaxEntries) return std::nullopt;
  const Slot& slot = slots_[SlotOf(route, facts)];
  if (slot.fact_count != facts.size() || slot.route != route ||
      !std::equal(facts.begin(), facts.end(), slot.entries.begin())) {
    return std::nullopt;
  }
  return std::span(slot.entries).subspan(slot.fact_count, slot.field_count);
}

void VerdictMemo::Store(std::uint64_t route,
                        std::span<const std::uint32_t> facts,
                        std::span<const std::uint32_t> fields) {
  if (facts.size() + fields.size() > kMaxEntries) return;
  Slot& slot = slots_[SlotOf(route, facts)];
  slot.route = route;
  slot.fact_count = static_cast<std::uint16_t>(facts.size());
  slot.field_count = static_cast<std::uint16_t>(fields.size());
  const auto end = std::copy(facts.begin(), facts.end(), slot.entries.begin());
  std::copy(fields.begin(), fields.end(), end);
}

void VerdictMemo::Clear() {
  for (Slot& slot : slots_) slot.fact_count = kEmpty;
}

}  // namespace hypersigma::internal
