#include "lib/engine/value_cache.h"

#include <algorithm>
#include <cstring>

#include "lib/base/hash.h"

namespace hypersigma::internal {

namespace {

// A raw text is not what it stands for.
std::uint8_t KindOf(const EventValue& value) {
  return static_cast<std::uint8_t>(static_cast<int>(value.kind) << 1 |
                                   (value.is_raw ? 1 : 0));
}

// A division would take longer than all else.
template <typename AnySlots>
auto& SlotOf(AnySlots& slots, std::uint64_t hash) {
  return slots[(hash >> 32) * slots.size() >> 32];
}

std::size_t FiredBegin(std::size_t text_bytes) {
  constexpr std::size_t kAlign = alignof(std::uint32_t);
  return (text_bytes + kAlign - 1) / kAlign * kAlign;
}

}  // namespace

ValueCache::ValueCache(std::size_t field_count, std::size_t bytes)
    : short_slots_(kShortPerLong * (bytes / kGroupBytes)),
      long_slots_(bytes / kGroupBytes),
      trials_(field_count) {}

bool ValueCache::FindKey(FieldId field, const EventValue& value, Key& key) {
  if (!value.has_text() || value.text.size() > kMaxText ||
      long_slots_.empty()) {
    return false;
  }
  const auto position = static_cast<std::uint32_t>(field);
  Trial& trial = trials_[position];
  if (trial.resting > 0) {
    --trial.resting;
    return false;
  }
  if (++trial.looked_up == kTrial) {
    const bool pays = trial.hits >= kTrial / 4;
    trial = {.resting = pays ? 0 : kRest};
  }
  // Member by member: a copy of the whole would wait for its parts.
  key.text = value.text;
  key.hash = HashBytes(value.text, position);
  key.field = position;
  key.kind = KindOf(value);
  return true;
}

void ValueCache::Prefetch(const Key& key) const {
  const void* const slot =
      key.text.size() <= kMaxShortText
          ? static_cast<const void*>(&SlotOf(short_slots_, key.hash))
          : &SlotOf(long_slots_, key.hash);
  __builtin_prefetch(slot);
}

template <typename AnySlot>
std::optional<std::span<const std::uint32_t>> ValueCache::FindIn(
    const AnySlot& slot, const Key& key) {
  if (slot.hash != key.hash || slot.field != key.field ||
      slot.kind != key.kind ||
      std::string_view(slot.data.data(), slot.text_bytes) != key.text) {
    return std::nullopt;
  }
  ++trials_[slot.field].hits;
  return std::span(reinterpret_cast<const std::uint32_t*>(
                       slot.data.data() + FiredBegin(slot.text_bytes)),
                   slot.fired_count);
}

std::optional<std::span<const std::uint32_t>> ValueCache::Find(const Key& key) {
  return key.text.size() <= kMaxShortText
             ? FindIn(SlotOf(short_slots_, key.hash), key)
             : FindIn(SlotOf(long_slots_, key.hash), key);
}

template <typename AnySlot>
void ValueCache::StoreIn(AnySlot& slot, const Key& key,
                         std::span<const std::uint32_t> fired) {
  const std::size_t begin = FiredBegin(key.text.size());
  if (begin + fired.size_bytes() > slot.data.size()) return;
  slot.hash = key.hash;
  slot.field = key.field;
  slot.kind = key.kind;
  slot.text_bytes = static_cast<std::uint16_t>(key.text.size());
  slot.fired_count = static_cast<std::uint8_t>(fired.size());
  std::copy(key.text.begin(), key.text.end(), slot.data.begin());
  if (fired.empty()) return;
  std::memcpy(slot.data.data() + begin, fired.data(), fired.size_bytes());
}

void ValueCache::Store(const Key& key, std::span<const std::uint32_t> fired) {
  if (fired.size() > 0xFF) return;
  if (key.text.size() <= kMaxShortText) {
    StoreIn(SlotOf(short_slots_, key.hash), key, fired);
  } else {
    StoreIn(SlotOf(long_slots_, key.hash), key, fired);
  }
}

}  // namespace hypersigma::internal
