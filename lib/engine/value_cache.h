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

  // One value and its place in the table. Borrows the text.
  struct Key {
    std::string_view text;
    std::uint64_t hash = 0;
    std::uint32_t field = 0;
    std::uint8_t kind = 0;
  };

  // Finds where `value`, as one of `field`, belongs; returns false when it is
  // not to be cached. REQUIRES: a named field.
  bool FindKey(FieldId field, const EventValue& value, Key& key);

  // Has the CPU fetch the place of `key`, so that Find() need not wait for it.
  void Prefetch(const Key& key) const;

  // Returns what the value fired, if it is known; valid until the next Store().
  std::optional<std::span<const std::uint32_t>> Find(const Key& key);

  // Remembers what the value fired, unless that is too much.
  void Store(const Key& key, std::span<const std::uint32_t> fired);

 private:
  // After so many look-ups a field must have hit a quarter of the time, or
  // rests for so many values.
  static constexpr std::uint32_t kTrial = 2'048;
  static constexpr std::uint32_t kRest = 16'384;

  // The text, and right behind it what it fired, so that a short one of few
  // predicates is in one or two lines of the CPU's cache.
  template <std::size_t kBytes>
  struct alignas(16) Slot {
    std::uint64_t hash = 0;
    std::uint32_t field = 0xFFFFFFFFu;
    std::uint16_t text_bytes = 0;
    std::uint8_t kind = 0;
    std::uint8_t fired_count = 0;
    alignas(std::uint32_t) std::array<char, kBytes - 16> data;
  };
  // Most texts are short. Long ones, such as call stacks, cost the most.
  using ShortSlot = Slot<256>;
  using LongSlot = Slot<1'152>;
  static constexpr std::size_t kMaxShortText = 188;
  static constexpr std::size_t kMaxText = 1'020;
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
  std::optional<std::span<const std::uint32_t>> FindIn(const AnySlot& slot,
                                                       const Key& key);
  template <typename AnySlot>
  static void StoreIn(AnySlot& slot, const Key& key,
                      std::span<const std::uint32_t> fired);

  std::vector<ShortSlot> short_slots_;
  std::vector<LongSlot> long_slots_;
  std::vector<Trial> trials_;  // by FieldId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_
