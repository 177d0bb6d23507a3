// The rows of a chunk by the states that they are in, brought through column
// after column.

#ifndef HYPERSIGMA_LIB_ENGINE_ROW_GROUPS_H_
#define HYPERSIGMA_LIB_ENGINE_ROW_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lib/engine/row_states.h"
#include "lib/engine/value_classes.h"

namespace hypersigma::internal {

// Rows in one state are a group. A column's classes take each group apart by a
// table of groups and classes, which holds few numbers where rows are much
// alike; otherwise each row takes its step alone. Not thread safe.
class RowGroups {
 public:
  // Begins with `count` rows, all in `state`. Borrows nothing.
  void Begin(std::size_t count, StateId state);

  // All rows take the steps that their classes of `column` are; kNoClass is
  // none. `class_count`: of the classes other than kOwnClass, which are the
  // numbers below. REQUIRES: a class for each row.
  void Step(RowStates& states, std::uint32_t column,
            std::span<const ClassId> classes, std::size_t class_count);

  // All rows take the same step.
  void StepAll(RowStates& states, std::uint32_t column, ClassId value_class);

  // Returns the state of each row, until the next call.
  std::span<const StateId> Finish();

 private:
  // A table larger than this costs more than it saves.
  static constexpr std::size_t kMaxTable = std::size_t{1} << 12;
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFFu;

  void StepByTable(RowStates& states, std::uint32_t column,
                   std::span<const ClassId> classes, std::size_t class_count);

  // By row: its group, or, without groups, its state.
  std::vector<std::uint32_t> rows_;
  bool has_groups_ = true;
  std::vector<StateId> of_groups_;
  std::vector<StateId> new_groups_;
  std::vector<std::uint32_t> table_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROW_GROUPS_H_
