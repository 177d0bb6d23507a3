#include "lib/engine/value_cache.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace hypersigma::internal {

ValueCache::ValueCache(std::size_t field_count)
    : slots_(kSlotCount), trials_(field_count) {}

std::optional<ValueCache::Key> ValueCache::KeyOf(const EventValue& value) {
  if (!value.has_text() || value.text.size() > kMaxTextBytes) {
    return std::nullopt;
  }
  const auto field = static_cast<std::uint32_t>(value.field);
  Trial& trial = trials_[field];
  if (trial.resting > 0) {
    --trial.resting;
    return std::nullopt;
  }
  if (++trial.looked_up == kTrial) {
    const bool pays = trial.hits >= kTrial / 4;
    trial = {.resting = pays ? 0 : kRest};
  }
  return Key{absl::HashOf(field, value.text)};
}

std::optional<std::span<const std::uint32_t>> ValueCache::Find(
    Key key, const EventValue& value) {
  const Slot& slot = slots_[key.hash % kSlotCount];
  if (slot.hash != key.hash ||
      slot.field != static_cast<std::uint32_t>(value.field) ||
      slot.kind != static_cast<std::uint8_t>(value.kind) ||
      std::string_view(slot.text.data(), slot.text_bytes) != value.text) {
    return std::nullopt;
  }
  ++trials_[slot.field].hits;
  return std::span(slot.fired).first(slot.fired_count);
}

void ValueCache::Store(Key key, const EventValue& value,
                       std::span<const std::uint32_t> fired) {
  if (fired.size() > kMaxFired) return;
  Slot& slot = slots_[key.hash % kSlotCount];
  slot.hash = key.hash;
  slot.field = static_cast<std::uint32_t>(value.field);
  slot.kind = static_cast<std::uint8_t>(value.kind);
  slot.text_bytes = static_cast<std::uint8_t>(value.text.size());
  slot.fired_count = static_cast<std::uint8_t>(fired.size());
  std::copy(fired.begin(), fired.end(), slot.fired.begin());
  std::copy(value.text.begin(), value.text.end(), slot.text.begin());
}

}  // namespace hypersigma::internal
