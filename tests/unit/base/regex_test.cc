#include "lib/base/regex.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

class RegexTest : public testing::Test {
 protected:
  RegexVerdict Search(std::string_view pattern, std::string_view text,
                      RegexFlags flags = {}, bool use_jit = true) {
    auto compiled = Regex::Compile(pattern, flags, use_jit);
    const Regex* regex = std::get_if<Regex>(&compiled);
    if (regex == nullptr) {
      ADD_FAILURE() << pattern << ": "
                    << std::get<RegexError>(compiled).message;
      return RegexVerdict::kUndecided;
    }
    return regex->Search(text, scratch_);
  }
  bool Matches(std::string_view pattern, std::string_view text,
               RegexFlags flags = {}) {
    const RegexVerdict verdict = Search(pattern, text, flags);
    EXPECT_NE(verdict, RegexVerdict::kUndecided) << pattern;
    EXPECT_EQ(Search(pattern, text, flags, /*use_jit=*/false), verdict)
        << pattern;
    return verdict == RegexVerdict::kMatch;
  }

  RegexScratch scratch_ = *RegexScratch::Create();
};

RegexError ErrorOf(std::string_view pattern) {
  auto compiled = Regex::Compile(pattern);
  const RegexError* error = std::get_if<RegexError>(&compiled);
  return error == nullptr ? RegexError{0, "compiled"} : *error;
}

TEST_F(RegexTest, SearchesUnanchored) {
  EXPECT_TRUE(Matches("b+c", "aabbcc"));
  EXPECT_FALSE(Matches("^b+c", "aabbcc"));
  EXPECT_FALSE(Matches("x", "aabbcc"));
  EXPECT_TRUE(Matches("", ""));
  EXPECT_TRUE(Matches("", std::string_view()));
  EXPECT_FALSE(Matches(".", std::string_view()));
}

TEST_F(RegexTest, IsCaseSensitiveUnlessToldOtherwise) {
  EXPECT_FALSE(Matches("abc", "ABC"));
  EXPECT_TRUE(Matches("abc", "ABC", {.caseless = true}));
  EXPECT_TRUE(Matches("(?i)abc", "ABC"));
  EXPECT_TRUE(Matches("\u00e4", "\u00c4", {.caseless = true}));
  EXPECT_TRUE(Matches("k", "\u212a", {.caseless = true}));
}

TEST_F(RegexTest, ObeysMultilineAndDotAll) {
  EXPECT_FALSE(Matches("^b$", "a\nb\nc"));
  EXPECT_TRUE(Matches("^b$", "a\nb\nc", {.multiline = true}));
  EXPECT_FALSE(Matches("^b$", "a\rb\rc", {.multiline = true}));
  EXPECT_FALSE(Matches("a.b", "a\nb"));
  EXPECT_TRUE(Matches("a.b", "a\rb"));
  EXPECT_TRUE(Matches("a.b", "a\nb", {.dot_all = true}));
}

TEST_F(RegexTest, CountsCodePointsAndKnowsUnicodeClasses) {
  EXPECT_TRUE(Matches("^.$", "\U0001F600"));
  EXPECT_TRUE(Matches("^\\w+$", "\u00e4\u4e2d"));
  EXPECT_TRUE(Matches("\\d", "\u0663"));
  EXPECT_TRUE(Matches("\\p{Cyrillic}", "\u0436"));
}

TEST_F(RegexTest, MatchesAroundInvalidBytes) {
  EXPECT_TRUE(Matches("abc",
                      "\xff\xfe"
                      "abc\xff"));
  EXPECT_TRUE(Matches("abc$",
                      "\xc3"
                      "abc"));
  EXPECT_FALSE(Matches("a.c",
                       "a\xff"
                       "c"));
  EXPECT_FALSE(Matches("a\\x{ff}c",
                       "a\xff"
                       "c"));
  EXPECT_FALSE(Matches("a[^x]c",
                       "a\xff"
                       "c",
                       {.dot_all = true}));
  EXPECT_TRUE(Matches("\u00e4", "\xc3\u00e4\xa4"));
  EXPECT_FALSE(Matches(".", "\xff\xed\xa0\x80\xc0\x80"));
  EXPECT_TRUE(Matches("(?<=a)b",
                      "\xff"
                      "ab"));
  EXPECT_FALSE(Matches("(?<=a)b",
                       "a\xff"
                       "b"));
}

TEST_F(RegexTest, TakesNulAndControlsAsCharacters) {
  EXPECT_TRUE(Matches("a\\x00b", std::string_view("a\0b", 3)));
  const std::string_view with_nul("a\0b", 3);
  EXPECT_TRUE(Matches(with_nul, with_nul));
}

