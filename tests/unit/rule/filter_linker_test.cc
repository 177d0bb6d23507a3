#include "lib/rule/filter_linker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/base/limits.h"
#include "tests/unit/rule/ast_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string RuleText(const std::string& name, const std::string& condition,
                     const std::string& log_source = "product: p") {
  return "---\ntitle: " + name + "\nname: " + name + "\nlogsource: {" +
         log_source +
         "}\ndetection:\n  s: {a: 1}\n  t: {a: 2}\n  condition: " + condition +
         "\n";
}

std::string FilterText(const std::string& title, const std::string& rules,
                       const std::string& condition,
                       const std::string& log_source = "product: p") {
  return "---\ntitle: " + title + "\nlogsource: {" + log_source +
         "}\nfilter:\n  rules: " + rules +
         "\n  s: {b: 1}\n  x: {b: 2}\n  condition: " + condition + "\n";
}

// Returns a rule's conditions; selections of filters are in capitals.
std::vector<std::string> Conditions(const RuleSet& rules, std::size_t index) {
  const DetectionRule& rule = rules.detection_rules()[index];
  std::vector<std::string> names;
  for (const Selection& selection : rule.selections) {
    names.push_back(selection.name);
    if (selection.is_filter) names.back()[0] &= ~0x20;
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  std::vector<std::string> conditions;
  for (const Condition& condition : rule.conditions) {
    conditions.push_back(Show(condition, views));
  }
  return conditions;
}

TEST(FilterLinker, AddsSelectionsAndConditions) {
  const RuleSet rules = RuleSet::FromYaml(RuleText("r", "s or t") +
                                          FilterText("f", "any", "not s"));
  const DetectionRule& rule = rules.detection_rules()[0];
  ASSERT_THAT(rule.selections, SizeIs(4));
  EXPECT_FALSE(rule.selections[1].is_filter);
  EXPECT_TRUE(rule.selections[2].is_filter);
  EXPECT_EQ(rule.selections[2].name, "s");
  EXPECT_THAT(Conditions(rules, 0), ElementsAre("((s or t) and not (S))"));
  EXPECT_THAT(rules.rules()[0].filters, ElementsAre("f"));
}

TEST(FilterLinker, AddsToEveryCondition) {
  const RuleSet rules = RuleSet::FromYaml(RuleText("r", "[s, s and t]") +
                                          FilterText("f", "any", "s or x"));
  EXPECT_THAT(Conditions(rules, 0),
              ElementsAre("(s and (S or X))", "(s and t and (S or X))"));
}

TEST(FilterLinker, AddsAllFiltersOnOneLevel) {
  const RuleSet rules = RuleSet::FromYaml(RuleText("r", "1 of them") +
                                          FilterText("f", "any", "1 of them") +
                                          FilterText("g", "r", "[s, not x]"));
  EXPECT_THAT(Conditions(rules, 0),
              ElementsAre("(1 of [s t] and 1 of [S X] and (S or not (X)))"));
  EXPECT_THAT(rules.rules()[0].filters, ElementsAre("f", "g"));
}

TEST(FilterLinker, LeavesOtherRulesAlone) {
  const RuleSet rules = RuleSet::FromYaml(
      RuleText("r", "s") + RuleText("q", "t") + FilterText("f", "[q]", "x"));
  EXPECT_THAT(Conditions(rules, 0), ElementsAre("s"));
  EXPECT_THAT(rules.rules()[0].filters, IsEmpty());
  EXPECT_THAT(rules.detection_rules()[0].selections, SizeIs(2));
  EXPECT_THAT(Conditions(rules, 1), ElementsAre("(t and X)"));
}

TEST(FilterLinker, ComparesLogSources) {
  const auto applies = [](const std::string& rule, const std::string& filter) {
    const RuleSet rules = RuleSet::FromYaml(
        RuleText("r", "s", rule) + FilterText("f", "any", "x", filter));
    return !rules.rules()[0].filters.empty();
  };
  EXPECT_TRUE(applies("product: p", "product: p"));
  EXPECT_TRUE(applies("product: p", "product: P"));
  EXPECT_TRUE(applies("product: p, service: s", "product: p"));
  EXPECT_TRUE(applies("product: p, service: s", "service: s"));
  EXPECT_TRUE(applies("category: c, product: p, service: s",
                      "service: s, category: c, product: p"));
  EXPECT_FALSE(applies("product: p", "product: q"));
  EXPECT_FALSE(applies("product: p", "product: p, service: s"));
  EXPECT_FALSE(applies("product: p", "category: p"));
  EXPECT_FALSE(applies("product: p, service: s", "product: p, service: t"));
  EXPECT_FALSE(applies("product: \"\\u0130\"", "product: i"));
}

TEST(FilterLinker, WarnsWhenItAppliesToNoRule) {
  const RuleSet rules = RuleSet::FromYaml(
      RuleText("r", "s") + FilterText("f", "[r]", "x", "product: q"));
  EXPECT_EQ(rules.report().documents[1].status, DocumentStatus::kLoaded);
  EXPECT_EQ(rules.report().documents[1].kind, DocumentKind::kFilter);
  EXPECT_EQ(rules.report().documents[1].rule, std::nullopt);
  EXPECT_THAT(Problems(rules.report().documents[1].diagnostics),
              ElementsAre("12:1 warning: the filter applies to no rule: none "
                          "that it refers to is there with its log source"));
}

TEST(FilterLinker, GoesToTheRulesUnderACorrelation) {
  const std::string correlations =
      "---\ntitle: C\nname: c\ncorrelation: {type: temporal, rules: [d, r], "
      "timespan: 1h}\n---\ntitle: D\nname: d\ncorrelation: {type: temporal, "
      "rules: [q, r], timespan: 1h}\n";
  const RuleSet rules =
      RuleSet::FromYaml(correlations + RuleText("r", "s") + RuleText("q", "s") +
                        RuleText("p", "s") + FilterText("f", "c", "x"));
  EXPECT_THAT(rules.rules()[0].filters, ElementsAre("f"));
  EXPECT_THAT(rules.rules()[1].filters, ElementsAre("f"));
  EXPECT_THAT(rules.rules()[2].filters, IsEmpty());
}

// A thousand filters times a thousand rules: what is copied stays bounded, each
// filter is applied as a whole or refused.
TEST(FilterLinker, LimitsWhatItCopies) {
  constexpr std::size_t kCount = 1'000;
  std::string yaml;
  for (std::size_t i = 0; i < kCount; ++i) {
    yaml += RuleText("r" + std::to_string(i), "s");
    yaml += FilterText("f" + std::to_string(i), "any", "not 1 of them");
  }
  const RuleSet rules = RuleSet::FromYaml(yaml);
  const std::size_t refused = rules.report().Count(DocumentStatus::kRefused);
  EXPECT_GT(refused, 0u);
  EXPECT_LT(refused, kCount);
  for (const Rule& rule : rules.rules()) {
    EXPECT_EQ(rule.filters.size(), kCount - refused);
  }
  const Document& last = rules.report().documents.back();
  EXPECT_EQ(last.status, DocumentStatus::kRefused);
  ASSERT_THAT(last.diagnostics, SizeIs(1));
  EXPECT_THAT(last.diagnostics[0].message,
              HasSubstr("filters copy too many nodes into rules, expected at "
                        "most " +
                        std::to_string(kMaxFilterNodes)));
}

}  // namespace
}  // namespace hypersigma::internal
