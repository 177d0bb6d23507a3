#include "lib/engine/glob.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "lib/rule/windash.h"

namespace hypersigma::internal {
namespace {

bool Matches(std::string_view pattern, std::string_view text) {
  return GlobMatches(SigmaString::Parse(pattern).parts(), text).value();
}

TEST(GlobMatches, AnchorsBothEnds) {
  EXPECT_TRUE(Matches("a*c", "abc"));
  EXPECT_TRUE(Matches("a*c", "ac"));
  EXPECT_FALSE(Matches("a*c", "xabc"));
  EXPECT_FALSE(Matches("a*c", "abcx"));
}

TEST(GlobMatches, EndsMayNotOverlap) {
  EXPECT_FALSE(Matches("aba*aba", "ababa"));
  EXPECT_TRUE(Matches("aba*aba", "abaaba"));
}

TEST(GlobMatches, FindsMiddleRunsInOrder) {
  EXPECT_TRUE(Matches("*ab*cd*", "xxabyycdzz"));
  EXPECT_FALSE(Matches("*ab*cd*", "xxcdyyabzz"));
  EXPECT_TRUE(Matches("a*b*b", "abb"));
  EXPECT_FALSE(Matches("a*b*b", "ab"));
}

TEST(GlobMatches, QuestionMarkIsOneCodePoint) {
  EXPECT_TRUE(Matches("a?c", "aéc"));
  EXPECT_TRUE(Matches("a?c", "a\nc"));
  EXPECT_FALSE(Matches("a?c", "ac"));
  EXPECT_TRUE(Matches("*?é", "xyé"));
  EXPECT_FALSE(Matches("??", "é"));
  EXPECT_TRUE(Matches("*??", "éü"));
  EXPECT_FALSE(Matches("*???", "éü"));
}

TEST(GlobMatches, InvalidByteIsOneCharacter) {
  EXPECT_TRUE(Matches("a?b",
                      "a\xFF"
                      "b"));
  EXPECT_TRUE(Matches("a??b",
                      "a\xC3\xFF"
                      "b"));
  EXPECT_FALSE(Matches("a?b",
                       "a\xE2\x82"
                       "b"));
  EXPECT_TRUE(Matches("a*?\?b",
                      "a\xE2\x82"
                      "b"));
}

TEST(GlobMatches, RunWithQuestionMarksMovesOn) {
  EXPECT_TRUE(Matches("*a?c*", "aab abc"));
  EXPECT_TRUE(Matches("*?a?c*", "xaab abc"));
  EXPECT_FALSE(Matches("*a?c*", "aab acb"));
}

TEST(GlobMatches, AnyDashIsEachOfTheDashes) {
  SigmaString pattern;
  pattern.AppendAnyRun();
  pattern.AppendAnyDash();
  pattern.AppendLiteral("enc");
  for (std::string_view dash : kDashes) {
    EXPECT_EQ(GlobMatches(pattern.parts(), std::string(dash) + "enc"), true);
  }
  EXPECT_EQ(GlobMatches(pattern.parts(), "_enc"), false);
  EXPECT_EQ(GlobMatches(pattern.parts(), "enc"), false);
}

TEST(GlobMatches, LongTextWithManyStars) {
  const std::string text(100'000, 'a');
  EXPECT_FALSE(Matches("*a*a*a*a*a*a*a*a*a*a*b", text));
  EXPECT_TRUE(Matches("*a*a*a*a*a*a*a*a*a*a*", text));
}

TEST(GlobMatches, GivesUpWhereEveryPlaceAlmostMatches) {
  const std::string text(1 << 20, 'a');
  const std::string run = std::string(200, 'a') + "?b";
  EXPECT_EQ(GlobMatches(SigmaString::Parse("*" + run + "*").parts(), text),
            std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