TEST_F(RegexTest, FindsMoreGroupsThanItKeeps) {
  EXPECT_TRUE(Matches("(a)(b)(c)(d)(e)\\5", "abcdee"));
}

TEST_F(RegexTest, ReportsErrorsWithTheirPlace) {
  EXPECT_EQ(ErrorOf("ab(cd").offset, 5u);
  EXPECT_EQ(ErrorOf("ab(cd").message, "missing closing parenthesis");
  EXPECT_EQ(ErrorOf("ab[cd").message,
            "missing terminating ] for character class");
  EXPECT_EQ(ErrorOf("a**b").offset, 2u);
  EXPECT_EQ(ErrorOf("a**b").message,
            "quantifier does not follow a repeatable item");
  EXPECT_NE(ErrorOf("a\\Cb").message, "compiled");
  EXPECT_NE(ErrorOf("(?<=a+)b").message, "compiled");
  EXPECT_NE(ErrorOf("a\xff").message, "compiled");
}

TEST_F(RegexTest, RefusesLeadingVerbsAndLongPatterns) {
  for (std::string_view pattern :
       {"(*UTF)a", "(*LIMIT_MATCH=4000000000)a", "(*NO_JIT)a", "(*CRLF)a"}) {
    EXPECT_EQ(ErrorOf(pattern).message,
              "verbs such as (*UTF) are not allowed at the beginning");
  }
  const std::string longest =
      "a(?#" + std::string(kMaxRegexBytes - 5, ' ') + ")";
  EXPECT_EQ(ErrorOf(longest).message, "compiled");
  EXPECT_EQ(ErrorOf(longest + "a").message, "longer than 65536 bytes");
  EXPECT_EQ(ErrorOf(longest + "a").offset, kMaxRegexBytes);
}

