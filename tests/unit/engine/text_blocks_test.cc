#include "lib/engine/text_blocks.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/input/arrow_columns.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::internal {
namespace {

TextCells SomeCells(std::size_t count, std::size_t longest) {
  std::mt19937 random(5);
  TextCells cells;
  for (std::size_t i = 0; i < count; ++i) {
    if (random() % 8 == 0) {
      cells.emplace_back();
    } else {
      const std::size_t size = random() % (random() % 2 == 0 ? 14 : longest);
      cells.emplace_back(std::to_string(i) + std::string(size, 'x'));
    }
  }
  return cells;
}

// Every text is part of a piece of the block that its row is in.
void ExpectAllThere(const ArrowColumn& column, const RowList& rows) {
  std::string buffer;
  TextBlocks blocks(column, rows, buffer);
  std::size_t next = 0;
  while (blocks.Advance()) {
    const TextBlock& block = blocks.block();
    ASSERT_EQ(block.begin, next);
    ASSERT_GT(block.end, block.begin);
    next = block.end;
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (column.IsNull(rows[i])) continue;
      const std::string_view text = column.Text(rows[i]);
      ASSERT_TRUE(std::any_of(block.texts.begin(), block.texts.end(),
                              [text](std::string_view piece) {
                                return piece.find(text) !=
                                       std::string_view::npos;
                              }))
          << rows[i];
    }
  }
  EXPECT_EQ(next, rows.size());
}

TEST(TextBlocks, HoldEveryText) {
  for (const char* const format : {"u", "U", "vu"}) {
    for (const std::size_t longest : {20u, 200u, 2'000u, 40'000u}) {
      const TextCells cells = SomeCells(400, longest);
      ArrowTable table(cells.size());
      table.AddText("t", format, cells);
      table.Finish();
      const ArrowBatch batch =
          ReadArrowBatch(table.schema(), table.array()).value();
      ExpectAllThere(batch.columns[0], RowList::Run(0, 400));
      ExpectAllThere(batch.columns[0], RowList::Run(17, 300));
      std::vector<std::uint32_t> some;
      for (std::uint32_t i = 3; i < 400; i += 1 + i % 3) some.push_back(i);
      ExpectAllThere(batch.columns[0], RowList(some));
    }
  }
}

TEST(TextBlocks, ThereIsNoneOfNoRows) {
  ArrowTable table(1);
  table.AddText("t", "u", {"a"});
  table.Finish();
  const ArrowBatch batch =
      ReadArrowBatch(table.schema(), table.array()).value();
  std::string buffer;
  const RowList rows = RowList::Run(0, 0);
  TextBlocks blocks(batch.columns[0], rows, buffer);
  EXPECT_FALSE(blocks.Advance());
}

TEST(RowList, KnowsARun) {
  EXPECT_TRUE(RowList(std::vector<std::uint32_t>{4, 5, 6}).is_run());
  const std::vector<std::uint32_t> some = {4, 6};
  const RowList listed(some);
  EXPECT_FALSE(listed.is_run());
  EXPECT_EQ(listed.front(), 4u);
  EXPECT_EQ(listed.back(), 6u);
  EXPECT_EQ(RowList::Run(4, 3).back(), 6u);
}

}  // namespace
}  // namespace hypersigma::internal
