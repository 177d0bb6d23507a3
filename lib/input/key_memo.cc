#include "lib/input/key_memo.h"

#include <algorithm>

#include "lib/base/hash.h"

namespace hypersigma::internal {

std::size_t KeyMemo::SetOf(PathId object, std::string_view name) {
  return HashBytes(name, static_cast<std::uint64_t>(object)) % kSets;
}

const KeyMemoEntry* KeyMemo::FindByHash(const KeyMemoEntry* last, PathId object,
                                        std::string_view name) {
  const std::size_t first = 2 * SetOf(object, name);
  for (std::size_t i = first; i < first + 2; ++i) {
    if (!Is(entries_[i], object, name)) continue;
    entries_[static_cast<std::size_t>(last - none())].next =
        static_cast<std::uint16_t>(i);
    return &entries_[i];
  }
  return nullptr;
}

void KeyMemo::Store(PathId object, std::string_view name, PathId member,
                    const std::optional<Placement>& placement) {
  if (name.size() > KeyMemoEntry::kMaxBytes) return;
  const std::size_t first = 2 * SetOf(object, name);
  entries_[first + 1] = entries_[first];
  placements_[first + 1] = placements_[first];
  KeyMemoEntry& entry = entries_[first];
  entry = {};
  std::copy(name.begin(), name.end(), entry.name.begin());
  entry.object = object;
  entry.member = member;
  entry.name_bytes = static_cast<std::uint8_t>(name.size());
  if (!placement.has_value()) return;
  placements_[first] = *placement;
  entry.field = placement->field;
  entry.use = !placement->is_empty()         ? MemberUse::kPlace
              : entry.field == kUnnamedField ? MemberUse::kSkip
                                             : MemberUse::kField;
}

}  // namespace hypersigma::internal
