// Hand-made expectations, from the tables of "semantics", 4 and 5.

#include "lib/reference/pattern.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/reference/text.h"

namespace hypersigma::reference {
namespace {

using ::testing::ElementsAre;

Pattern Plain(std::string_view text) { return DecodeUtf8(text); }

std::string Shown(const Pattern& pattern) {
  std::string shown;
  for (const char32_t element : pattern) {
    if (element == kAnyRun) {
      shown += "<*>";
    } else if (element == kAnyOne) {
      shown += "<?>";
    } else {
      shown += EncodeUtf8(Text(1, element));
    }
  }
  return shown;
}

std::string Unescaped(std::string_view source) {
  return Shown(ParsePattern(source, /*placeholders=*/false));
}

// Every row of the table in "semantics", 4.4.
TEST(ReferencePattern, Unescapes) {
  EXPECT_EQ(Unescaped(R"(\a)"), R"(\a)");
  EXPECT_EQ(Unescaped(R"(\\a)"), R"(\a)");
  EXPECT_EQ(Unescaped(R"(\\\a)"), R"(\\a)");
  EXPECT_EQ(Unescaped(R"(\\\\)"), R"(\\)");
  EXPECT_EQ(Unescaped(R"(\*)"), "*");
  EXPECT_EQ(Unescaped(R"(\?)"), "?");
  EXPECT_EQ(Unescaped(R"(C:\x\*)"), R"(C:\x*)");
  EXPECT_EQ(Unescaped(R"(C:\x\\*)"), R"(C:\x\<*>)");
  EXPECT_EQ(Unescaped(R"(\\*)"), R"(\<*>)");
  EXPECT_EQ(Unescaped(R"(\\\*)"), R"(\*)");
  EXPECT_EQ(Unescaped(R"(\\\\*)"), R"(\\<*>)");
  EXPECT_EQ(Unescaped(R"(\\\\\*)"), R"(\\*)");
  EXPECT_EQ(Unescaped(R"(a\)"), R"(a\)");
  EXPECT_EQ(Unescaped(R"(a\\)"), R"(a\)");
  EXPECT_EQ(Unescaped(R"(a\\\)"), R"(a\\)");
  EXPECT_EQ(Unescaped(R"(\n\.\%)"), R"(\n\.\%)");
}

TEST(ReferencePattern, MatchesTheWholeText) {
  const Pattern pattern = ParsePattern("a*b?c", false);
  EXPECT_TRUE(MatchesWhole(pattern, U"abxc"));
  EXPECT_TRUE(MatchesWhole(pattern, U"a\nbbb\nc"));
  EXPECT_FALSE(MatchesWhole(pattern, U"abc"));
  EXPECT_FALSE(MatchesWhole(pattern, U"abxcd"));
  EXPECT_TRUE(MatchesWhole(Pattern(), U""));
  EXPECT_FALSE(MatchesWhole(Pattern(), U"a"));
  EXPECT_TRUE(MatchesWhole(ParsePattern("*", false), U""));
}

TEST(ReferencePattern, ExpandsDashesBeforeWords) {
  EXPECT_EQ(MarkDashes(Plain("a-b")), Plain("a-b"));
  EXPECT_EQ(MarkDashes(Plain("- a")), Plain("- a"));
  const Pattern marked = MarkDashes(Plain("-a /b"));
  EXPECT_TRUE(MatchesWhole(marked, U"/a \u2015b"));
  EXPECT_FALSE(MatchesWhole(marked, U"/a +b"));
  EXPECT_EQ(ExpandDashes(marked)->size(), 25u);
  EXPECT_THAT(*ExpandDashes(MarkDashes(Plain("-a"))),
              ElementsAre(U"-a", U"/a", U"\u2013a", U"\u2014a", U"\u2015a"));
}

TEST(ReferencePattern, RefusesTooManyVariants) {
  const Pattern many(9, kAnyDash);
  EXPECT_EQ(ExpandDashes(many).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(MatchesWhole(many, U"---------"));
  const Placeholders values = {{"p", std::vector<std::string>(1'000, "x")}};
  EXPECT_EQ(
      ExpandPlaceholders(ParsePattern("%p%%p%", true), values).status().code(),
      absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(
      ExpandPlaceholders(ParsePattern("%q%", true), values).status().code(),
      absl::StatusCode::kNotFound);
}

TEST(ReferencePattern, EncodesBase64) {
  EXPECT_EQ(Shown(Base64("")), "");
  EXPECT_EQ(Shown(Base64("f")), "Zg==");
  EXPECT_EQ(Shown(Base64("fo")), "Zm8=");
  EXPECT_EQ(Shown(Base64("foobar")), "Zm9vYmFy");
  EXPECT_THAT(Base64Offset("foo"), ElementsAre(U"Zm9v", U"Zvb", U"mb2"));
  EXPECT_EQ(Utf16Le(U"A\U0001F600"), (Text{U'A', 0, 0x3D, 0xD8, 0x00, 0xDE}));
}

}  // namespace
}  // namespace hypersigma::reference
