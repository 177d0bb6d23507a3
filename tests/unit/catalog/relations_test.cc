#include "lib/catalog/relations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hypersigma/catalog.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kWindows = "{product: windows}";

std::string RuleText(std::string_view detection,
                     std::string_view log_source = kWindows) {
  return "title: T\nlogsource: " + std::string(log_source) +
         "\ndetection: " + std::string(detection) + "\n---\n";
}

Catalog CatalogOf(const std::string& yaml, const CatalogOptions& options = {}) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kRefused), 0U);
  return *Catalog::Build(rules, options);
}

constexpr std::string_view kAny = "{a: {X|contains: cmd}, condition: a}";
constexpr std::string_view kEnd = "{a: {X|endswith: \\cmd.exe}, condition: a}";

TEST(Relations, LiteralsContainEachOther) {
  const Catalog catalog = CatalogOf(RuleText(kAny) + RuleText(kEnd));
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{1}, RuleId{0}}));
  EXPECT_THAT(catalog.equal_rules(), IsEmpty());
  EXPECT_THAT(catalog.not_decided(), IsEmpty());
}

TEST(Relations, EqualRulesAreWrittenInManyWays) {
  const Catalog catalog = CatalogOf(
      RuleText("{a: {X|contains: [a, b]}, b: {Y: c}, condition: a and b}") +
      RuleText("{s: [{Y: C, X|contains: B}, {Y: c, X|contains: A}], "
               "condition: s}") +
      RuleText("{a: {X|contains: a}, b: {X|contains: b}, c: {Y: d}, "
               "condition: c and (a or b)}") +
      RuleText("{s: {Y|neq: c}, t: {X|contains: [a, b]}, "
               "condition: t and not s}"));
  EXPECT_THAT(catalog.equal_rules(),
              ElementsAre(ElementsAre(RuleId{0}, RuleId{1}, RuleId{3})));
  EXPECT_THAT(catalog.implied_rules(), IsEmpty());
}

TEST(Relations, AFilterNarrows) {
  const Catalog catalog = CatalogOf(
      RuleText(kAny) +
      RuleText("{a: {X|contains: cmd}, f: {Y: 1}, condition: a and not f}"));
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{1}, RuleId{0}}));
}

TEST(Relations, AFilterOfAnotherDocumentCounts) {
  const std::string id = "11111111-2222-3333-4444-555555555555";
  const Catalog catalog =
      CatalogOf("id: " + id + "\n" + RuleText(kAny) + RuleText(kAny) +
                "title: F\nlogsource: {product: windows}\nfilter:\n  rules: [" +
                id + "]\n  f: {Y: 1}\n  condition: not f\n");
  EXPECT_THAT(catalog.equal_rules(), IsEmpty());
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{0}, RuleId{1}}));
}

TEST(Relations, HeedTheLogSource) {
  const std::string_view process =
      "{product: Windows, category: process_creation}";
  const Catalog catalog =
      CatalogOf(RuleText(kEnd, "{product: linux}") + RuleText(kAny) +
                RuleText(kAny, process) + RuleText(kEnd, process));
  EXPECT_THAT(catalog.equal_rules(), IsEmpty());
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{2}, RuleId{1}},
                          Implication{RuleId{3}, RuleId{1}},
                          Implication{RuleId{3}, RuleId{2}}));
}

// One rule is past the limit of tests.
TEST(Relations, LeaveOutRulesThatAreNotCompiled) {
  std::string selections;
  for (int i = 0; i < 700; ++i) {
    selections +=
        "s" + std::to_string(i) + ": {X: " + std::to_string(i) + "}, ";
  }
  const Catalog catalog = CatalogOf(
      RuleText(kAny) + RuleText("{" + selections + "condition: 350 of them}") +
      RuleText(kEnd));
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{2}, RuleId{0}}));
}

TEST(Relations, DenialsImplyOneAnotherTheOtherWayRound) {
  const Catalog catalog =
      CatalogOf(RuleText("{a: {X|contains: cmd}, condition: not a}") +
                RuleText("{a: {X|endswith: \\cmd.exe}, condition: not a}"));
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{0}, RuleId{1}}));
}

// That two values exclude each other is not so in an array.
TEST(Relations, ValuesExcludeNothing) {
  const Catalog catalog =
      CatalogOf(RuleText("{a: {X: a}, condition: a}") +
                RuleText("{a: {X: a}, b: {X: b}, condition: a and not b}"));
  EXPECT_THAT(catalog.equal_rules(), IsEmpty());
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{1}, RuleId{0}}));
}

TEST(Relations, RegularExpressionsAreNotDecided) {
  const Catalog catalog = CatalogOf(
      RuleText(kAny) + RuleText("{a: {X|contains: cmd}, f: {X|re: 'zz+'}, "
                                "condition: a and not f}"));
  EXPECT_THAT(catalog.implied_rules(),
              ElementsAre(Implication{RuleId{1}, RuleId{0}}));
  EXPECT_THAT(catalog.not_decided(),
              ElementsAre(Implication{RuleId{0}, RuleId{1}}));
}

// Nothing is known of how a literal stands to a regular expression; but made-up
// events may speak against it.
TEST(Relations, EventsAreAskedOfRegularExpressions) {
  const Catalog catalog = CatalogOf(
      RuleText(kEnd) + RuleText("{a: {X|re: 'cmd\\.[a-z]+$'}, condition: a}") +
      RuleText("{a: {X|re: 'powershell'}, condition: a}"));
  EXPECT_THAT(catalog.implied_rules(), IsEmpty());
  EXPECT_THAT(catalog.not_decided(),
              ElementsAre(Implication{RuleId{0}, RuleId{1}}));
}

TEST(Relations, WithoutStepsNothingIsClaimed) {
  const std::string yaml = RuleText(kAny) + RuleText(kEnd);
  const Catalog pair = CatalogOf(yaml, {.max_pair_steps = 1});
  EXPECT_THAT(pair.implied_rules(), IsEmpty());
  EXPECT_THAT(pair.not_decided(),
              ElementsAre(Implication{RuleId{1}, RuleId{0}}));
  const Catalog none = CatalogOf(yaml, {.max_steps = 0});
  EXPECT_THAT(none.implied_rules(), IsEmpty());
  EXPECT_FALSE(none.is_fully_compared());
  EXPECT_TRUE(CatalogOf(yaml).is_fully_compared());
}

}  // namespace
}  // namespace hypersigma
