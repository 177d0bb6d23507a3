// Which rows of a batch's columns may hold a keyword: looked for once for all
// routes whose rules have the same keywords.

#ifndef HYPERSIGMA_LIB_ENGINE_KEYWORD_COLUMNS_H_
#define HYPERSIGMA_LIB_ENGINE_KEYWORD_COLUMNS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/row_list.h"
#include "lib/engine/value_classes.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Rows, or positions in a dictionary, that may hold a keyword.
struct KeywordMarks {
  std::size_t first = 0;
  std::vector<char> marks;  // from `first` on; empty: none may

  bool any() const { return !marks.empty(); }
  // REQUIRES: it was looked at.
  bool MayHold(std::size_t row) const {
    return !marks.empty() && marks[row - first] != 0;
  }
};

// Marks the rows of `column` whose text may hold a keyword of `classes`.
// `buffer` is working memory. REQUIRES: a column of texts without a dictionary.
// Errors: kInternal from libhs. Cost: one pass over the texts.
absl::StatusOr<std::vector<char>> MarkKeywords(const ArrowColumn& column,
                                               const RowList& rows,
                                               const ValueClasses& classes,
                                               std::string& buffer,
                                               ClassifyScratch& scratch);

// Of the columns of a batch, by their positions. Borrows the matchers. Not
// thread safe.
class KeywordColumns {
 public:
  explicit KeywordColumns(std::span<const FieldMatcher* const> matchers)
      : matchers_(matchers.begin(), matchers.end()) {}

  // Whether it is about the keywords that `matchers` seek.
  bool IsOf(std::span<const FieldMatcher* const> matchers) const;

  // Forgets the batch before.
  void BeginBatch(std::size_t column_count);
  // The rows that are looked at from now on.
  void BeginChunk(std::size_t begin, std::size_t count);
  std::size_t chunk_rows() const { return count_; }

  // What is known of a column's rows in this chunk, or of all positions in its
  // dictionary; null: nothing.
  const KeywordMarks* Known(std::size_t column) const {
    return known_[column] != 0 ? &marks_[column] : nullptr;
  }

  // The same, found if it is not known: `classes` are of a route with the same
  // keywords. REQUIRES: texts.
  absl::StatusOr<const KeywordMarks*> Find(std::size_t position,
                                           const ArrowColumn& column,
                                           const ValueClasses& classes,
                                           ClassifyScratch& scratch);

 private:
  std::vector<const FieldMatcher*> matchers_;
  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  std::vector<KeywordMarks> marks_;
  std::vector<char> known_;
  std::vector<std::size_t> of_chunk_;  // those that the next chunk forgets
  std::string buffer_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_KEYWORD_COLUMNS_H_
