#include "lib/engine/row_groups.h"

#include <algorithm>
#include <utility>

namespace hypersigma::internal {

void RowGroups::Begin(std::size_t count, StateId state) {
  has_groups_ = true;
  of_groups_.assign(1, state);
  rows_.assign(count, 0);
}

void RowGroups::Step(RowStates& states, std::uint32_t column,
                     std::span<const ClassId> classes,
                     std::size_t class_count) {
  // One more for kOwnClass.
  if (has_groups_ && of_groups_.size() * (class_count + 1) <= kMaxTable) {
    StepByTable(states, column, classes, class_count);
    return;
  }
  Finish();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (classes[i] == kNoClass) continue;
    rows_[i] = states.Step(rows_[i], column, classes[i]);
  }
}

void RowGroups::StepByTable(RowStates& states, std::uint32_t column,
                            std::span<const ClassId> classes,
                            std::size_t class_count) {
  const auto own = static_cast<ClassId>(class_count);
  table_.assign(of_groups_.size() * (class_count + 1), kUnknown);
  new_groups_.clear();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::size_t place =
        rows_[i] * (class_count + 1) + std::min(classes[i], own);
    std::uint32_t& group = table_[place];
    if (group == kUnknown) {
      group = static_cast<std::uint32_t>(new_groups_.size());
      const StateId state = of_groups_[rows_[i]];
      new_groups_.push_back(classes[i] == kNoClass
                                ? state
                                : states.Step(state, column, classes[i]));
    }
    rows_[i] = group;
  }
  std::swap(of_groups_, new_groups_);
}

void RowGroups::StepAll(RowStates& states, std::uint32_t column,
                        ClassId value_class) {
  for (StateId& state : has_groups_ ? of_groups_ : rows_) {
    state = states.Step(state, column, value_class);
  }
}

std::span<const StateId> RowGroups::Finish() {
  if (has_groups_) {
    for (std::uint32_t& row : rows_) row = of_groups_[row];
    has_groups_ = false;
  }
  return rows_;
}

}  // namespace hypersigma::internal
