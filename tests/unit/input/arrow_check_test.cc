// Arrays that contradict themselves are refused, not followed.

#include "lib/input/arrow_check.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/limits.h"
#include "lib/input/arrow_columns.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::internal {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Columns 0 to 4: text, text as views, a dictionary, numbers, lists.
class ArrowCheck : public testing::Test {
 protected:
  ArrowCheck() : table_(3) {
    const TextCells cells = {"a", std::nullopt, "a text of 18 bytes"};
    table_.AddText("text", "u", cells);
    table_.AddText("view", "vu", cells);
    table_.AddDictionary("code", "c", "u", cells);
    table_.AddNumbers("number", "i", {1, 2, std::nullopt});
    table_.AddLists("list", "+l", "u",
                    {TextCells{"a"}, std::nullopt, TextCells{"b", "c"}});
    table_.Finish();
  }

  absl::Status Read() {
    return ReadArrowBatch(table_.schema(), table_.array()).status();
  }
  void ExpectRefused(const std::string& text) {
    const absl::Status status = Read();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  }
  template <typename T>
  void Write(std::size_t column, std::size_t buffer, std::size_t byte,
             T value) {
    std::memcpy(table_.column(column).buffers[buffer].data() + byte, &value,
                sizeof value);
  }

  ArrowTable table_;
};

TEST_F(ArrowCheck, TakesWhatIsRight) { EXPECT_TRUE(Read().ok()) << Read(); }

TEST_F(ArrowCheck, Batch) {
  const auto refused = [this](const std::string& text, auto change) {
    const ArrowSchema schema = table_.schema();
    const ArrowArray array = table_.array();
    change(table_.schema(), table_.array());
    ExpectRefused(text);
    table_.schema() = schema;
    table_.array() = array;
  };
  refused("released", [](auto& s, auto&) { s.release = nullptr; });
  refused("released", [](auto&, auto& a) { a.release = nullptr; });
  refused("not a struct array", [](auto& s, auto&) { s.format = "u"; });
  refused("not a struct array", [](auto& s, auto&) { s.format = nullptr; });
  refused("differ in their columns", [](auto& s, auto&) { s.n_children = 4; });
  refused("differ in their columns", [](auto& s, auto& a) {
    s.n_children = -1;
    a.n_children = -1;
  });
  refused("columns are missing", [](auto&, auto& a) { a.children = nullptr; });
  refused("one buffer", [](auto&, auto& a) { a.n_buffers = 0; });
  refused("one buffer", [](auto&, auto& a) { a.buffers = nullptr; });
  refused("no bitmap", [](auto&, auto& a) { a.null_count = 1; });
  refused("do not fit", [](auto&, auto& a) { a.length = -1; });
  refused("do not fit", [](auto&, auto& a) { a.offset = -1; });
  refused("do not fit", [](auto&, auto& a) { a.null_count = -2; });
  refused("it has 3 rows, and the batch 4",
          [](auto&, auto& a) { a.length = 4; });
  refused("it has 3 rows, and the batch 5",
          [](auto&, auto& a) { a.offset = 2; });
}

