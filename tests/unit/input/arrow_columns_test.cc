#include "lib/input/arrow_columns.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

// Returns the values of a column's rows; "-" for a null.
std::vector<std::string> TextsOf(const ArrowColumn& column) {
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < column.row_count; ++row) {
    const ArrowColumn* values = &column;
    std::size_t at = row;
    bool is_null = column.IsNull(row);
    if (!is_null && column.dictionary != nullptr) {
      at = column.Position(row);
      values = column.dictionary.get();
      is_null = values->IsNull(at);
    }
    std::string buffer;
    const Value value = is_null ? Value::Null() : values->ValueAt(at, buffer);
    texts.emplace_back(value.kind == ValueKind::kNull ? "-" : value.text);
  }
  return texts;
}

std::vector<std::string> ReadOnly(ArrowTable& table, std::size_t skip = 0) {
  table.Finish(skip);
  const auto batch = ReadArrowBatch(table.schema(), table.array());
  EXPECT_TRUE(batch.ok()) << batch.status();
  if (!batch.ok() || batch->columns.size() != 1) return {"not one column"};
  return TextsOf(batch->columns[0]);
}

class ArrowText : public testing::TestWithParam<const char*> {};

TEST_P(ArrowText, IsReadFromAnyPlace) {
  const TextCells cells = {"a", std::nullopt, "", "a text of 18 bytes",
                           "another, of 24 bytes now"};
  for (const std::size_t lead : {0, 1, 11}) {
    ArrowTable plain(cells.size(), lead);
    plain.AddText("f", GetParam(), cells);
    EXPECT_THAT(ReadOnly(plain, 1), ElementsAre("-", "", "a text of 18 bytes",
                                                "another, of 24 bytes now"));
    for (const char* const index : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
      ArrowTable coded(cells.size(), lead);
      coded.AddDictionary("f", index, GetParam(), cells);
      EXPECT_THAT(ReadOnly(coded),
                  ElementsAre("a", "-", "", "a text of 18 bytes",
                              "another, of 24 bytes now"));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ArrowText, testing::Values("u", "U", "vu"));

TEST(ArrowColumns, ReadsNumbers) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  ArrowTable bytes(3, 2);
  bytes.AddNumbers("f", "c", {-128, std::nullopt, 127});
  EXPECT_THAT(ReadOnly(bytes), ElementsAre("-128", "-", "127"));
  ArrowTable shorts(2);
  shorts.AddNumbers("f", "S", {65'535, 0});
  EXPECT_THAT(ReadOnly(shorts), ElementsAre("65535", "0"));
  ArrowTable longs(2);
  longs.AddNumbers("f", "l", {kLeast, 4624});
  EXPECT_THAT(ReadOnly(longs), ElementsAre("-9223372036854775808", "4624"));
  ArrowTable unsigned_longs(1);
  unsigned_longs.AddNumbers("f", "L", {-1});
  EXPECT_THAT(ReadOnly(unsigned_longs), ElementsAre("18446744073709551615"));
}

TEST(ArrowColumns, ReadsRealsByTheirShortestDigits) {
  ArrowTable doubles(5);
  doubles.AddReals("f", "g", {0.1, 10.0, 1e300, std::nan(""), HUGE_VAL});
  EXPECT_THAT(ReadOnly(doubles), ElementsAre("0.1", "10", "1e+300", "-", "-"));
  ArrowTable floats(1, 3);
  floats.AddReals("f", "f", {0.1});
  EXPECT_THAT(ReadOnly(floats), ElementsAre("0.1"));
}

TEST(ArrowColumns, ReadsBoolsAndNulls) {
  ArrowTable bools(4, 9);
  bools.AddBools("f", {true, false, std::nullopt, true});
  EXPECT_THAT(ReadOnly(bools, 1), ElementsAre("false", "-", "true"));
  ArrowTable nulls(2, 1);
  nulls.AddNulls("f");
  EXPECT_THAT(ReadOnly(nulls), ElementsAre("-", "-"));
}

TEST(ArrowColumns, ReadsLists) {
  ArrowTable table(3, 2);
  table.AddLists("f", "+L", "u",
                 {TextCells{"a", std::nullopt}, TextCells{}, std::nullopt});
  table.Finish();
  const auto batch = ReadArrowBatch(table.schema(), table.array());
  ASSERT_TRUE(batch.ok()) << batch.status();
  const ArrowColumn& lists = batch->columns[0];
  EXPECT_EQ(lists.Offset(1) - lists.Offset(0), 2);
  EXPECT_EQ(lists.Offset(2) - lists.Offset(1), 0);
  EXPECT_TRUE(lists.IsNull(2));
  EXPECT_THAT(TextsOf(*lists.elements), ElementsAre("a", "-"));
}

TEST(ArrowColumns, RowsThatAreNullHaveNoValues) {
  ArrowTable table(3, 1);
  table.AddText("f", "u", {"a", "b", std::nullopt});
  table.AddBools("g", {true, true, true});
  table.Finish();
  const std::uint8_t bitmap = 0b110;
  const void* buffer = &bitmap;
  table.array().buffers = &buffer;
  table.array().null_count = 1;
  const auto batch = ReadArrowBatch(table.schema(), table.array());
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_THAT(TextsOf(batch->columns[0]), ElementsAre("-", "b", "-"));
  EXPECT_THAT(TextsOf(batch->columns[1]), ElementsAre("-", "true", "true"));
}

TEST(ArrowColumns, TakesNoColumnsAndNoRows) {
  ArrowTable none(4);
  none.Finish();
  const auto rows = ReadArrowBatch(none.schema(), none.array());
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->row_count, 4);
  ArrowTable empty(0);
  empty.AddText("f", "u", {});
  empty.column(0).buffer_pointers = {nullptr, nullptr, nullptr};
  EXPECT_THAT(ReadOnly(empty), ElementsAre());
}

TEST(ArrowColumns, NamesTheColumnOfAnotherType) {
  ArrowTable table(1);
  table.AddText("kept", "u", {"a"});
  table.AddNumbers("Time", "l", {1});
  table.column(1).schema.format = "tsu:UTC";
  table.Finish();
  const auto refused = ReadArrowBatch(table.schema(), table.array());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(refused.status().message(),
            "column 'Time': rules cannot be tested against values of type "
            "timestamp (format 'tsu:UTC'); cast the column to text or a "
            "number, or have it left out");
  const auto kept =
      ReadArrowBatch(table.schema(), table.array(), {.leave_out_others = true});
  ASSERT_TRUE(kept.ok()) << kept.status();
  ASSERT_EQ(kept->columns.size(), 1);
  EXPECT_EQ(kept->columns[0].name, "kept");
}

TEST(ArrowColumn, ValidityIsThatOfEachRow) {
  constexpr std::size_t kRows = 300;
  NumberCells cells;
  for (std::size_t i = 0; i < kRows; ++i) {
    const bool is_null = i % 7 == 3 || i / 40 % 2 == 1;
    cells.push_back(is_null ? std::nullopt : std::optional<std::int64_t>(1));
  }
  for (const std::size_t lead : {0u, 1u, 7u, 8u, 13u}) {
    ArrowTable table(kRows, lead);
    table.AddNumbers("n", "i", cells);
    table.Finish();
    const ArrowBatch batch =
        ReadArrowBatch(table.schema(), table.array()).value();
    const ArrowColumn& column = batch.columns[0];
    for (std::size_t row = 0; row + 64 <= kRows; ++row) {
      const std::uint64_t bits = column.Validity(row);
      for (std::size_t i = 0; i < 64; ++i) {
        ASSERT_EQ((bits >> i & 1) == 0, column.IsNull(row + i)) << row << i;
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
