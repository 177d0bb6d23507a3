// Limits of what values stand for, and of what is given to the libraries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kMaxExpansions;
using internal::kMaxLiteralBytes;
using internal::kMaxLiteralTailRun;
using internal::kMaxRegexBytes;
using internal::kMaxRulePatternBytes;
using internal::kMaxRulePatterns;
using internal::kMaxWindashBytes;
using internal::kMaxWindashVariants;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

RuleSetOptions WithPlaceholder(std::size_t count) {
  RuleSetOptions options;
  for (std::size_t i = 0; i < count; ++i) {
    options.placeholders["p"].push_back("v" + std::to_string(i));
  }
  return options;
}

TEST(Expansions, OfOneValueAreLimited) {
  EXPECT_THAT(LoadOutcomes(ItemRule("f|expand: '%p%'"),
                           WithPlaceholder(kMaxExpansions)),
              ElementsAre("loaded"));
  const std::string message =
      "refused: this value stands for more than 10000 patterns, or for too "
      "many bytes of them, expected fewer placeholders, dashes or encodings";
  EXPECT_THAT(LoadOutcomes(ItemRule("f|expand: '%p%'"),
                           WithPlaceholder(kMaxExpansions + 1)),
              ElementsAre(message));
  EXPECT_THAT(
      LoadOutcomes(ItemRule("f|expand: '%p%%p%%p%%p%%p%%p%%p%%p%%p%%p%'"),
                   WithPlaceholder(100)),
      ElementsAre(message));
}

std::string ManyValues(const std::string& item, std::size_t count) {
  std::string values;
  for (std::size_t i = 0; i < count; ++i) {
    values += "      - '%p% " + std::to_string(i) + "'\n";
  }
  return ItemRule(item + ":\n" + values);
}

TEST(RulePatterns, OfAllValuesAreLimitedByNumber) {
  const std::size_t fitting = kMaxRulePatterns / 10'000;
  EXPECT_THAT(
      LoadOutcomes(ManyValues("f|expand", fitting), WithPlaceholder(10'000)),
      ElementsAre("loaded"));
  EXPECT_THAT(LoadOutcomes(ManyValues("f|expand", fitting + 1),
                           WithPlaceholder(10'000)),
              ElementsAre("refused: the values of this rule stand for too many "
                          "patterns from here on, expected at most 200000 of "
                          "at most 67108864 bytes"));
}

TEST(RulePatternBytes, OfOneValueAndOfAllAreLimited) {
  const std::size_t length = kMaxRulePatternBytes / 10'000;
  EXPECT_THAT(
      LoadOutcomes(ItemRule("f|expand: '%p%" + Repeat("x", length) + "'"),
                   WithPlaceholder(10'000)),
      ElementsAre(HasSubstr("refused: this value stands for more than "
                            "10000 patterns, or for too many bytes")));
  // One value takes at most kMaxYamlBytes; what it may take is what the rule
  // has left.
  constexpr std::size_t kEach = 1'500;
  std::string values;
  for (std::size_t i = 0; i <= kMaxRulePatternBytes / (kEach * 10'000); ++i) {
    values += "'%p%" + Repeat("x", kEach) + "', ";
  }
  EXPECT_THAT(
      LoadOutcomes(ItemRule("f|expand: [" + values + "]"),
                   WithPlaceholder(10'000)),
      ElementsAre("refused: this value stands for more than 10000 patterns, "
                  "or for too many bytes of them, expected fewer "
                  "placeholders, dashes or encodings"));
}

// Past these a value is confirmed by one pattern; it matches the same.
TEST(Windash, ManyDashesMatchAllTheSame) {
  const std::size_t dashes = 40;  // 5^40 variants
  ASSERT_GT(dashes * 5, kMaxWindashVariants);
  const Engine engine =
      BuildEngine(ItemRule("f|windash: '" + Repeat("-a ", dashes) + "'"));
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + Repeat("/a ", dashes) + "\"}"),
            Verdict::kMatch);
  EXPECT_EQ(
      ScanOne(engine, "{\"f\": \"" + Repeat("/a ", dashes - 1) + "+a \"}"),
      Verdict::kNoMatch);
}

TEST(Windash, LongValuesMatchAllTheSame) {
  const std::string tail = Repeat("x", kMaxWindashBytes);
  const Engine engine = BuildEngine(ItemRule("f|windash: '-a " + tail + "'"));
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"/a " + tail + "\"}"), Verdict::kMatch);
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"/a " + tail + "y\"}"),
            Verdict::kNoMatch);
}

// Returns `size` bytes in which no piece is like another.
std::string Varied(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) {
    text += std::to_string(i) + "q";
  }
  text.resize(size);
  return text;
}

TEST(LiteralBytes, LongerValuesMatchAllTheSame) {
  for (const std::size_t size :
       {kMaxLiteralBytes, kMaxLiteralBytes + 1, std::size_t{15'999},
        std::size_t{16'000}, std::size_t{16'001}, std::size_t{1'000'000}}) {
    std::string text = Varied(size);
    for (const char* modifier : {"|contains", "|startswith", "|endswith", ""}) {
      const Engine engine =
          BuildEngine(ItemRule(std::string("f") + modifier + ": " + text));
      EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + text + "\"}"), Verdict::kMatch)
          << size << modifier;
      for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        std::string other = text;
        other[at] = '+';
        EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + other + "\"}"),
                  Verdict::kNoMatch)
            << size << modifier << " differs at " << at;
      }
    }
  }
}

TEST(LiteralTailRun, LongerRunsMatchAllTheSame) {
  for (const std::size_t run : {kMaxLiteralTailRun, kMaxLiteralTailRun + 1,
                                std::size_t{400}, std::size_t{5'000}}) {
    const Engine engine =
        BuildEngine(ItemRule("f|contains: 'b" + Repeat("a", run) + "'"));
    const auto scan = [&](const std::string& text) {
      return ScanOne(engine, "{\"f\": \"" + text + "\"}");
    };
    EXPECT_EQ(scan("xb" + Repeat("a", run) + "x"), Verdict::kMatch) << run;
    EXPECT_EQ(scan("b" + Repeat("a", run - 1) + "b"), Verdict::kNoMatch) << run;
    EXPECT_EQ(scan(Repeat("a", run + 1)), Verdict::kNoMatch) << run;
  }
}

TEST(RegexBytes, AreLimited) {
  EXPECT_THAT(LoadOutcomes(ItemRule("f|re: '" + Repeat("x", 2'000) + "'")),
              ElementsAre("loaded"));
  EXPECT_THAT(
      LoadOutcomes(ItemRule("f|re: '" + Repeat("x", kMaxRegexBytes + 1) + "'")),
      ElementsAre(HasSubstr("longer than 65536 bytes")));
}

// What PCRE2 itself does not take is refused, too.
TEST(RegexNesting, IsLimited) {
  EXPECT_THAT(LoadOutcomes(ItemRule("f|re: '" + Repeat("(", 1'000) + "x" +
                                    Repeat(")", 1'000) + "'")),
              ElementsAre(HasSubstr("refused: invalid regular expression: ")));
}

}  // namespace
}  // namespace hypersigma
