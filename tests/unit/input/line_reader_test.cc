#include "lib/input/line_reader.h"

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Returns "index:number:text" for each line of a file with this content.
std::vector<std::string> Lines(std::string_view content,
                               const LineReaderOptions& options = {},
                               std::string_view name = "plain") {
  const std::string path =
      ::testing::TempDir() + "line_reader_test_" + std::string(name);
  std::ofstream(path, std::ios::binary) << content;
  absl::StatusOr<LineReader> reader = LineReader::Open(path, options);
  std::remove(path.c_str());
  EXPECT_TRUE(reader.ok()) << reader.status();
  std::vector<std::string> lines;
  std::uint64_t bytes = 0;
  RecordBlock block;
  while (true) {
    const absl::StatusOr<bool> more = reader->Next(block);
    if (!more.ok()) lines.push_back(std::string(more.status().message()));
    if (!more.ok() || !*more) break;
    bytes += block.byte_count;
    std::uint64_t index = block.first_index;
    for (const Record& line : block.records) {
      lines.push_back(std::to_string(index++) + ":" +
                      std::to_string(line.line) + ":" +
                      (line.problem == RecordProblem::kLineTooLong
                           ? "too long"
                           : std::string(line.text)));
    }
  }
  if (!name.ends_with(".gz")) {
    EXPECT_EQ(bytes, content.size());
  }
  return lines;
}

TEST(LineReader, SplitsAtNewlines) {
  EXPECT_THAT(Lines("a\nbc\n"), ElementsAre("0:1:a", "1:2:bc"));
  EXPECT_THAT(Lines("a\nbc"), ElementsAre("0:1:a", "1:2:bc"));
  EXPECT_THAT(Lines("a\r\nb\rc\r\n"), ElementsAre("0:1:a", "1:2:b\rc"));
}

TEST(LineReader, SkipsBlankLinesAndCountsThem) {
  EXPECT_THAT(Lines("\n \t\r\na\n\n\r\n b \n"),
              ElementsAre("0:3:a", "1:6: b "));
  EXPECT_THAT(Lines(""), IsEmpty());
  EXPECT_THAT(Lines("\n\n"), IsEmpty());
}

TEST(LineReader, LeavesOutAByteOrderMarkAtTheBeginningOnly) {
  EXPECT_THAT(Lines("\xEF\xBB\xBF{}\n\xEF\xBB\xBFx\n"),
              ElementsAre("0:1:{}", "1:2:\xEF\xBB\xBFx"));
  EXPECT_THAT(Lines("\xEF\xBB\xBF"), IsEmpty());
}

TEST(LineReader, GivesTheSameLinesForAnyBlockSize) {
  std::string content;
  for (int i = 0; i < 400; ++i) {
    content += std::string(static_cast<std::size_t>(i * 7 % 50), 'x');
    content += i % 3 == 0 ? "\r\n" : "\n";
  }
  const std::vector<std::string> whole = Lines(content);
  for (const std::size_t block_bytes : {1u, 2u, 7u, 64u, 1000u}) {
    EXPECT_EQ(Lines(content, {.block_bytes = block_bytes}), whole);
  }
}

TEST(LineReader, SkipsLinesPastTheLimit) {
  const std::string long_line(1000, 'x');
  const std::string content =
      "a\n" + long_line + "\nb\n12345\r\n123456\nc\n" + long_line;
  for (const std::size_t block_bytes : {1u, 10u, 100u, 5000u}) {
    EXPECT_THAT(
        Lines(content, {.max_line_bytes = 5, .block_bytes = block_bytes}),
        ElementsAre("0:1:a", "1:2:too long", "2:3:b", "3:4:12345",
                    "4:5:too long", "5:6:c", "6:7:too long"));
  }
}

TEST(LineReader, TakesABlankLineForBlankWhateverItsLength) {
  const std::string content = std::string(1000, ' ') + "\na\n" +
                              std::string(1000, '\t') + "\r\nb\n" +
                              std::string(1000, ' ') + "x\nc";
  for (const std::size_t block_bytes : {1u, 10u, 100u, 5000u}) {
    EXPECT_THAT(
        Lines(content, {.max_line_bytes = 5, .block_bytes = block_bytes}),
        ElementsAre("0:2:a", "1:4:b", "2:5:too long", "3:6:c"));
  }
}

TEST(LineReader, DoesNotCountAByteOrderMark) {
  const std::string mark = "\xEF\xBB\xBF";
  for (const std::size_t block_bytes : {1u, 10u, 100u}) {
    const LineReaderOptions options{.max_line_bytes = 5,
                                    .block_bytes = block_bytes};
    EXPECT_THAT(Lines(mark + "12345\n" + mark + "12\n", options),
                ElementsAre("0:1:12345", "1:2:" + mark + "12"));
    EXPECT_THAT(Lines(mark + "1234567890\n" + mark + "12\n", options),
                ElementsAre("0:1:too long", "1:2:" + mark + "12"));
  }
}

TEST(LineReader, DoesNotBufferALineThatIsTooLong) {
  const std::string path = ::testing::TempDir() + "line_reader_test_long";
  std::ofstream(path, std::ios::binary)
      << std::string(20'000'000, 'x') << "\nb\n";
  absl::StatusOr<LineReader> reader =
      LineReader::Open(path, {.max_line_bytes = 1000});
  std::remove(path.c_str());
  ASSERT_TRUE(reader.ok());
  RecordBlock block;
  ASSERT_TRUE(reader->Next(block).value());
  EXPECT_EQ(block.records.at(0).problem, RecordProblem::kLineTooLong);
  EXPECT_LT(block.buffer.size(), 1'000'000u);
  EXPECT_GE(block.byte_count, 20'000'000u);
}

TEST(LineReader, GivesItsErrorAfterTheLines) {
  EXPECT_THAT(Lines("plain\n", {}, "x.gz"),
              ElementsAre("damaged gzip data: incorrect header check"));
}

}  // namespace
}  // namespace hypersigma::internal
