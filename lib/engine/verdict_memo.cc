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

std::optional<VerdictMemo::Known> VerdictMemo::Find(
    std::uint64_t route, std::span<const std::uint32_t> facts) const {
  if (facts.size() > kMaxEntries) return std::nullopt;
  const std::size_t position = SlotOf(route, facts);
  const Slot& slot = slots_[position];
  if (slot.fact_count != facts.size() || slot.route != route ||
      !std::equal(facts.begin(), facts.end(), slot.entries.begin())) {
    return std::nullopt;
  }
  return Known{
      std::span(slot.entries).subspan(slot.fact_count, slot.list_count),
      {position, slot.serial}};
}

std::uint32_t* VerdictMemo::Take(std::uint64_t route,
                                 std::span<const std::uint32_t> facts,
                                 std::size_t list_count, const Id& id) {
  if (facts.size() + list_count > kMaxEntries) return nullptr;
  Slot& slot = slots_[id.slot];
  slot.route = route;
  slot.serial = id.serial;
  slot.fact_count = static_cast<std::uint16_t>(facts.size());
  slot.list_count = static_cast<std::uint8_t>(list_count);
  return std::copy(facts.begin(), facts.end(), slot.entries.begin());
}

void VerdictMemo::StoreAsked(std::uint64_t route,
                             std::span<const std::uint32_t> facts,
                             std::span<const std::uint32_t> asked) {
  std::uint32_t* const list =
      Take(route, facts, asked.size(), {SlotOf(route, facts), 0});
  if (list != nullptr) std::copy(asked.begin(), asked.end(), list);
}

VerdictMemo::Id VerdictMemo::StoreVerdict(std::uint64_t route,
                                          std::span<const std::uint32_t> facts,
                                          std::span<const RuleId> rules) {
  const Id id = {SlotOf(route, facts), last_serial_ + 1};
  std::uint32_t* const list = Take(route, facts, rules.size(), id);
  if (list == nullptr) return {};
  last_serial_ = id.serial;
  std::transform(rules.begin(), rules.end(), list,
                 [](RuleId rule) { return static_cast<std::uint32_t>(rule); });
  return id;
}

void VerdictMemo::Clear() {
  for (Slot& slot : slots_) slot.fact_count = kEmpty;
}

}  // namespace hypersigma::internal
