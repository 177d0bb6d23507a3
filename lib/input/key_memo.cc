#include "lib/input/key_memo.h"

#include <algorithm>

#include "lib/base/hash.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kBehindName = "\":";

}  // namespace

std::size_t KeyMemo::SetOf(PathId object, std::string_view name) {
  return HashBytes(name, static_cast<std::uint64_t>(object)) % kSets;
}

const KeyMemoEntry* KeyMemo::FindByHash(const Place& place, PathId object,
                                        std::string_view name) {
  const std::size_t first = 2 * SetOf(object, name);
  for (std::size_t i = first; i < first + 2; ++i) {
    const KeyMemoEntry& entry = entries_[i];
    if (entry.object != object ||
        entry.text_bytes != name.size() + kBehindName.size() ||
        std::memcmp(entry.text.data(), name.data(), name.size()) != 0) {
      continue;
    }
    guesses_[place.run][place.at] = static_cast<std::uint16_t>(i);
    return &entry;
  }
  return nullptr;
}

void KeyMemo::Store(PathId object, std::string_view name, PathId member,
                    const std::optional<Placement>& placement) {
  const std::size_t text_bytes = name.size() + kBehindName.size();
  if (text_bytes > KeyMemoEntry::kMaxBytes) return;
  const std::size_t first = 2 * SetOf(object, name);
  entries_[first + 1] = entries_[first];
  placements_[first + 1] = placements_[first];
  KeyMemoEntry& entry = entries_[first];
  entry = {};
  std::copy(kBehindName.begin(), kBehindName.end(),
            std::copy(name.begin(), name.end(), entry.text.begin()));
  entry.object = object;
  entry.member = member;
  entry.text_bytes = static_cast<std::uint8_t>(text_bytes);
  if (!placement.has_value()) return;
  placements_[first] = *placement;
  entry.field = placement->field;
  entry.use = !placement->is_empty()         ? MemberUse::kPlace
              : entry.field == kUnnamedField ? MemberUse::kSkip
                                             : MemberUse::kField;
}

}  // namespace hypersigma::internal
