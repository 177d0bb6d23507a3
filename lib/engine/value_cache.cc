#include "lib/engine/value_cache.h"

#include <algorithm>

#include "lib/base/hash.h"

namespace hypersigma::internal {

namespace {

// A raw text is not what it stands for.
std::uint8_t KindOf(const EventValue& value) {
  return static_cast<std::uint8_t>(static_cast<int>(value.kind) << 1 |
                                   (value.is_raw ? 1 : 0));
}

}  // namespace

ValueCache::ValueCache(std::size_t field_count, std::size_t bytes)
    : short_slots_(kShortPerLong * (bytes / kGroupBytes)),
      long_slots_(bytes / kGroupBytes),
      trials_(field_count) {}

std::optional<ValueCache::Key> ValueCache::KeyOf(const EventValue& value) {
  if (!value.has_text() || value.text.size() > LongSlot::kMaxTextBytes ||
      long_slots_.empty()) {
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
  return Key{HashBytes(value.text, field)};
}

template <typename AnySlot>
std::optional<std::span<const std::uint32_t>> ValueCache::FindIn(
    std::vector<AnySlot>& slots, Key key, const EventValue& value) {
  const AnySlot& slot = slots[key.hash % slots.size()];
  if (slot.hash != key.hash ||
      slot.field != static_cast<std::uint32_t>(value.field) ||
      slot.kind != KindOf(value) ||
      std::string_view(slot.text.data(), slot.text_bytes) != value.text) {
    return std::nullopt;
  }
  ++trials_[slot.field].hits;
  return std::span(slot.fired).first(slot.fired_count);
}

std::optional<std::span<const std::uint32_t>> ValueCache::Find(
    Key key, const EventValue& value) {
  return value.text.size() <= ShortSlot::kMaxTextBytes
             ? FindIn(short_slots_, key, value)
             : FindIn(long_slots_, key, value);
}

template <typename AnySlot>
void ValueCache::StoreIn(std::vector<AnySlot>& slots, Key key,
                         const EventValue& value,
                         std::span<const std::uint32_t> fired) {
  AnySlot& slot = slots[key.hash % slots.size()];
  slot.hash = key.hash;
  slot.field = static_cast<std::uint32_t>(value.field);
  slot.kind = KindOf(value);
  slot.text_bytes = static_cast<std::uint16_t>(value.text.size());
  slot.fired_count = static_cast<std::uint8_t>(fired.size());
  std::copy(fired.begin(), fired.end(), slot.fired.begin());
  std::copy(value.text.begin(), value.text.end(), slot.text.begin());
}

void ValueCache::Store(Key key, const EventValue& value,
                       std::span<const std::uint32_t> fired) {
  if (fired.size() > kMaxFired) return;
  if (value.text.size() <= ShortSlot::kMaxTextBytes) {
    StoreIn(short_slots_, key, value, fired);
  } else {
    StoreIn(long_slots_, key, value, fired);
  }
}

}  // namespace hypersigma::internal
