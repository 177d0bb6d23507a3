// What recent values fired: most values of a log stream repeat.
// Source: design document "architecture", decision 6.

#ifndef HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_
#define HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lib/engine/event_values.h"

namespace hypersigma::internal {

// A direct-mapped table from (field, kind, text) to predicates, the whole text
// compared; texts may be raw. All memory is taken by the constructor. A field
// whose values do not repeat is left alone for a while, so that a hostile
// stream of unique values costs little. Not thread safe.
class ValueCache {
 public:
  // Takes at most `bytes`; with none, and with too few for a slot of each kind,
  // nothing is cached.
  explicit ValueCache(std::size_t field_count,
                      std::size_t bytes = kDefaultBytes);

  // A place in the table, for one value.
  struct Key {
    std::uint64_t hash = 0;
  };

  // Returns where `value` belongs; nullopt when it is not to be cached.
  // REQUIRES: value.field is a named field.
  std::optional<Key> KeyOf(const EventValue& value);

  // Returns what `value` fired, if it is known; valid until the next Store().
  std::optional<std::span<const std::uint32_t>> Find(Key key,
                                                     const EventValue& value);

  // Remembers what `value` fired, unless that is too much.
  void Store(Key key, const EventValue& value,
             std::span<const std::uint32_t> fired);

 private:
  static constexpr std::size_t kMaxFired = 30;
  // After so many look-ups a field must have hit a quarter of the time, or
  // rests for so many values.
  static constexpr std::uint32_t kTrial = 2'048;
  static constexpr std::uint32_t kRest = 16'384;

  template <std::size_t kTextBytes>
  struct Slot {
    static constexpr std::size_t kMaxTextBytes = kTextBytes;

    std::uint64_t hash = 0;
    std::uint32_t field = 0xFFFFFFFFu;
    std::uint16_t text_bytes = 0;
    std::uint8_t kind = 0;
    std::uint8_t fired_count = 0;
    std::array<std::uint32_t, kMaxFired> fired;
    std::array<char, kTextBytes> text;
  };
  // Most texts are short. Long ones, such as call stacks, cost the most.
  using ShortSlot = Slot<188>;
  using LongSlot = Slot<1'020>;
  static constexpr std::size_t kShortPerLong = 8;
  static constexpr std::size_t kGroupBytes =
      kShortPerLong * sizeof(ShortSlot) + sizeof(LongSlot);
  static constexpr std::size_t kDefaultBytes = 2'048 * kGroupBytes;

  // How a field has fared.
  struct Trial {
    std::uint32_t looked_up = 0;
    std::uint32_t hits = 0;
    std::uint32_t resting = 0;  // values still to be left alone
  };

  template <typename AnySlot>
  std::optional<std::span<const std::uint32_t>> FindIn(
      std::vector<AnySlot>& slots, Key key, const EventValue& value);
  template <typename AnySlot>
  static void StoreIn(std::vector<AnySlot>& slots, Key key,
                      const EventValue& value,
                      std::span<const std::uint32_t> fired);

  std::vector<ShortSlot> short_slots_;
  std::vector<LongSlot> long_slots_;
  std::vector<Trial> trials_;  // by FieldId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_
