// The classes of a column's rows: each distinct value is looked at once where
// values repeat, and what no rule asks for is not looked at.

#ifndef HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
#define HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "lib/engine/route_needs.h"
#include "lib/engine/row_event.h"
#include "lib/engine/row_list.h"
#include "lib/engine/value_classes.h"
#include "lib/engine/value_table.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Of one column for the rules of one route. Borrows all it is given. Not thread
// safe.
class ColumnClasses {
 public:
  // `expected_rows`: about as many of them are the route's.
  ColumnClasses(const BatchColumn& column, const RouteNeeds& needs,
                std::size_t expected_rows, ValueClasses& classes);

  // Whether no value of the column means anything.
  bool is_idle() const { return is_idle_; }

  // Fills `classes` with those of `rows`, in their order. Returns the class
  // that they all are of, if it is one; `classes` is then unspecified. Errors:
  // kInternal from libhs.
  absl::StatusOr<std::optional<ClassId>> Fill(const RowList& rows,
                                              std::vector<ClassId>& classes,
                                              ClassifyScratch& scratch);

 private:
  // Fill() for some kinds of columns.
  absl::Status FillDictionary(const RowList& rows,
                              std::vector<ClassId>& classes,
                              ClassifyScratch& scratch);
  // Of positions whose class was not known.
  absl::Status FillUnknown(const RowList& rows, std::vector<ClassId>& classes,
                           ClassifyScratch& scratch);
  absl::Status FillByTable(const RowList& rows, std::vector<ClassId>& classes,
                           ClassifyScratch& scratch);
  // Those that were marked.
  absl::Status FillMarked(const RowList& rows, std::vector<ClassId>& classes,
                          ClassifyScratch& scratch);
  absl::Status FillValues(const RowList& rows, std::vector<ClassId>& classes,
                          ClassifyScratch& scratch);
  absl::Status FillLists(const RowList& rows, std::vector<ClassId>& classes,
                         ClassifyScratch& scratch);
  // Whether no element of the lists in `rows` holds a keyword.
  absl::StatusOr<bool> ListsHoldNoKeywords(const RowList& rows,
                                           ClassifyScratch& scratch);
  // Of all positions of the dictionary, before rows are looked at.
  absl::Status SearchDictionary(ClassifyScratch& scratch);
  // Marks the rows of `column` whose text may hold a keyword. Returns false,
  // and no marks, if none may.
  absl::StatusOr<bool> MarkKeywords(const ArrowColumn& column,
                                    const RowList& rows,
                                    std::vector<char>& marks,
                                    ClassifyScratch& scratch);
  // Of the value of `row` by the table.
  absl::StatusOr<ClassId> ClassOfValue(const TableValue& value, std::size_t row,
                                       ClassifyScratch& scratch);
  absl::StatusOr<ClassId> ClassOf(const ArrowColumn& column, std::size_t row,
                                  bool has_no_keywords,
                                  ClassifyScratch& scratch);
  absl::StatusOr<ClassId> ClassOfPosition(std::size_t position,
                                          ClassifyScratch& scratch);

  BatchColumn batch_;
  const RouteNeeds* needs_;
  ValueClasses* classes_;
  bool is_idle_ = false;
  // Rules look for keywords in the values, and for nothing else.
  bool keywords_alone_ = false;
  std::size_t expected_rows_;
  std::size_t seen_rows_ = 0;
  ValueTable table_;
  // What is known of a dictionary that was searched as a whole.
  bool is_searched_ = false;
  // By position; ValueTable::kUnknown: not known yet.
  std::vector<ClassId> of_positions_;
  bool none_holds_keywords_ = false;
  std::vector<char> may_hold_keywords_;   // by position; empty: all alike
  std::optional<ClassId> of_dictionary_;  // all of its values
  std::vector<char> marks_;
  std::string block_;
  std::string number_;
  RowEvent lists_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
