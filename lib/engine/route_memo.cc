#include "lib/engine/route_memo.h"

#include <cstring>

#include "lib/base/hash.h"

namespace hypersigma::internal {
namespace {

// Says that two values of one member are alike, but for their texts.
struct Head {
  std::uint16_t member = 0;
  std::uint16_t kind_and_size = 0;
};

constexpr std::uint16_t kRaw = 1;
constexpr std::uint16_t kTooLong = 2;
constexpr int kKindShift = 2;
constexpr int kSizeShift = 5;

}  // namespace

const Route* RouteMemo::Find(const EventValues& values) {
  key_.size = 0;
  slot_ = nullptr;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (values.First(members_[i].field) == kNoValue) continue;
    if (!AppendMember(members_[i], static_cast<std::uint16_t>(i), values)) {
      return nullptr;
    }
  }
  const std::string_view key = key_.text();
  slot_ = &slots_[HashBytes(key, 0) % kSlots];
  if (slot_->route == nullptr || slot_->key.text() != key) return nullptr;
  return slot_->route;
}

// Returns false when there is no room.
bool RouteMemo::AppendMember(const RoutingMember& member,
                             std::uint16_t position,
                             const EventValues& values) {
  for (std::uint32_t at = values.First(member.field); at != kNoValue;
       at = values.all()[at].next) {
    const EventValue& value = values.all()[at];
    std::string_view text = value.has_text() ? value.text : std::string_view();
    std::uint16_t head = value.is_raw ? kRaw : 0;
    // An escape makes one byte of two.
    if (text.size() > member.longest * (value.is_raw ? 2 : 1)) {
      text = {};
      head |= kTooLong;
    }
    if (key_.size + sizeof(Head) + text.size() > kMaxKeyBytes) return false;
    head |= static_cast<std::uint16_t>(value.kind) << kKindShift;
    head |= static_cast<std::uint16_t>(text.size() << kSizeShift);
    const Head entry{position, head};
    std::memcpy(key_.bytes.data() + key_.size, &entry, sizeof entry);
    key_.size += sizeof entry;
    if (text.empty()) continue;
    std::memcpy(key_.bytes.data() + key_.size, text.data(), text.size());
    key_.size += static_cast<std::uint32_t>(text.size());
  }
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
