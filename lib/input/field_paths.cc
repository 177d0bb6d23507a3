#include "lib/input/field_paths.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hypersigma::internal {
namespace {

template <typename Word>
std::uint64_t Load(const char* text) {
  Word word;
  std::memcpy(&word, text, sizeof(word));
  return word;
}

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  a = (a ^ b) * 0x9E3779B97F4A7C15u;
  return a ^ a >> 32;
}

// Keys of events only ever probe the table, so that nobody outside can fill it
// with collisions: speed is all that counts here.
std::uint64_t Hash(PathId object, std::string_view key) {
  const std::size_t size = key.size();
  const char* const text = key.data();
  std::uint64_t hash = static_cast<std::uint64_t>(object) << 32 | size;
  if (size < 4) {
    if (size == 0) return Mix(hash, 0);
    return Mix(hash, Load<std::uint8_t>(text) |
                         Load<std::uint8_t>(text + size / 2) << 8 |
                         Load<std::uint8_t>(text + size - 1) << 16);
  }
  if (size < 8) {
    return Mix(hash, Load<std::uint32_t>(text) |
                         Load<std::uint32_t>(text + size - 4) << 32);
  }
  for (std::size_t at = 0; at + 8 < size; at += 8) {
    hash = Mix(hash, Load<std::uint64_t>(text + at));
  }
  return Mix(hash, Load<std::uint64_t>(text + size - 8));
}

}  // namespace

FieldPaths::FieldPaths(const FieldTable& fields) : paths_(1), slots_(16) {
  std::uint32_t id = 0;
  for (const std::string& name : fields.names()) AddName(name, FieldId{id++});
}

void FieldPaths::AddName(std::string_view name, FieldId field) {
  PathId path = kRootPath;
  std::uint32_t part_count = 0;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    path = AddMember(path, name.substr(begin, end - begin));
    begin = end + 1;
    ++part_count;
  }
  Path& leaf = At(path);
  leaf.field = field;
  if (part_count == 1) return;
  leaf.has_splits = true;
  leaf.first_split = std::exchange(split_count_, split_count_ + part_count);
  // Flattened events spell the whole name: found at once, not part by part.
  AddSlot(kRootPath, name, path);
}

PathId FieldPaths::AddMember(PathId object, std::string_view part) {
  At(object).has_members = true;
  const PathId known = Find(object, part);
  if (known != kNoPath) return known;
  const PathId member{static_cast<std::uint32_t>(paths_.size())};
  // Behind the dot, which only names of the event's own members do not have.
  const std::size_t before =
      object == kRootPath ? 0 : (*this)[object].name_bytes + 1;
  paths_.push_back(
      {.name_bytes = static_cast<std::uint32_t>(before + part.size())});
  AddSlot(object, part, member);
  return member;
}

PathId FieldPaths::AddAny(PathId object) {
  At(object).has_members = true;
  paths_.emplace_back();
  return PathId{static_cast<std::uint32_t>(paths_.size() - 1)};
}

void FieldPaths::SpreadLayouts() {
  std::vector<Slot> slots = slots_;
  std::erase_if(slots, [](const Slot& slot) { return slot.member == kNoPath; });
  // An object is older than its members. Whole names are members of the root,
  // too: what holds there holds everywhere.
  std::sort(slots.begin(), slots.end(),
            [](const Slot& a, const Slot& b) { return a.member < b.member; });
  for (const Slot& slot : slots) {
    const Path& object = (*this)[slot.object];
    At(slot.member).in_layout |= object.leads || object.in_layout;
  }
}

PathId FieldPaths::Member(PathId object, std::string_view key) const {
  const PathId whole = Find(object, key);
  if (whole != kNoPath) return whole;
  std::size_t end = key.find('.');
  if (end == std::string_view::npos) return kNoPath;
  PathId path = object;
  std::size_t begin = 0;
  while (begin <= key.size()) {
    const PathId next = Find(path, key.substr(begin, end - begin));
    if (next == kNoPath) {
      const Path& lost = (*this)[path];
      return lost.in_layout || lost.leads ? kNoNamedPath : kNoPath;
    }
    path = next;
    begin = end + 1;
    end = begin <= key.size() ? std::min(key.find('.', begin), key.size()) : 0;
  }
  return path;
}

PathId FieldPaths::Find(PathId object, std::string_view key) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = Hash(object, key) & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.member == kNoPath) return kNoPath;
    if (slot.object == object && slot.key_bytes == key.size() &&
        std::memcmp(keys_.data() + slot.key_begin, key.data(), key.size()) ==
            0) {
      return slot.member;
    }
  }
}

void FieldPaths::AddSlot(PathId object, std::string_view key, PathId member) {
  const Slot added{object, member, static_cast<std::uint32_t>(keys_.size()),
                   static_cast<std::uint32_t>(key.size())};
  keys_.append(key);
  if (2 * ++used_ > slots_.size()) {
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old) {
      if (slot.member != kNoPath) Insert(slot);
    }
  }
  Insert(added);
}

void FieldPaths::Insert(const Slot& slot) {
  const std::string_view key(keys_.data() + slot.key_begin, slot.key_bytes);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = Hash(slot.object, key) & mask;
  while (slots_[at].member != kNoPath) at = (at + 1) & mask;
  slots_[at] = slot;
}

}  // namespace hypersigma::internal