TEST_F(RegexTest, LeavesCatastrophicSearchesUndecided) {
  const std::string text = std::string(5'000, 'a') + "b";
  EXPECT_EQ(Search("(a+)+$", text), RegexVerdict::kUndecided);
  EXPECT_EQ(Search("^(\\w+\\s?)*$", std::string(40, 'a') + "!"),
            RegexVerdict::kUndecided);
  EXPECT_EQ(Search("^(?:a|a)*\\d", std::string(64, 'a')),
            RegexVerdict::kUndecided);
}

// Each place of the text by itself is cheap; all of them together are not.
TEST_F(RegexTest, CountsTheStepsOfTheWholeSearch) {
  EXPECT_EQ(Search("(?:a|b)+\\d", std::string(8'192, 'a')),
            RegexVerdict::kUndecided);
  EXPECT_EQ(Search("\\w+\\d", std::string(1 << 20, 'a')),
            RegexVerdict::kUndecided);
}

TEST_F(RegexTest, DecidesOrdinarySearchesOfLongTexts) {
  std::string text = "powershell -nop ";
  for (int i = 0; i < 50'000; ++i) text += "word_" + std::to_string(i) + " ";
  EXPECT_EQ(Search("powershell.*-enc", text), RegexVerdict::kNoMatch);
  EXPECT_EQ(Search("word_49999\\s$", text), RegexVerdict::kMatch);
  EXPECT_EQ(Search("(?i)[a-z]+_49999", text), RegexVerdict::kMatch);
}

TEST_F(RegexTest, FindsWhatBeginsBehindAnInvalidByte) {
  EXPECT_TRUE(Matches(".*$",
                      "\xff"
                      "a"));
  EXPECT_TRUE(Matches(".*b",
                      "\xff"
                      "ab"));
  EXPECT_TRUE(Matches(".*b",
                      "\xff"
                      "ab",
                      {.dot_all = true}));
  EXPECT_FALSE(Matches("\\w{2}",
                       "\xff"
                       "ab",
                       {.at_start = true}));
}

TEST_F(RegexTest, EndsWithTheTextNotBeforeAnInvalidByte) {
  EXPECT_FALSE(Matches("x", "x\xff", {.at_end = true}));
  EXPECT_TRUE(Matches("x", "x\xffx", {.at_end = true}));
  EXPECT_FALSE(Matches("^(a)\\1k|\\S+x", std::string_view("\0x\xff", 3),
                       {.at_end = true}));
  EXPECT_TRUE(Matches("a|ab", "ab", {.at_start = true, .at_end = true}));
  EXPECT_FALSE(Matches("a", "a\xff\x61", {.at_start = true, .at_end = true}));
}

TEST_F(RegexTest, EndsBehindAnInvalidByte) {
  for (const std::string_view pattern : {"$", "x*$", ".*$", "(?<!a)$", "\\z"}) {
    EXPECT_TRUE(Matches(pattern, "ab\xff")) << pattern;
    EXPECT_TRUE(Matches(pattern, "\xff")) << pattern;
    EXPECT_TRUE(Matches(pattern, "ab\xc3\xff")) << pattern;
    EXPECT_TRUE(Matches(pattern, "ab\xff", {.at_end = true})) << pattern;
  }
  for (const std::string_view pattern : {"b$", "^$", "^b*$", "(?<=b)$"}) {
    EXPECT_FALSE(Matches(pattern, "b\xff")) << pattern;
  }
  EXPECT_FALSE(Matches("", "\xff", {.at_start = true, .at_end = true}));
}

TEST_F(RegexTest, LeavesSearchesBeyondTheStackUndecided) {
  EXPECT_EQ(Search("^(\\((?1)*\\d)", std::string(200'000, '(')),
            RegexVerdict::kUndecided);
  EXPECT_EQ(Search("^(?:(a)|b)*$", std::string(2'000'000, 'a')),
            RegexVerdict::kUndecided);
}

TEST_F(RegexTest, UsesOneScratchForManyPatternsAfterALimit) {
  EXPECT_EQ(Search("(a+)+$", std::string(5'000, 'a') + "b"),
            RegexVerdict::kUndecided);
  EXPECT_TRUE(Matches("a+b$", std::string(5'000, 'a') + "b"));
}

TEST_F(RegexTest, MovesWithItsPattern) {
  auto compiled = Regex::Compile("b+");
  Regex moved = std::get<Regex>(std::move(compiled));
  RegexScratch scratch = std::move(scratch_);
  EXPECT_EQ(moved.Search("abc", scratch), RegexVerdict::kMatch);
  EXPECT_EQ(moved.Search("ac", scratch), RegexVerdict::kNoMatch);
}

// Returns the spans of all matches, each as `begin-end`, its groups after it.
std::string AllMatches(std::string_view pattern, std::string_view text,
                       RegexScratch& scratch) {
  const auto compiled = Regex::Compile(pattern);
  std::vector<std::vector<RegexSpan>> matches;
  const RegexVerdict verdict =
      std::get<Regex>(compiled).FindAll(text, scratch, matches);
  if (verdict == RegexVerdict::kUndecided) return "undecided";
  EXPECT_EQ(verdict == RegexVerdict::kMatch, !matches.empty());
  std::string shown;
  for (const std::vector<RegexSpan>& groups : matches) {
    if (!shown.empty()) shown += " ";
    for (std::size_t i = 0; i < groups.size(); ++i) {
      shown += i == 0 ? "" : ",";
      shown += groups[i].begin == std::string::npos
                   ? "none"
                   : std::to_string(groups[i].begin) + "-" +
                         std::to_string(groups[i].end);
    }
  }
  return shown;
}

TEST_F(RegexTest, FindsAllMatchesWithTheirGroups) {
  EXPECT_EQ(AllMatches("(a)|b", "xaby", scratch_), "1-2,1-2 2-3,none");
  EXPECT_EQ(AllMatches("a", "xyz", scratch_), "");
}

TEST_F(RegexTest, FindsEmptyMatchesAsPythonDoes) {
  EXPECT_EQ(AllMatches("x*", "abxd", scratch_), "0-0 1-1 2-3 3-3 4-4");
  EXPECT_EQ(AllMatches("(?=[A-Z])", "aBcD", scratch_), "1-1 3-3");
  EXPECT_EQ(AllMatches("", "\u00e4", scratch_), "0-0 2-2");
}

TEST_F(RegexTest, LimitsTheStepsAndSpansOfAllMatches) {
  EXPECT_EQ(AllMatches("(a+)+$", std::string(5'000, 'a') + "b", scratch_),
            "undecided");
  EXPECT_GT(scratch_.steps_taken(), 900'000);
  std::string groups;
  for (int i = 0; i < 1'000; ++i) groups += "()";
  EXPECT_EQ(AllMatches(groups + "a", std::string(2'000, 'a'), scratch_),
            "undecided");
}

TEST_F(RegexTest, KnowsThePlaceOfTheLastMatch) {
  const auto compiled = Regex::Compile("b+(c)");
  const Regex& regex = std::get<Regex>(compiled);
  ASSERT_EQ(regex.Search("\u00e4bbbcx", scratch_), RegexVerdict::kMatch);
  EXPECT_EQ(scratch_.last_match(), (RegexSpan{2, 6}));
}

TEST_F(RegexTest, KnowsItsGroups) {
  const auto compiled = Regex::Compile("(a)(?P<name>b)");
  const Regex& regex = std::get<Regex>(compiled);
  EXPECT_EQ(regex.group_count(), 2);
  EXPECT_EQ(regex.FindGroup("name"), 2);
  EXPECT_EQ(regex.FindGroup("other"), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
