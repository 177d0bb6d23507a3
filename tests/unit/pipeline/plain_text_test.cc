#include "lib/pipeline/plain_text.h"

#include <gtest/gtest.h>

#include "tests/unit/rule/ast_text.h"

namespace hypersigma::internal {
namespace {

TEST(PlainText, ShowsWildcardsAndEscapesTheirCharacters) {
  EXPECT_EQ(PlainTextOf(SigmaString::Parse("a*b?c\\*d\\?e\\\\f\\g")),
            "a*b?c\\*d\\?e\\f\\g");
}

TEST(PlainText, KeepsWhatEachByteIs) {
  const PlainText plain(SigmaString::Parse("C:\\\\*x\\*y"));
  EXPECT_EQ(plain.text(), "C:\\*x\\*y");
  SigmaString all;
  plain.AppendTo(0, plain.text().size(), all);
  EXPECT_EQ(Show(all), "C:\\<*>x*y");
  SigmaString part;
  plain.AppendTo(3, 6, part);
  EXPECT_EQ(Show(part), "<*>x");
}

TEST(PlainText, KeepsTheDashesOfWindash) {
  SigmaString pattern;
  pattern.AppendAnyDash();
  pattern.AppendLiteral("x");
  const PlainText plain(pattern);
  EXPECT_EQ(plain.text(), "-x");
  SigmaString again;
  plain.AppendTo(0, 2, again);
  EXPECT_EQ(again, pattern);
}

TEST(AppendWithWildcards, TakesOnlyBackslashesBeforeWildcardsAsEscapes) {
  SigmaString pattern;
  AppendWithWildcards("a\\\\b*\\*\\?\\", pattern);
  EXPECT_EQ(Show(pattern), "a\\\\b<*>*?\\");
}

TEST(SigmaTextOf, IsWhatParseTakes) {
  for (const std::string_view text :
       {"", "a", "*", "a*b?", "\\*", "\\\\*", "\\\\\\*", "C:\\x\\\\*",
        "\\\\\\\\x", "a\\", "a\\\\", "\\\\\\?\\", "*\\*\\\\*"}) {
    const SigmaString pattern = SigmaString::Parse(text);
    EXPECT_EQ(SigmaString::Parse(SigmaTextOf(pattern)), pattern) << text;
  }
  EXPECT_EQ(SigmaTextOf(SigmaString::Parse("C:\\x\\\\*")), "C:\\x\\\\*");
  EXPECT_EQ(SigmaTextOf(SigmaString::Literal("\\\\")), "\\\\\\");
}

}  // namespace
}  // namespace hypersigma::internal
