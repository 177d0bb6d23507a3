// The classes of a column's rows: each distinct value is looked at once where
// values repeat, and what no rule asks for is not looked at.

#ifndef HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
#define HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "lib/engine/route_needs.h"
#include "lib/engine/row_event.h"
#include "lib/engine/value_classes.h"
#include "lib/engine/value_table.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Of one column for the rules of one route. Borrows all it is given. Not thread
// safe.
class ColumnClasses {
 public:
  ColumnClasses(const BatchColumn& column, const RouteNeeds& needs,
                ValueClasses& classes);

  // Whether no value of the column means anything.
  bool is_idle() const { return is_idle_; }

  // Fills `classes` with those of `rows`, ascending, in their order. Returns
  // the class that they all are of, if it is one; `classes` is then
  // unspecified. Errors: kInternal from libhs.
  absl::StatusOr<std::optional<ClassId>> Fill(
      std::span<const std::uint32_t> rows, std::vector<ClassId>& classes,
      ClassifyScratch& scratch);

 private:
  absl::Status FillDictionary(std::span<const std::uint32_t> rows,
                              std::vector<ClassId>& classes,
                              ClassifyScratch& scratch);
  absl::Status FillKeywords(std::span<const std::uint32_t> rows,
                            std::vector<ClassId>& classes,
                            ClassifyScratch& scratch);
  absl::Status FillValues(std::span<const std::uint32_t> rows,
                          std::vector<ClassId>& classes,
                          ClassifyScratch& scratch);
  absl::Status FillLists(std::span<const std::uint32_t> rows,
                         std::vector<ClassId>& classes,
                         ClassifyScratch& scratch);
  // Whether no element of the lists in `rows` holds a keyword.
  absl::StatusOr<bool> ListsHoldNoKeywords(std::span<const std::uint32_t> rows,
                                           ClassifyScratch& scratch);
  // Of all positions of the dictionary, before rows are looked at.
  absl::Status SearchDictionary(ClassifyScratch& scratch);
  // Marks the rows of `column` whose text may hold a keyword.
  absl::Status MarkKeywords(const ArrowColumn& column,
                            std::span<const std::uint32_t> rows,
                            std::vector<char>& marks, ClassifyScratch& scratch);
  // Returns the texts of rows from `begin` on, up to a block's size, and moves
  // `begin` behind them.
  std::string_view TakeBlock(const ArrowColumn& column,
                             std::span<const std::uint32_t> rows,
                             std::size_t& begin);
  absl::StatusOr<ClassId> ClassOf(const ArrowColumn& column, std::size_t row,
                                  bool has_no_keywords,
                                  ClassifyScratch& scratch);

  BatchColumn batch_;
  const RouteNeeds* needs_;
  ValueClasses* classes_;
  bool is_idle_ = false;
  // Rules look for keywords in the values, and for nothing else.
  bool keywords_alone_ = false;
  ValueTable table_;
  // By position in the dictionary; ValueTable::kUnknown: not known yet.
  std::vector<ClassId> of_positions_;
  std::vector<char> may_hold_keywords_;   // by position; empty: any may
  std::optional<ClassId> of_dictionary_;  // all of its values
  std::vector<char> marks_;
  std::string block_;
  std::string number_;
  RowEvent lists_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