TEST_F(ArrowCheck, Limits) {
  table_.array().length = kMost;
  EXPECT_EQ(Read().code(), absl::StatusCode::kResourceExhausted);
  table_.array().length = 3;
  table_.array().offset = kMost;
  EXPECT_EQ(Read().code(), absl::StatusCode::kResourceExhausted);
  table_.array().offset = 0;
  table_.schema().n_children = kMost;
  table_.array().n_children = kMost;
  EXPECT_EQ(Read().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(ArrowCheck, Columns) {
  const auto refused = [this](std::size_t i, const std::string& text,
                              auto change) {
    ArrowColumnParts& column = table_.column(i);
    const ArrowSchema schema = column.schema;
    const ArrowArray array = column.array;
    change(column.schema, column.array);
    ExpectRefused(text);
    column.schema = schema;
    column.array = array;
  };
  refused(0, "column 'text': the array was released",
          [](auto&, auto& a) { a.release = nullptr; });
  refused(0, "do not fit", [](auto&, auto& a) { a.length = -3; });
  refused(0, "it has 2 rows", [](auto&, auto& a) { a.length = 2; });
  refused(0, "2 buffers", [](auto&, auto& a) { a.n_buffers = 2; });
  refused(0, "buffers", [](auto&, auto& a) { a.buffers = nullptr; });
  refused(1, "2 buffers", [](auto&, auto& a) { a.n_buffers = 2; });
  refused(1, "column 'view': the view of row 2",
          [](auto&, auto& a) { a.n_buffers = 3; });
  refused(2, "disagree", [](auto& s, auto&) { s.dictionary = nullptr; });
  refused(2, "disagree", [](auto&, auto& a) { a.dictionary = nullptr; });
  refused(2, "not integers", [](auto& s, auto&) { s.format = "f"; });
  refused(3, "'number': it has 2 buffers",
          [](auto& s, auto&) { s.format = "u"; });
  refused(4, "not one child", [](auto& s, auto&) { s.n_children = 0; });
  refused(4, "not one child", [](auto&, auto& a) { a.children = nullptr; });
}

TEST_F(ArrowCheck, DictionariesDoNotNest) {
  ArrowColumnParts& code = table_.column(2);
  code.schema.dictionary->dictionary = code.schema.dictionary;
  code.array.dictionary->dictionary = code.array.dictionary;
  ExpectRefused("a dictionary themselves");
}

TEST_F(ArrowCheck, ListsDoNotNest) {
  ArrowColumnParts& list = table_.column(4);
  list.child_schemas[0] = &list.schema;
  list.child_arrays[0] = &list.array;
  EXPECT_EQ(Read().code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(Read().message()),
              HasSubstr("the elements of column 'list'"));
}

TEST_F(ArrowCheck, MissingBuffers) {
  table_.column(0).buffer_pointers[0] = nullptr;
  ExpectRefused("column 'text': it has nulls and no bitmap");
  table_.column(0).array.null_count = 0;
  table_.column(0).buffer_pointers[1] = nullptr;
  ExpectRefused("column 'text': its values are missing");
}

TEST_F(ArrowCheck, MissingText) {
  table_.column(0).buffer_pointers[2] = nullptr;
  ExpectRefused("a buffer that is not there");
}

TEST_F(ArrowCheck, OffsetsGoForward) {
  Write<std::int32_t>(0, 1, 4, 7);
  ExpectRefused("column 'text': its offsets go back");
  Write<std::int32_t>(0, 1, 4, -1);
  ExpectRefused("column 'text': its offsets go back");
}

TEST_F(ArrowCheck, OffsetsAreNotNegative) {
  for (std::size_t i = 0; i < 4; ++i) Write<std::int32_t>(0, 1, 4 * i, -5);
  ExpectRefused("column 'text': its offsets go back");
}

TEST_F(ArrowCheck, ListsEndAmongTheirElements) {
  Write<std::int32_t>(4, 1, 12, 4);
  ExpectRefused("column 'list': its lists end behind their elements");
}

TEST_F(ArrowCheck, ViewsAreInsideTheirBuffers) {
  constexpr std::size_t kRow = 2 * kArrowViewBytes;
  Write<std::int32_t>(1, 1, kRow, -1);
  ExpectRefused("the view of row 2 is not inside its buffer");
  Write<std::int32_t>(1, 1, kRow, 19);
  ExpectRefused("the view of row 2");
  Write<std::int32_t>(1, 1, kRow, 18);
  Write<std::int32_t>(1, 1, kRow + 12, 1);
  ExpectRefused("the view of row 2");
  Write<std::int32_t>(1, 1, kRow + 12, -1);
  ExpectRefused("the view of row 2");
  Write<std::int32_t>(1, 1, kRow + 12, 0);
  EXPECT_TRUE(Read().ok()) << Read();
  Write<std::int32_t>(1, 1, kRow + 8, 2);
  ExpectRefused("the view of row 2");
  Write<std::int32_t>(1, 1, kRow + 8, -1);
  ExpectRefused("the view of row 2");
}

TEST_F(ArrowCheck, PositionsAreInTheDictionary) {
  // Under the null it may be anything: it is -1 there.
  Write<std::int8_t>(2, 1, 0, 3);
  ExpectRefused("column 'code': a position in its dictionary is not below 3");
  Write<std::int8_t>(2, 1, 0, -1);
  ExpectRefused("not below 3");
  Write<std::int8_t>(2, 1, 0, 2);
  EXPECT_TRUE(Read().ok()) << Read();
}

// As many rows as are looked at in words and side by side, and some more.
class LongArrowCheck : public testing::Test {
 protected:
  static constexpr std::size_t kRows = 200;
  LongArrowCheck() : table_(kRows) {
    TextCells cells;
    for (std::size_t i = 0; i < kRows; ++i) {
      // Words that are there, that are not, and mixed ones.
      const bool is_null = (i >= 64 && i < 128) || (i > 128 && i % 3 == 0);
      cells.push_back(is_null ? std::nullopt
                              : std::optional(std::to_string(i % 5)));
    }
    cells_ = cells;
    for (const char* const index : {"c", "s", "i", "l"}) {
      table_.AddDictionary(index, index, "u", cells);
    }
    table_.AddText("u", "u", cells);
    table_.AddText("U", "U", cells);
    table_.Finish();
  }
  bool IsRight() {
    return ReadArrowBatch(table_.schema(), table_.array()).ok();
  }
  // The value at `position` of a column's buffer 1, `width` bytes.
  char* At(std::size_t column, std::size_t position, std::size_t width) {
    return table_.column(column).buffers[1].data() + position * width;
  }

  TextCells cells_;
  ArrowTable table_;
};

TEST_F(LongArrowCheck, NoPositionIsPastTheLast) {
  ASSERT_TRUE(IsRight());
  constexpr std::size_t kWidths[] = {1, 2, 4, 8};
  for (std::size_t column = 0; column < 4; ++column) {
    const std::size_t width = kWidths[column];
    for (std::size_t row = 0; row < kRows; ++row) {
      char* const at = At(column, row, width);
      const std::string right(at, width);
      // The first behind the dictionary, and -1.
      for (const std::string& wrong :
           {std::string(1, 6) + std::string(width - 1, 0),
            std::string(width, '\xFF')}) {
        std::memcpy(at, wrong.data(), width);
        EXPECT_EQ(IsRight(), !cells_[row].has_value()) << width << ' ' << row;
      }
      std::memcpy(at, right.data(), width);
    }
  }
}

TEST_F(LongArrowCheck, NoOffsetGoesBack) {
  for (const std::size_t column : {4u, 5u}) {
    const std::size_t width = column == 4 ? 4 : 8;
    for (std::size_t row = 0; row <= kRows; ++row) {
      char* const at = At(column, row, width);
      const std::string right(at, width);
      // -1, and more than all that follow.
      std::memset(at, 0xFF, width);
      EXPECT_FALSE(IsRight()) << width << ' ' << row;
      std::memset(at + width - 1, 0x70, 1);
      EXPECT_EQ(IsRight(), row == kRows) << width << ' ' << row;
      std::memcpy(at, right.data(), width);
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
