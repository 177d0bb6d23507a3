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

// Remembers which members followed which, and what they were. Not thread safe.
// Takes all its memory at once; forgets everything when it is full, so that
// names without end cost a look-up each and nothing more.
class KeyPredictor {
 public:
  KeyPredictor() {
    entries_.reserve(kMaxEntries);
    Forget();
  }

  // A new event begins.
  void Restart() { last_ = kStart; }

  // Returns the path that the member `name`, as written between its quotes, of
  // an object at `object` had before, or nullptr when it is none of those that
  // are expected here. Unless Take() follows, nothing has happened.
  const PathId* Predict(PathId object, std::string_view name) {
    for (const std::uint32_t next : entries_[last_].next) {
      if (next == kNone) return nullptr;
      const Entry& entry = entries_[next];
      if (entry.name_bytes == name.size() && entry.object == object &&
          std::memcmp(entry.name.data(), name.data(), name.size()) == 0) {
        found_ = next;
        return &entry.member;
      }
    }
    return nullptr;
  }

  // Steps to the member that Predict() has found.
  void Take() { last_ = found_; }

  // Steps to the member that was not expected, and remembers what it is.
  void Learn(PathId object, std::string_view name, PathId member);

 private:
  static constexpr std::size_t kMaxNameBytes = 40;
  static constexpr std::size_t kMaxEntries = 2048;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  // The entry before the first member.
  static constexpr std::uint32_t kStart = 0;

  struct Entry {
    PathId object = kNoPath;
    PathId member = kNoPath;
    std::uint32_t name_bytes = kNone;  // of no name
    // The last to follow first.
    std::array<std::uint32_t, 4> next{kNone, kNone, kNone, kNone};
    std::array<char, kMaxNameBytes> name;
  };

  std::uint32_t Find(PathId object, std::string_view name) const;
  void Forget();

  std::vector<Entry> entries_;
  std::uint32_t last_ = kStart;
  std::uint32_t found_ = kStart;
  std::array<std::uint32_t, 4096> positions_;  // of entries, by hash, or kNone
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_KEY_PREDICTOR_H_
