// Member names that came before, and how their values are read: the events of a
// stream have the same few hundred, mostly in the same order. Source: design
// document "architecture", decision 8.

#ifndef HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
#define HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/input/field_paths.h"
#include "lib/input/placement.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {

// What becomes of a text or an integer that a member has.
enum class MemberUse : std::uint8_t {
  kFollow,  // needs the member's way to it, or other values
  kSkip,    // nobody looks at it
  kField,   // the value of the path's field, whatever else the event has
  kPlace,   // has a placement
};

// A member name. Fills a line of the CPU's cache.
struct alignas(64) KeyMemoEntry {
  static constexpr std::size_t kMaxBytes = 48;
  static constexpr std::uint8_t kNone = 0xFF;

  std::array<char, kMaxBytes> name{};  // and NULs
  PathId object = kNoPath;
  PathId member = kNoPath;
  FieldId field = kUnnamedField;  // with kField alone
  std::uint16_t next = 0;  // position of the name that came behind it last
  std::uint8_t name_bytes = kNone;
  MemberUse use = MemberUse::kFollow;
};

// A table of sets of two, the newer first; whole names are compared. A name is
// sought first where the one behind its predecessor was last time. All memory
// is taken by the constructor, so that names without end cost a look-up each
// and nothing more. Not thread safe.
class KeyMemo {
 public:
  // Bytes that may be read behind a name.
  static constexpr std::size_t kSlack = KeyMemoEntry::kMaxBytes;

  KeyMemo() : entries_(2 * kSets), placements_(2 * kSets) {}

  // What was found before anything was.
  const KeyMemoEntry* none() const { return entries_.data(); }

  // Returns what was remembered of the member `name`, as written between its
  // quotes, of an object at `object`, or nullptr; valid until the next Store().
  // `last`: what was found before it. REQUIRES: kSlack readable bytes behind
  // `name`.
  const KeyMemoEntry* Find(const KeyMemoEntry* last, PathId object,
                           std::string_view name) {
    const KeyMemoEntry* const next = &entries_[last->next];
    return Is(*next, object, name) ? next : FindByHash(last, object, name);
  }

  // Remembers it, unless the name is too long. No placement: kFollow.
  void Store(PathId object, std::string_view name, PathId member,
             const std::optional<Placement>& placement);

  // REQUIRES: the entry was found, and has MemberUse::kPlace.
  const Placement& PlacementOf(const KeyMemoEntry& entry) const {
    return placements_[static_cast<std::size_t>(&entry - entries_.data())];
  }

 private:
  static constexpr std::size_t kSets = 1024;
  static_assert(KeyMemoEntry::kMaxBytes == 48, "see IsName()");
  static_assert(2 * kSets <= std::size_t{1} << 16);

  static bool Is(const KeyMemoEntry& entry, PathId object,
                 std::string_view name) {
    return entry.name_bytes == name.size() && entry.object == object &&
           IsName(entry, name.data());
  }

  // Whether the name of an entry is at `text`.
  static bool IsName(const KeyMemoEntry& entry, const char* text) {
#if defined(__SSE2__)
    constexpr std::size_t kStep = sizeof(__m128i);
    const auto load = [](const char* from) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    };
    const char* const mask =
        kMask.data() + KeyMemoEntry::kMaxBytes - entry.name_bytes;
    const auto differs = [&](std::size_t at) {
      return _mm_xor_si128(_mm_and_si128(load(text + at), load(mask + at)),
                           load(entry.name.data() + at));
    };
    __m128i other = differs(0);
    if (entry.name_bytes > kStep) {
      other =
          _mm_or_si128(other, _mm_or_si128(differs(kStep), differs(2 * kStep)));
    }
    return _mm_movemask_epi8(_mm_cmpeq_epi8(other, _mm_setzero_si128())) ==
           0xFFFF;
#else
    return std::memcmp(entry.name.data(), text, entry.name_bytes) == 0;
#endif
  }

  const KeyMemoEntry* FindByHash(const KeyMemoEntry* last, PathId object,
                                 std::string_view name);
  static std::size_t SetOf(PathId object, std::string_view name);

#if defined(__SSE2__)
  // Behind the bytes of a name there are NULs.
  static constexpr auto kMask = [] {
    std::array<char, 2 * KeyMemoEntry::kMaxBytes> mask{};
    for (std::size_t i = 0; i < KeyMemoEntry::kMaxBytes; ++i) mask[i] = '\xFF';
    return mask;
  }();
#endif

  std::vector<KeyMemoEntry> entries_;  // those of a set are neighbours
  std::vector<Placement> placements_;  // of the entry at the same position
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
