#include "lib/base/source.h"

#include <gtest/gtest.h>

#include <string>

namespace hypersigma::internal {
namespace {

TEST(SourcePosition, CountsLinesAndCodePointsFromOne) {
  const Source source("a.yml", "ab\n\u00e4b\U0001F600c\r\n\nx");
  const auto at = [&source](std::uint32_t offset) {
    const Source::Position position = source.PositionOf(offset);
    return std::to_string(position.line) + ":" +
           std::to_string(position.column);
  };
  EXPECT_EQ(at(0), "1:1");
  EXPECT_EQ(at(2), "1:3");  // the line feed itself
  EXPECT_EQ(at(3), "2:1");
  EXPECT_EQ(at(4), "2:1");  // inside a code point
  EXPECT_EQ(at(5), "2:2");
  EXPECT_EQ(at(10), "2:4");  // c, after four bytes of one code point
  EXPECT_EQ(at(13), "3:1");
  EXPECT_EQ(at(14), "4:1");
  EXPECT_EQ(at(15), "4:2");
  EXPECT_EQ(at(1'000), "4:2");
}

TEST(SourcePosition, CountsInvalidBytesAsColumns) {
  const Source source("a.yml",
                      "\xff\xfe"
                      "a");
  EXPECT_EQ(source.PositionOf(2).column, 3u);
}

TEST(SourcePosition, TakesAnEmptyText) {
  const Source source("a.yml", "");
  EXPECT_EQ(source.PositionOf(0).line, 1u);
  EXPECT_EQ(source.PositionOf(0).column, 1u);
  EXPECT_EQ(source.Caret({0, 0}), "\n^");
}

TEST(SourceCaret, UnderlinesTheRange) {
  const Source source("a.yml", "one\nImage|contain: x\nthree");
  EXPECT_EQ(source.Caret({10, 17}),
            "Image|contain: x\n"
            "      ^~~~~~~");
  EXPECT_EQ(source.Caret({10, 10}),
            "Image|contain: x\n"
            "      ^");
  EXPECT_EQ(source.Caret({21, 22}),
            "three\n"
            "^");
}

TEST(SourceCaret, StaysInTheFirstLineOfALongerRange) {
  const Source source("a.yml", "ab cd\r\nef");
  EXPECT_EQ(source.Caret({3, 9}), "ab cd\n   ^~");
  EXPECT_EQ(source.Caret({5, 9}), "ab cd\n     ^");
  EXPECT_EQ(source.Caret({6, 9}), "ab cd\n     ^");
}

TEST(SourceCaret, ReplacesWhatWouldMoveTheCaret) {
  const Source source("a.yml",
                      "\ta\x1b\u202e\xff"
                      "b\u00e4c");
  EXPECT_EQ(source.Caret({7, 8}), " a   b\u00e4c\n     ^");
  EXPECT_EQ(source.Caret({8, 11}), " a   b\u00e4c\n      ^~");
}

TEST(SourceCaret, CutsLongLinesAroundTheRange) {
  const std::string text =
      std::string(300, 'a') + "XYZ" + std::string(300, 'b') + "\nshort";
  const Source source("a.yml", text);
  EXPECT_EQ(source.Caret({300, 303}), std::string(60, 'a') + "XYZ" +
                                          std::string(97, 'b') + "\n" +
                                          std::string(60, ' ') + "^~~");
  EXPECT_EQ(source.Caret({0, 2}), std::string(160, 'a') + "\n^~");
  EXPECT_EQ(source.Caret({603, 603}),
            std::string(160, 'b') + "\n" + std::string(160, ' ') + "^");
  EXPECT_EQ(source.Caret({602, 603}),
            std::string(160, 'b') + "\n" + std::string(159, ' ') + "^");
}

TEST(SourceCaret, CutsBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "\u00e4";
  text += "X";
  std::string shown;
  for (int i = 0; i < 159; ++i) shown += "\u00e4";
  EXPECT_EQ(Source("a.yml", text).Caret({400, 401}),
            shown + "X\n" + std::string(159, ' ') + "^");
}

TEST(SourceReport, FillsThePlace) {
  const Source source("dir/a.yml", "one\n  two");
  const Diagnostic diagnostic =
      source.Report(Severity::kError, {6, 9}, "unknown word");
  EXPECT_EQ(diagnostic.severity, Severity::kError);
  EXPECT_EQ(diagnostic.file, "dir/a.yml");
  EXPECT_EQ(diagnostic.line, 2u);
  EXPECT_EQ(diagnostic.column, 3u);
  EXPECT_EQ(diagnostic.message, "unknown word");
  EXPECT_EQ(diagnostic.caret, "  two\n  ^~~");
}

}  // namespace
}  // namespace hypersigma::internal
