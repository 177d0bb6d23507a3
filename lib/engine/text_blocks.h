// The texts of a column's rows in pieces as large as can be had, so that a
// search for what hardly any row holds costs little for each.

#ifndef HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_
#define HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "lib/engine/row_list.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Texts of some rows. What is between them, and where one of them ends, is not
// told.
struct TextBlock {
  // Positions in the list of rows.
  std::size_t begin = 0;
  std::size_t end = 0;
  // Each text is part of one of these, some of which may be empty.
  std::array<std::string_view, 3> texts;
};

// Usage: while (blocks.Advance()) look at blocks.block(). Texts that lie behind
// one another, in up to two places, are not copied. Nulls, of which there may
// be texts all the same, may be among them. Borrows everything.
class TextBlocks {
 public:
  // Enough that a block costs little, and few enough that not much is looked at
  // again when something is found.
  static constexpr std::size_t kBytes = std::size_t{16} << 10;

  // REQUIRES: a column of texts without a dictionary.
  TextBlocks(const ArrowColumn& column, const RowList& rows,
             std::string& buffer);

  // Goes to the next block; returns false behind the last.
  bool Advance();
  const TextBlock& block() const { return block_; }

 private:
  // Each goes from the row at `block_.end` on, over one row at least.
  void TakeRun();
  void TakeTexts();
  void TakeViews();
  // Returns false if the text belongs to the next block.
  bool AddText(std::string_view text);
  void Copy(std::string_view text);

  const ArrowColumn& column_;
  const RowList& rows_;
  std::string& buffer_;
  TextBlock block_;
  // Of the block.
  std::size_t bytes_ = 0;
  std::size_t copied_bytes_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_
