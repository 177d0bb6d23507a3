#include "lib/engine/dictionary_classes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/engine/value_table.h"
#include "lib/input/arrow_columns.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::internal {
namespace {

// Nulls alone, none, and some, in words of 64 rows and across them.
TextCells Cells() {
  TextCells cells;
  for (std::size_t i = 0; i < 500; ++i) {
    const bool is_null = i < 100 || (i > 300 && i % 5 == 0);
    cells.push_back(is_null ? std::nullopt
                            : std::optional(std::to_string(i % 7)));
  }
  return cells;
}

void ExpectAsSingly(const ArrowColumn& column, const RowList& rows,
                    const std::vector<ClassId>& of_positions) {
  std::vector<ClassId> found(rows.size(), 99);
  bool any_unknown = false;
  std::vector<ClassId> expected;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    expected.push_back(column.IsNull(rows[i])
                           ? kNoClass
                           : of_positions[column.Position(rows[i])]);
    any_unknown = any_unknown || expected.back() == ValueTable::kUnknown;
  }
  EXPECT_EQ(TakeClasses(column, rows, of_positions, found), any_unknown);
  EXPECT_EQ(found, expected);
}

TEST(TakeClasses, IsAsRowByRow) {
  const TextCells cells = Cells();
  for (const char* const index : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
    ArrowTable table(cells.size(), /*lead=*/3);
    table.AddDictionary("d", index, "u", cells);
    table.Finish();
    const ArrowBatch batch =
        ReadArrowBatch(table.schema(), table.array()).value();
    const ArrowColumn& column = batch.columns[0];
    std::vector<ClassId> of_positions = {7, 6, 5, 4, 3, 2, 1, 8};
    ExpectAsSingly(column, RowList::Run(0, 500), of_positions);
    ExpectAsSingly(column, RowList::Run(63, 250), of_positions);
    std::vector<std::uint32_t> some;
    for (std::uint32_t i = 90; i < 500; i += 1 + i % 3) some.push_back(i);
    ExpectAsSingly(column, RowList(some), of_positions);
    of_positions[3] = ValueTable::kUnknown;
    ExpectAsSingly(column, RowList::Run(0, 500), of_positions);
  }
}

}  // namespace
}  // namespace hypersigma::internal
