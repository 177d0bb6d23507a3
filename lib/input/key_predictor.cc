#include "lib/input/key_predictor.h"

#include <algorithm>

namespace hypersigma::internal {
namespace {

std::size_t HashOf(PathId object, std::string_view name) {
  std::uint64_t hash = static_cast<std::uint64_t>(object) << 8 ^ name.size();
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return static_cast<std::size_t>(hash ^ hash >> 32);
}

}  // namespace

std::uint32_t KeyPredictor::Find(PathId object, std::string_view name) const {
  const std::uint32_t at = positions_[HashOf(object, name) % positions_.size()];
  if (at == kNone) return kNone;
  const Entry& entry = entries_[at];
  const bool is_same =
      entry.object == object &&
      name == std::string_view(entry.name.data(), entry.name_bytes);
  return is_same ? at : kNone;
}

void KeyPredictor::Forget() {
  entries_.assign(1, Entry());
  positions_.fill(kNone);
  last_ = kStart;
}

void KeyPredictor::Learn(PathId object, std::string_view name, PathId member) {
  if (name.size() > kMaxNameBytes) return;
  std::uint32_t at = Find(object, name);
  if (at == kNone) {
    if (entries_.size() == kMaxEntries) Forget();
    at = static_cast<std::uint32_t>(entries_.size());
    Entry& entry = entries_.emplace_back();
    entry.object = object;
    entry.member = member;
    entry.name_bytes = static_cast<std::uint32_t>(name.size());
    std::copy(name.begin(), name.end(), entry.name.begin());
    positions_[HashOf(object, name) % positions_.size()] = at;
  }
  std::array<std::uint32_t, 4>& next = entries_[last_].next;
  std::copy_backward(next.begin(), next.end() - 1, next.end());
  next.front() = at;
  last_ = at;
}

}  // namespace hypersigma::internal
