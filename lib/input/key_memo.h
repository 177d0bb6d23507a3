// Member names that came before, and how their values are read: the events of a
// stream have the same few hundred, mostly in the same order. Source: design
// document "architecture", decision 8.

#ifndef HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
#define HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_

#include <array>
#include <bit>
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
  // Of what is written behind the opening quote: the name, its other quote and
  // a colon.
  static constexpr std::size_t kMaxBytes = 48;

  std::array<char, kMaxBytes> text{};  // and NULs
  PathId object = kNoPath;
  PathId member = kNoPath;
  FieldId field = kUnnamedField;  // with kField alone
  std::uint8_t text_bytes = 0;    // 0: none
  MemberUse use = MemberUse::kFollow;
};

// A table of sets of two, the newer first; whole names are compared. The names
// of an event are guessed, a run of them at a time: which comes where is
// remembered by what came before it, and by how many tokens the event has. All
// memory is taken by the constructor, so that names without end cost a look-up
// each and nothing more. Not thread safe.
class KeyMemo {
 public:
  // Bytes that may be read behind the quote of a name.
  static constexpr std::size_t kSlack = KeyMemoEntry::kMaxBytes;

  KeyMemo() : entries_(2 * kSets), placements_(2 * kSets), guesses_(kRuns) {}

  // Where in an event a name is.
  struct Place {
    std::uint32_t run = 0;  // position in guesses_
    std::uint32_t at = 0;   // in the run
  };

  // Returns the place of the first name of an event with so many tokens.
  static Place Begin(std::size_t token_count) {
    return {RunBehind(static_cast<std::uint32_t>(token_count)), 0};
  }

  // Goes to the place behind that of `entry`.
  void Step(Place& place, const KeyMemoEntry& entry) const {
    if (++place.at < kRunNames) return;
    place = {RunBehind(place.run + kRuns * (PositionOf(entry) + 1)), 0};
  }

  // Returns what was at `place` last time if it is there again: if `name`,
  // behind the quote, begins with it, its other quote and a colon. Else
  // nullptr; the name may be known all the same. Valid until the next Store().
  // REQUIRES: kSlack readable bytes at `name`; `object` is not kNoPath.
  const KeyMemoEntry* Guess(const Place& place, PathId object,
                            const char* name) const {
    const KeyMemoEntry& entry = entries_[guesses_[place.run][place.at]];
    return entry.object == object && IsAt(entry, name) ? &entry : nullptr;
  }

  // Returns what was remembered of the member `name`, as written between its
  // quotes, of an object at `object`, or nullptr; valid until the next Store().
  // It is what is guessed at `place` from now on. REQUIRES: as Guess().
  const KeyMemoEntry* Find(const Place& place, PathId object,
                           std::string_view name) {
    const KeyMemoEntry* const guess = Guess(place, object, name.data());
    return guess != nullptr ? guess : FindByHash(place, object, name);
  }
  // The same where it is known not to be what is guessed.
  const KeyMemoEntry* FindByHash(const Place& place, PathId object,
                                 std::string_view name);

  // Remembers it, unless the name is too long. No placement: kFollow.
  void Store(PathId object, std::string_view name, PathId member,
             const std::optional<Placement>& placement);

  // REQUIRES: the entry was found, and has MemberUse::kPlace.
  const Placement& PlacementOf(const KeyMemoEntry& entry) const {
    return placements_[PositionOf(entry)];
  }

 private:
  static constexpr std::size_t kSets = 1024;
  static_assert(KeyMemoEntry::kMaxBytes == 48, "see IsAt()");
  static_assert(2 * kSets <= std::size_t{1} << 16);

  static constexpr std::uint32_t kRunNames = 8;
  static constexpr std::uint32_t kRuns = 1u << 11;
  using Run = std::array<std::uint16_t, kRunNames>;

  // Any two that differ have different runs, most likely.
  static std::uint32_t RunBehind(std::uint32_t number) {
    constexpr int kShift = 32 - std::countr_zero(kRuns);
    return number * 0x9E37'79B9u >> kShift;
  }
  std::uint32_t PositionOf(const KeyMemoEntry& entry) const {
    return static_cast<std::uint32_t>(&entry - entries_.data());
  }

  // Whether the text of an entry is at `name`.
  static bool IsAt(const KeyMemoEntry& entry, const char* name) {
#if defined(__SSE2__)
    constexpr std::size_t kStep = sizeof(__m128i);
    const auto load = [](const char* from) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    };
    const char* const mask =
        kMask.data() + KeyMemoEntry::kMaxBytes - entry.text_bytes;
    const auto differs = [&](std::size_t at) {
      return _mm_xor_si128(_mm_and_si128(load(name + at), load(mask + at)),
                           load(entry.text.data() + at));
    };
    __m128i other = differs(0);
    if (entry.text_bytes > kStep) {
      other =
          _mm_or_si128(other, _mm_or_si128(differs(kStep), differs(2 * kStep)));
    }
    return _mm_movemask_epi8(_mm_cmpeq_epi8(other, _mm_setzero_si128())) ==
           0xFFFF;
#else
    return std::memcmp(entry.text.data(), name, entry.text_bytes) == 0;
#endif
  }

  static std::size_t SetOf(PathId object, std::string_view name);

#if defined(__SSE2__)
  // Behind the bytes of a text there are NULs.
  static constexpr auto kMask = [] {
    std::array<char, 2 * KeyMemoEntry::kMaxBytes> mask{};
    for (std::size_t i = 0; i < KeyMemoEntry::kMaxBytes; ++i) mask[i] = '\xFF';
    return mask;
  }();
#endif

  std::vector<KeyMemoEntry> entries_;  // those of a set are neighbours
  std::vector<Placement> placements_;  // of the entry at the same position
  std::vector<Run> guesses_;           // positions of entries
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_KEY_MEMO_H_
