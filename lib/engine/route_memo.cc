#include "lib/engine/route_memo.h"

#include <algorithm>
#include <cstring>

#include "lib/base/hash.h"

namespace hypersigma::internal {
namespace {

// Says that two values are alike, but for their texts.
struct Head {
  FieldId field = kUnnamedField;
  std::uint16_t kind_and_size = 0;
  std::uint16_t unused = 0;
};

constexpr std::uint16_t kRaw = 1;
constexpr std::uint16_t kTooLong = 2;
constexpr int kKindShift = 2;
constexpr int kSizeShift = 5;

}  // namespace

RouteMemo::RouteMemo(std::span<const RoutingMember> members) : slots_(kSlots) {
  for (const RoutingMember& member : members) {
    const auto field = static_cast<std::size_t>(member.field);
    if (longest_.size() <= field) longest_.resize(field + 1);
    // As good as any length: there is room for far less.
    constexpr std::size_t kAny = std::size_t{1} << 31;
    longest_[field] = std::max(
        longest_[field],
        static_cast<std::uint32_t>(std::min(member.longest, kAny)) + 1);
  }
}

const Route* RouteMemo::Find(const EventValues& values) {
  key_.size = 0;
  slot_ = nullptr;
  for (const EventValue& value : values.all()) {
    const auto field = static_cast<std::size_t>(value.field);
    if (field >= longest_.size() || longest_[field] == 0) continue;
    if (!AppendValue(value, longest_[field] - 1)) return nullptr;
  }
  const std::string_view key = key_.text();
  slot_ = &slots_[HashBytes(key, 0) % kSlots];
  if (slot_->route == nullptr || slot_->key.text() != key) return nullptr;
  return slot_->route;
}

// Returns false when there is no room.
bool RouteMemo::AppendValue(const EventValue& value, std::size_t longest) {
  std::string_view text = value.has_text() ? value.text : std::string_view();
  std::uint16_t head = value.is_raw ? kRaw : 0;
  // An escape makes one byte of two.
  if (text.size() > longest * (value.is_raw ? 2 : 1)) {
    text = {};
    head |= kTooLong;
  }
  if (key_.size + sizeof(Head) + text.size() > kMaxKeyBytes) return false;
  head |= static_cast<std::uint16_t>(value.kind) << kKindShift;
  head |= static_cast<std::uint16_t>(text.size() << kSizeShift);
  const Head entry{value.field, head};
  std::memcpy(key_.bytes.data() + key_.size, &entry, sizeof entry);
  key_.size += sizeof entry;
  if (text.empty()) return true;
  std::memcpy(key_.bytes.data() + key_.size, text.data(), text.size());
  key_.size += static_cast<std::uint32_t>(text.size());
  return true;
}

void RouteMemo::Store(const Route& route) {
  if (slot_ == nullptr) return;
  slot_->route = &route;
  slot_->key.size = key_.size;
  std::memcpy(slot_->key.bytes.data(), key_.bytes.data(), key_.size);
}

void RouteMemo::Clear() {
  for (Slot& slot : slots_) slot.route = nullptr;
}

}  // namespace hypersigma::internal
