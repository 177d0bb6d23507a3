// Limits of what one rule costs on one event: what reaches them is undecided,
// listed and counted.

#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hypersigma/scanner.h"
#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

// No limit lets one rule hold up a stream. What is measured is some 20 times
// less; sanitizers and busy machines need room.
constexpr absl::Duration kLongest = absl::Seconds(20);

// Adds a failure unless the rule is undecided on the event, for this reason and
// in time.
void ExpectUndecided(const std::string& item, const std::string& json,
                     UndecidedReason reason) {
  const Engine engine = BuildEngine(ItemRule(item));
  auto scanner = Scanner::Create(engine);
  ASSERT_TRUE(scanner.ok()) << scanner.status();
  const absl::Time before = absl::Now();
  const auto result = scanner->ScanJson(json);
  EXPECT_LT(absl::Now() - before, kLongest) << item;
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->matches.empty()) << item;
  ASSERT_EQ(result->undecided.size(), 1) << item;
  EXPECT_EQ(result->undecided[0].rule, RuleId{0});
  EXPECT_EQ(result->undecided[0].field, "f");
  EXPECT_EQ(result->undecided[0].reason, reason);
}

TEST(RegexOnOneValue, PastALimitIsUndecided) {
  const std::string many = "{\"f\": \"" + Repeat("a", 5'000) + "!\"}";
  constexpr auto kReason = UndecidedReason::kRegexLimit;
  ExpectUndecided("f|re: '^(a+)+$'", many, kReason);
  ExpectUndecided("f|re: '^(a|aa)+\\1[bc]'", many, kReason);
  ExpectUndecided("f|re: '(x+x+)+[yz]'",
                  "{\"f\": \"" + Repeat("x", 5'000) + "\"}", kReason);
}

TEST(RegexOnOneValue, BelowThemIsDecided) {
  const Engine engine = BuildEngine(ItemRule("f|re: 'a+b$'"));
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + Repeat("a", 100) + "b\"}"),
            Verdict::kMatch);
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + Repeat("a", 100) + "c\"}"),
            Verdict::kNoMatch);
}

// The parts between the wildcards almost match at every place.
TEST(GlobSteps, PastTheLimitAreUndecided) {
  const std::string run = Repeat("a", 20'000) + "?" + Repeat("a", 20'000) + "b";
  ExpectUndecided(
      "f|contains: '" + run + "'",
      "{\"f\": \"" + Repeat("a", 60'000) + "b" + Repeat("a", 20'000) + "\"}",
      UndecidedReason::kWildcardLimit);
}

TEST(GlobSteps, BelowTheLimitAreDecided) {
  const Engine engine = BuildEngine(ItemRule("f|contains: 'aa?aab'"));
  const std::string many = Repeat("a", 100'000);
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + many + "b\"}"), Verdict::kMatch);
  EXPECT_EQ(ScanOne(engine, "{\"f\": \"" + many + "\"}"), Verdict::kNoMatch);
}

// Returns an array of `count` texts of 100 bytes that begin with `first`.
std::string Texts(const std::string& first, int count) {
  std::string texts;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(1'000'000 + i);
    texts +=
        (i == 0 ? "[\"" : ", \"") + first + number + Repeat("x", 92) + "\"";
  }
  return texts + "]";
}

TEST(FieldRefBytes, PastTheLimitAreUndecided) {
  ExpectUndecided(
      "f|fieldref: g",
      "{\"f\": " + Texts("a", 2'000) + ", \"g\": " + Texts("b", 2'000) + "}",
      UndecidedReason::kFieldRefLimit);
}

TEST(FieldRefBytes, BelowTheLimitAreDecided) {
  const Engine engine = BuildEngine(ItemRule("f|fieldref: g"));
  EXPECT_EQ(ScanOne(engine, "{\"f\": " + Texts("a", 100) +
                                ", \"g\": " + Texts("b", 100) + "}"),
            Verdict::kNoMatch);
  EXPECT_EQ(ScanOne(engine, "{\"f\": " + Texts("a", 100) +
                                ", \"g\": " + Texts("a", 100) + "}"),
            Verdict::kMatch);
}

// Another rule is not held up by one that is undecided.
TEST(Undecided, IsToldBesideTheMatches) {
  const Engine engine = BuildEngine(ItemRule("f|re: '^(a+)+$'") + "---\n" +
                                    ItemRule("f|startswith: aaa"));
  auto scanner = Scanner::Create(engine);
  ASSERT_TRUE(scanner.ok());
  const auto result =
      scanner->ScanJson("{\"f\": \"" + Repeat("a", 5'000) + "!\"}");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->undecided.size(), 1);
  EXPECT_EQ(result->undecided[0].rule, RuleId{0});
  ASSERT_EQ(result->matches.size(), 1);
  EXPECT_EQ(result->matches[0].rule, RuleId{1});
}

}  // namespace
}  // namespace hypersigma
