// What is known of recent values: most values of a log stream repeat.
// Source: design document "architecture", decision 6.

#ifndef HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_
#define HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lib/engine/event_values.h"

namespace hypersigma::internal {

// A predicate that a value fired, or one whose verdict on that value is known,
// or both. As bits, a predicate that was fired is its own number.
class ValueFact {
 public:
  explicit ValueFact(std::uint32_t bits) : bits_(bits) {}
  ValueFact(std::uint32_t predicate, bool has_fired, bool verdict)
      : bits_(predicate | kKnown | (has_fired ? 0 : kUnfired) |
              (verdict ? kVerdict : 0)) {}

  // Of an event: that a field which waited was looked at.
  static ValueFact LookedAt(std::uint32_t field) {
    return ValueFact(field | kUnfired);
  }

  // Whether it is of LookedAt(), and then of which field.
  bool is_field() const { return (bits_ & kFlags) == kUnfired; }
  std::uint32_t field() const { return bits_ & ~kFlags; }

  std::uint32_t predicate() const { return bits_ & ~kFlags; }
  bool has_fired() const { return (bits_ & kUnfired) == 0; }
  bool is_known() const { return (bits_ & kKnown) != 0; }
  bool verdict() const { return (bits_ & kVerdict) != 0; }
  std::uint32_t bits() const { return bits_; }

 private:
  static constexpr std::uint32_t kKnown = 1u << 31;
  static constexpr std::uint32_t kVerdict = 1u << 30;
  static constexpr std::uint32_t kUnfired = 1u << 29;
  static constexpr std::uint32_t kFlags = kKnown | kVerdict | kUnfired;

  std::uint32_t bits_;
};

// A map from (field, kind, text) to the bits of ValueFacts, the whole text
// compared; texts may be raw. Entries are written one behind the other, round
// and round, and found by a table of where they are, so that memory is used as
// it is needed; all of it is taken by the constructor. A field whose values do
// not repeat is left alone for a while, so that a hostile stream of unique
// values costs little. Not thread safe.
class ValueCache {
 public:
  // What is cached, and for how long it is tried.
  struct Policy {
    std::size_t max_text_bytes;
    // Of entries, for one place in the table.
    std::size_t bytes_per_place;
    // After so many look-ups a field must have hit a quarter of the time, or
    // rests for so many values.
    std::uint32_t trial;
    std::uint32_t rest;
  };
  static constexpr Policy kShortTexts = {1'020, 64, 2'048, 16'384};
  // A try costs more, and there are fewer.
  static constexpr Policy kLongTexts = {std::size_t{48} << 10, 1'024, 128, 512};

  static constexpr std::size_t kDefaultBytes = (std::size_t{9} << 20) / 4;

  // Takes at most `bytes`; with few or none, nothing is cached.
  explicit ValueCache(std::size_t field_count,
                      std::size_t bytes = kDefaultBytes,
                      const Policy& policy = kShortTexts);

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
  void Prefetch(const Key& key);

  // Returns what is known of the value; valid until the next Store() or
  // Learn().
  std::optional<std::span<const std::uint32_t>> Find(const Key& key);

  // Remembers that of the value, in place of what was known, unless it is too
  // much.
  void Store(const Key& key, std::span<const std::uint32_t> facts);

  // Adds what has become known of a value, or puts it in place of what was
  // known of that predicate. Does nothing if the value is forgotten.
  void Learn(const Key& key, ValueFact fact);

 private:
  // What an entry begins with. Behind it are the text and what is known of it.
  struct Head {
    std::uint64_t hash = 0;
    std::uint32_t field = 0;
    std::uint16_t text_bytes = 0;
    std::uint8_t kind = 0;
    std::uint8_t fact_count = 0;
  };
  static_assert(sizeof(Head) == 16);
  static constexpr std::size_t kMaxFacts = 0xFF;
  static constexpr std::size_t kMinBytes = 1'024;

  // How a field has fared.
  struct Trial {
    std::uint32_t looked_up = 0;
    std::uint32_t hits = 0;
    std::uint32_t resting = 0;  // values still to be left alone
  };

  static std::size_t FactsBegin(std::size_t text_bytes);

  char* FindEntry(const Key& key, Head& head) const;

  std::size_t PlaceOf(const Key& key) const {
    return (key.hash >> 32) * places_.size() >> 32;
  }
  char* EntryAt(std::uint64_t position) const {
    return entries_.get() + (position & (bytes_ - 1));
  }

  Policy policy_;
  std::size_t bytes_ = 0;  // of entries; a power of two, or 0
  std::unique_ptr<char[]> entries_;
  // How many bytes were ever written: the next entry's position. An entry is
  // there until the same place is written again.
  std::uint64_t end_ = sizeof(Head);
  std::vector<std::uint64_t> places_;  // positions by hash; 0: none
  std::vector<Trial> trials_;          // by FieldId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VALUE_CACHE_H_
