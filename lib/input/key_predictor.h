// Member names that came before: events of one kind have the same members in
// the same order. Source: design document "architecture", decision 8.

#ifndef HYPERSIGMA_LIB_INPUT_KEY_PREDICTOR_H_
#define HYPERSIGMA_LIB_INPUT_KEY_PREDICTOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "lib/input/field_paths.h"

namespace hypersigma::internal {

// Remembers which member followed which, and what it was. Not thread safe.
// Takes all its memory at once; forgets everything when it is full, so that
// names without end cost a look-up each and nothing more.
class KeyPredictor {
 public:
  KeyPredictor() { entries_.reserve(kMaxEntries); }

  // A new event begins.
  void Restart() { last_ = kStart; }

  // Returns the path that the member `name`, as written between its quotes, of
  // an object at `object` had last time, or nullptr when it is not the member
  // that is expected here.
  const PathId* Predict(PathId object, std::string_view name) {
    const std::uint32_t next = last_ == kStart ? first_ : entries_[last_].next;
    if (next == kNone) return nullptr;
    const Entry& entry = entries_[next];
    if (entry.object != object || entry.name_bytes != name.size() ||
        std::memcmp(entry.name.data(), name.data(), name.size()) != 0) {
      return nullptr;
    }
    last_ = next;
    return &entry.member;
  }

  // Remembers what the member that was not expected is.
  void Learn(PathId object, std::string_view name, PathId member);

 private:
  static constexpr std::size_t kMaxNameBytes = 40;
  static constexpr std::size_t kMaxEntries = 2048;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  static constexpr std::uint32_t kStart = 0xFFFFFFFEu;

  struct Entry {
    PathId object = kNoPath;
    PathId member = kNoPath;
    std::uint32_t next = kNone;
    std::uint32_t name_bytes = 0;
    std::array<char, kMaxNameBytes> name;
  };

  std::uint32_t Find(PathId object, std::string_view name) const;

  std::vector<Entry> entries_;
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kStart;
  // Position of an entry by hash, or kNone.
  std::array<std::uint32_t, 4096> positions_ = MakePositions();

  static constexpr std::array<std::uint32_t, 4096> MakePositions() {
    std::array<std::uint32_t, 4096> positions{};
    positions.fill(kNone);
    return positions;
  }
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_KEY_PREDICTOR_H_
