#include "lib/rule/yaml_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> pieces;
  for (const SourceRange piece : SplitYamlStream(text)) {
    pieces.emplace_back(text.substr(piece.begin, piece.end - piece.begin));
  }
  return pieces;
}

TEST(SplitYamlStream, CutsBeforeMarkers) {
  EXPECT_THAT(Split(""), IsEmpty());
  EXPECT_THAT(Split("a"), ElementsAre("a"));
  EXPECT_THAT(Split("a\n---\nb\n--- c\n---"),
              ElementsAre("a\n", "---\nb\n", "--- c\n", "---"));
  EXPECT_THAT(Split("a\r\n---\r\nb"), ElementsAre("a\r\n", "---\r\nb"));
}

TEST(SplitYamlStream, TakesOnlyMarkersThatStandAlone) {
  EXPECT_THAT(Split("---a\n ---\n----\n"), ElementsAre("---a\n ---\n----\n"));
}

TEST(SplitYamlStream, KeepsDirectivesWithTheirDocument) {
  EXPECT_THAT(
      Split("%YAML 1.2\n---\na\n...\n# c\n%TAG ! x\n%A\n---\nb\n"),
      ElementsAre("%YAML 1.2\n---\na\n...\n", "# c\n%TAG ! x\n%A\n---\nb\n"));
  EXPECT_THAT(Split("# c\n\n---\na\n"), ElementsAre("# c\n\n---\na\n"));
  EXPECT_THAT(Split("---\na: |\n%b\n---\nc"),
              ElementsAre("---\na: |\n%b\n", "---\nc"));
}

TEST(SplitYamlStream, CutsAfterEndMarkers) {
  EXPECT_THAT(Split("a\n...\nb\n...\n"), ElementsAre("a\n...\n", "b\n...\n"));
}

TEST(SplitYamlStream, LeavesOutByteOrderMarksBetweenDocuments) {
  EXPECT_THAT(Split("\xEF\xBB\xBF"
                    "a\n\xEF\xBB\xBF---\nb\n"),
              ElementsAre("a\n", "---\nb\n"));
  EXPECT_THAT(Split("\xEF\xBB\xBF"), IsEmpty());
}

TEST(CodePointOffsets, AreBytesOfAscii) {
  const CodePointOffsets offsets("abc");
  EXPECT_EQ(offsets.ByteOffset(2), 2u);
  EXPECT_EQ(offsets.ByteOffset(3), 3u);
  EXPECT_EQ(offsets.ByteOffset(9), 3u);
}

TEST(CodePointOffsets, CountBytesOfEveryLength) {
  std::string text;
  std::vector<std::uint32_t> expected;
  for (int i = 0; i < 100; ++i) {
    for (const std::string_view c : {"a", "\u00e4", "\u20ac", "\U0001F600"}) {
      expected.push_back(static_cast<std::uint32_t>(text.size()));
      text += c;
    }
  }
  const CodePointOffsets offsets(text);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_EQ(offsets.ByteOffset(i), expected[i]) << i;
  }
  EXPECT_EQ(offsets.ByteOffset(expected.size()), text.size());
  EXPECT_EQ(offsets.ByteOffset(100'000), text.size());
}

}  // namespace
}  // namespace hypersigma::internal
