#include "lib/engine/keyword_columns.h"

#include <algorithm>
#include <string_view>

#include "lib/base/status_macros.h"
#include "lib/engine/text_blocks.h"

namespace hypersigma::internal {

absl::StatusOr<std::vector<char>> MarkKeywords(const ArrowColumn& column,
                                               const RowList& rows,
                                               const ValueClasses& classes,
                                               std::string& buffer,
                                               ClassifyScratch& scratch) {
  std::vector<char> marks;
  TextBlocks blocks(column, rows, buffer);
  while (blocks.Advance()) {
    const TextBlock& block = blocks.block();
    bool may = false;
    for (const std::string_view texts : block.texts) {
      if (may || texts.empty()) continue;
      HS_ASSIGN_OR_RETURN(may, classes.MayHoldKeywords(texts, scratch));
    }
    if (!may) continue;
    marks.resize(rows.size());
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(block.begin),
              marks.begin() + static_cast<std::ptrdiff_t>(block.end), 1);
  }
  return marks;
}

bool KeywordColumns::IsOf(std::span<const FieldMatcher* const> matchers) const {
  return std::equal(matchers.begin(), matchers.end(), matchers_.begin(),
                    matchers_.end());
}

void KeywordColumns::BeginBatch(std::size_t column_count) {
  marks_.assign(column_count, {});
  known_.assign(column_count, 0);
  of_chunk_.clear();
}

void KeywordColumns::BeginChunk(std::size_t begin, std::size_t count) {
  begin_ = begin;
  count_ = count;
  for (const std::size_t column : of_chunk_) known_[column] = 0;
  of_chunk_.clear();
}

absl::StatusOr<const KeywordMarks*> KeywordColumns::Find(
    std::size_t position, const ArrowColumn& column,
    const ValueClasses& classes, ClassifyScratch& scratch) {
  KeywordMarks& found = marks_[position];
  if (known_[position] != 0) return &found;
  const ArrowColumn* const values = column.dictionary.get();
  const RowList rows = values != nullptr ? RowList::Run(0, values->row_count)
                                         : RowList::Run(begin_, count_);
  found.first = values != nullptr ? 0 : begin_;
  HS_ASSIGN_OR_RETURN(found.marks,
                      MarkKeywords(values != nullptr ? *values : column, rows,
                                   classes, buffer_, scratch));
  known_[position] = 1;
  if (values == nullptr) of_chunk_.push_back(position);
  return &found;
}

}  // namespace hypersigma::internal
