// Limits of rules: title, condition, number, filters, correlations.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kMaxConditionBytes;
using internal::kMaxConditionDepth;
using internal::kMaxConditionNames;
using internal::kMaxCorrelationDepth;
using internal::kMaxFilterNodes;
using internal::kMaxTitleCodePoints;
using ::testing::Contains;
using ::testing::ElementsAre;

std::string Titled(const std::string& title) {
  return "title: " + title + ItemRule("f: v").substr(8);
}

TEST(Title, PastTheLimitIsAStrictWarning) {
  EXPECT_THAT(LoadOutcomes(Titled(Repeat("\u00E9", kMaxTitleCodePoints))),
              ElementsAre("loaded"));
  const std::string long_title = Titled(Repeat("\u00E9", 257));
  EXPECT_THAT(LoadOutcomes(long_title),
              ElementsAre("loaded: title has 257 characters, expected at most "
                          "256; it is kept as it is"));
  EXPECT_THAT(LoadOutcomes(long_title, {.strict = true}),
              ElementsAre("refused: title has 257 characters, expected at most "
                          "256; it is kept as it is"));
}

std::string WithCondition(const std::string& condition) {
  return RuleText("  s: {f: v}\n  condition: '" + condition + "'\n");
}

TEST(ConditionBytes, AreLimited) {
  EXPECT_THAT(LoadOutcomes(WithCondition(
                  "s" + Repeat(" ", kMaxConditionBytes - 2) + " ")),
              ElementsAre("loaded"));
  EXPECT_THAT(
      LoadOutcomes(WithCondition(Repeat("s or ", 20'000) + "s")),
      ElementsAre("refused: condition has 100001 bytes, expected at most "
                  "65536"));
}

TEST(ConditionDepth, IsLimited) {
  const auto nested = [](int depth) {
    return WithCondition(Repeat("(", depth) + "s" + Repeat(")", depth));
  };
  EXPECT_THAT(LoadOutcomes(nested(kMaxConditionDepth - 1)),
              ElementsAre("loaded"));
  EXPECT_THAT(LoadOutcomes(nested(kMaxConditionDepth + 1)),
              ElementsAre("refused: condition is nested too deeply, expected "
                          "at most 64 levels"));
  EXPECT_THAT(LoadOutcomes(nested(30'000)),
              ElementsAre("refused: condition is nested too deeply, expected "
                          "at most 64 levels"));
  EXPECT_THAT(LoadOutcomes(WithCondition(Repeat("not ", 16'000) + "s")),
              ElementsAre("loaded"));
}

TEST(ConditionNames, AreLimited) {
  std::string selections;
  for (int i = 0; i < 2'000; ++i) {
    selections += "  s" + std::to_string(i) + ": {f: v}\n";
  }
  const std::size_t uses = kMaxConditionNames / 2'000 + 1;
  EXPECT_THAT(
      LoadOutcomes(RuleText(
          selections + "  condition: " + Repeat("1 of s7 or ", uses) + "s7\n")),
      ElementsAre("refused: condition has too many quantifiers over too many "
                  "selections"));
}

TEST(Rules, PastTheNumberAreRefusedOneByOne) {
  EXPECT_EQ(RuleSetOptions{}.max_rules, internal::kMaxRules);
  const std::string filter =
      "title: F\nlogsource: {product: x}\n"
      "filter: {rules: any, s: {g: w}, condition: not s}\n";
  const std::string rules = ItemRule("f: v") + "---\n" + filter + "---\n" +
                            ItemRule("f: [") + "---\n" + ItemRule("g: v") +
                            "---\n" + filter;
  RuleSetOptions options;
  options.max_rules = 2;
  const auto outcomes = LoadOutcomes(rules, options);
  ASSERT_EQ(outcomes.size(), 5);
  EXPECT_EQ(outcomes[0], "loaded");
  EXPECT_EQ(outcomes[1], "loaded");
  EXPECT_EQ(outcomes[3],
            "refused: there are too many rules, expected at most 2");
  EXPECT_EQ(outcomes[4], outcomes[3]);
}

// Each copy of the filter has some 1,000 parts.
TEST(FilterNodes, AreLimitedOverAllRules) {
  std::string values = "v0";
  for (int i = 1; i < 1'000; ++i) values += ", v" + std::to_string(i);
  const std::string filter =
      "title: F\nlogsource: {product: x}\n"
      "filter: {rules: any, s: {g: [" +
      values + "]}, condition: not s}\n---\n";
  const std::size_t count = kMaxFilterNodes / 1'000 + 10;
  const std::string rules = Repeat(ItemRule("f: v") + "---\n", count);
  const RuleSet set = RuleSet::FromYaml(rules + filter);
  EXPECT_EQ(set.rules().size(), count);
  EXPECT_TRUE(set.rules().front().filters.empty());
  EXPECT_THAT(Outcomes(set.report()),
              Contains("refused: filters copy too many nodes into rules, "
                       "expected at most 2000000; this one is applied to no "
                       "rule"));
  const RuleSet fewer =
      RuleSet::FromYaml(Repeat(ItemRule("f: v") + "---\n", 10) + filter);
  EXPECT_THAT(fewer.rules().front().filters, ElementsAre("F"));
}

std::string CorrelationChain(int length) {
  std::string text = "name: c0\n" + ItemRule("f: v");
  for (int i = 1; i <= length; ++i) {
    text += "---\ntitle: C\nname: c" + std::to_string(i) +
            "\ncorrelation: {type: event_count, rules: [c" +
            std::to_string(i - 1) +
            "], timespan: 1m, group-by: [u], condition: {gte: 2}}\n";
  }
  return text;
}

TEST(CorrelationDepth, IsLimited) {
  const RuleSet deep =
      RuleSet::FromYaml(CorrelationChain(kMaxCorrelationDepth));
  EXPECT_EQ(deep.report().Count(DocumentStatus::kRefused), 0);
  const RuleSet deeper = RuleSet::FromYaml(CorrelationChain(20'000));
  EXPECT_EQ(deeper.report().documents.at(kMaxCorrelationDepth).status,
            DocumentStatus::kDegraded);
  EXPECT_THAT(Outcomes(deeper.report()),
              Contains("refused: correlations are nested too deeply, expected "
                       "at most 64 levels"));
  EXPECT_EQ(deeper.report().Count(DocumentStatus::kRefused),
            20'000 - kMaxCorrelationDepth);
}

}  // namespace
}  // namespace hypersigma
