// Member names that came before, and which paths they are: the events of a
// stream have the same few hundred. Source: design document "architecture",
// decision 8.

#ifndef HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
#define HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "lib/base/hash.h"
#include "lib/input/field_paths.h"

namespace hypersigma::internal {

// A table of sets of two, the newer first; whole names are compared. All memory
// is taken by the constructor, so that names without end cost a look-up each
// and nothing more. Not thread safe.
class KeyMemo {
 public:
  KeyMemo() : sets_(kSets) {}

  // Returns the path that the member `name`, as written between its quotes, of
  // an object at `object` had before, or nullptr; valid until the next Store().
  const PathId* Find(PathId object, std::string_view name) const {
    const Ends ends = EndsOf(name);
    for (const Entry& entry : sets_[SetOf(object, name, ends)]) {
      if (Is(entry, object, name, ends)) return &entry.member;
    }
    return nullptr;
  }

  // Remembers it, unless the name is too long.
  void Store(PathId object, std::string_view name, PathId member);

 private:
  static constexpr std::size_t kSets = 1024;
  static constexpr std::size_t kWord = sizeof(std::uint64_t);
  static constexpr std::size_t kMaxMiddleBytes = 40;
  static constexpr std::uint32_t kNoName = 0xFFFFFFFFu;

  // The first and the last eight bytes; of a shorter name all of it.
  struct Ends {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  struct Entry {
    Ends ends;
    PathId object = kNoPath;
    PathId member = kNoPath;
    std::uint32_t name_bytes = kNoName;
    std::array<char, kMaxMiddleBytes> middle;  // what `ends` leave out
  };

  static Ends Load(std::string_view name, std::size_t size) {
    Ends ends;
    std::memcpy(&ends.first, name.data(), size);
    std::memcpy(&ends.last, name.data() + name.size() - size, size);
    return ends;
  }

  static Ends EndsOf(std::string_view name) {
    if (name.size() >= kWord) return Load(name, kWord);
    if (name.size() >= kWord / 2) return Load(name, kWord / 2);
    Ends ends;
    for (const char c : name) {
      ends.first = ends.first << 8 | static_cast<unsigned char>(c);
    }
    return ends;
  }

  static std::size_t SetOf(PathId object, std::string_view name, Ends ends) {
    const std::uint64_t seed = static_cast<std::uint64_t>(object) << 32;
    return MixHash(ends.first ^ 0x9E3779B97F4A7C15u,
                   ends.last ^ (seed | name.size()) ^ 0xD1B54A32D192ED03u) %
           kSets;
  }

  static bool Is(const Entry& entry, PathId object, std::string_view name,
                 Ends ends) {
    return entry.ends.first == ends.first && entry.ends.last == ends.last &&
           entry.name_bytes == name.size() && entry.object == object &&
           (name.size() <= 2 * kWord ||
            std::memcmp(entry.middle.data(), name.data() + kWord,
                        name.size() - 2 * kWord) == 0);
  }

  std::vector<std::array<Entry, 2>> sets_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
