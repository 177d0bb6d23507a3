// The texts of a column's rows in pieces as large as can be had, so that a
// search for what hardly any row holds costs little for each.

#ifndef HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_
#define HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_

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
  // Each text is part of one of these.
  std::string_view texts;
  std::string_view copies;
};

// Usage: while (blocks.Advance()) look at blocks.block(). Texts that lie behind
// one another are not copied. Nulls, of which there may be texts all the same,
// may be among them. Borrows everything.
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
  // The texts that lie behind one another, and those that had to be copied.
  struct Gathered {
    const char* begin = nullptr;
    std::size_t bytes = 0;
    std::size_t copied = 0;
  };
  // Returns false if the text belongs to the next block.
  bool AddText(std::string_view text, Gathered& gathered);
  void Copy(std::string_view text, Gathered& gathered);
  void Finish(const Gathered& gathered);

  const ArrowColumn& column_;
  const RowList& rows_;
  std::string& buffer_;
  TextBlock block_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_TEXT_BLOCKS_H_
