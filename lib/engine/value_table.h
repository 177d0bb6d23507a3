// The classes of recent values of one column, which mostly repeat.

#ifndef HYPERSIGMA_LIB_ENGINE_VALUE_TABLE_H_
#define HYPERSIGMA_LIB_ENGINE_VALUE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/base/hash.h"
#include "lib/engine/value_classes.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// A value as a column holds it. Those of one column mean the same if they are
// equal.
struct TableValue {
  std::string_view text;   // of a text
  std::uint64_t bits = 0;  // of any other

  friend bool operator==(const TableValue&, const TableValue&) = default;
};

// Returns the value of `column` at `row`. REQUIRES: a text, number or boolean,
// not null and without a dictionary.
TableValue TableValueOf(const ArrowColumn& column, std::size_t row);

// A direct-mapped table that grows with what it holds, up to a limit; whole
// texts are compared. Gives up for good where values do not repeat. Borrows the
// texts. Not thread safe.
class ValueTable {
 public:
  // A place for one value.
  struct Place {
    std::uint64_t hash = 0;
    std::string_view text;
  };

  static Place OfText(std::string_view text) {
    return {HashBytes(text, 0), text};
  }
  // REQUIRES: all values of the table are given by bits.
  static Place OfBits(std::uint64_t bits) { return {bits, {}}; }

  // REQUIRES: the values of the table are all texts, or none is.
  static Place PlaceOf(const TableValue& value) {
    return value.text.data() == nullptr ? OfBits(value.bits)
                                        : OfText(value.text);
  }

  // Whether values are worth looking up.
  bool pays() const { return pays_; }

  // Returns the class of the value, or kUnknown.
  static constexpr ClassId kUnknown = 0xFFFFFFFFu;
  ClassId Find(const Place& place) {
    if (++looked_up_ == kTrial) Review();
    if (slots_.empty()) return kUnknown;
    const Slot& slot = slots_[Index(place.hash)];
    if (slot.value_class == kUnknown || slot.hash != place.hash ||
        slot.text != place.text) {
      return kUnknown;
    }
    ++hits_;
    return slot.value_class;
  }

  // Fetch from memory what Find() will look at: first its slot, then, when that
  // is there, the text in it.
  void Prefetch(const Place& place) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[Index(place.hash)]);
  }
  void PrefetchText(const Place& place) const {
    if (slots_.empty()) return;
    const Slot& slot = slots_[Index(place.hash)];
    if (slot.hash != place.hash) return;
    for (std::size_t i = 0; i < slot.text.size(); i += 64) {
      __builtin_prefetch(slot.text.data() + i);
    }
  }

  void Store(const Place& place, ClassId value_class);

 private:
  static constexpr std::size_t kFewestSlots = 64;
  static constexpr std::size_t kMostSlots = std::size_t{1} << 12;
  // After so many values a quarter must have been known.
  static constexpr std::uint32_t kTrial = 4'096;

  struct Slot {
    std::uint64_t hash = 0;
    std::string_view text;
    ClassId value_class = kUnknown;
  };

  std::size_t Index(std::uint64_t hash) const {
    const std::uint64_t mixed = hash * 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(mixed >> 32) & (slots_.size() - 1);
  }
  void Grow();
  void Review() {
    pays_ = hits_ >= kTrial / 4;
    looked_up_ = 0;
    hits_ = 0;
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::uint32_t looked_up_ = 0;
  std::uint32_t hits_ = 0;
  bool pays_ = true;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VALUE_TABLE_H_
