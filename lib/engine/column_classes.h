// The classes of a column's rows: each distinct value is looked at once where
// values repeat, and what no rule asks for is not looked at.

#ifndef HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
#define HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "lib/engine/keyword_columns.h"
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
  // What belongs to the route, and what it shares with others.
  struct Context {
    const RouteNeeds& needs;
    ValueClasses& classes;
    KeywordColumns& keywords;
    // About as many rows of the batch are the route's.
    std::size_t expected_rows = 0;
  };

  // `position`: of the column in the batch.
  ColumnClasses(const BatchColumn& column, std::size_t position,
                const Context& context);

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
  absl::Status FillMarked(const RowList& rows, const KeywordMarks& marks,
                          std::vector<ClassId>& classes,
                          ClassifyScratch& scratch);
  absl::Status FillValues(const RowList& rows, std::vector<ClassId>& classes,
                          ClassifyScratch& scratch);
  // Rows that are looked up in steps, those of one text behind one another as
  // one.
  static constexpr std::size_t kTogether = 16;
  struct Together {
    std::array<ValueTable::Place, kTogether> places;
    std::array<std::size_t, kTogether> begins{};  // positions of the first rows
    std::size_t count = 0;
    std::size_t end = 0;  // of the rows
  };
  // Replaces the places; rows with the text of the one before are marked.
  void FindPlaces(const RowList& rows, std::size_t begin, Together& some,
                  std::vector<ClassId>& classes) const;
  absl::Status FillTexts(const RowList& rows, std::vector<ClassId>& classes,
                         ClassifyScratch& scratch);
  absl::Status FillLists(const RowList& rows, std::vector<ClassId>& classes,
                         ClassifyScratch& scratch);
  // Whether no element of the lists in `rows` holds a keyword.
  absl::StatusOr<bool> ListsHoldNoKeywords(const RowList& rows,
                                           ClassifyScratch& scratch);
  // Looks for keywords in all of the dictionary, and makes room for the classes
  // of its positions, where that is worth it.
  absl::Status SearchDictionary(ClassifyScratch& scratch);
  // The same for the rows of a column of texts that is looked at for nothing
  // else. Returns what may hold one in `marks`; null: none does.
  absl::StatusOr<const KeywordMarks*> SearchTexts(const RowList& rows,
                                                  KeywordMarks& marks,
                                                  ClassifyScratch& scratch);
  // Of the value of `row`, whose place in the table it is; kept there.
  absl::StatusOr<ClassId> StoreClass(const ValueTable::Place& place,
                                     std::size_t row, ClassifyScratch& scratch);
  absl::StatusOr<ClassId> ClassOf(const ArrowColumn& column, std::size_t row,
                                  bool has_no_keywords,
                                  ClassifyScratch& scratch);
  absl::StatusOr<ClassId> ClassOfPosition(std::size_t position,
                                          ClassifyScratch& scratch);

  BatchColumn batch_;
  std::size_t position_;
  const RouteNeeds* needs_;
  ValueClasses* classes_;
  KeywordColumns* keywords_;
  bool is_idle_ = false;
  // Rules look for keywords in the values, and for nothing else.
  bool keywords_alone_ = false;
  std::size_t expected_rows_;
  std::size_t seen_rows_ = 0;
  ValueTable table_;
  // Of positions in the dictionary, if it is small; ValueTable::kUnknown: not
  // known yet.
  std::vector<ClassId> of_positions_;
  std::string block_;
  std::string number_;
  RowEvent lists_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_COLUMN_CLASSES_H_
