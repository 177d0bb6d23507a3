// Rows by the classes of their values: a number for each combination that was
// seen, found column by column.

#ifndef HYPERSIGMA_LIB_ENGINE_ROW_STATES_H_
#define HYPERSIGMA_LIB_ENGINE_ROW_STATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/engine/value_classes.h"

namespace hypersigma::internal {

using StateId = std::uint32_t;
// Before the first column.
inline constexpr StateId kFirstState = 0;
// Of rows that are looked at singly.
inline constexpr StateId kOwnState = 0xFFFFFF;

// A growing automaton: a state is the way that led to it, so that two rows are
// in one state only if they took the same steps. Exact, no hash stands for a
// combination. Not thread safe.
class RowStates {
 public:
  RowStates() : slots_(kFirstSlots) {}

  // Returns where a row in `state` goes whose value of `column`, below 65,536,
  // is of `value_class`. Cost: constant.
  StateId Step(StateId state, std::uint32_t column, ClassId value_class) {
    if (state == kOwnState || value_class == kOwnClass) return kOwnState;
    const std::uint64_t key =
        std::uint64_t{state} << 40 | std::uint64_t{column} << 24 | value_class;
    for (std::size_t at = Place(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == key && slots_[at].next != 0) return slots_[at].next;
      if (slots_[at].next == 0) return Add(at, key);
    }
  }

  // Number of states, the first one included.
  std::size_t size() const { return count_ + 1; }

 private:
  static constexpr std::size_t kFirstSlots = 256;

  struct Slot {
    std::uint64_t key = 0;
    StateId next = 0;  // 0: the slot is free
  };

  std::size_t Place(std::uint64_t key) const {
    const std::uint64_t mixed = key * 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(mixed ^ mixed >> 32) & (slots_.size() - 1);
  }
  StateId Add(std::size_t at, std::uint64_t key);
  void Grow();

  std::vector<Slot> slots_;
  std::size_t count_ = 0;  // of slots in use
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROW_STATES_H_
