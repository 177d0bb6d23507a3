#include "lib/catalog/indicator_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;

std::string RuleText(std::string_view detection) {
  return "title: T\nlogsource: {product: p}\ndetection: " +
         std::string(detection) + "\n---\n";
}

// "field kind value [modifiers] rules" of the first rule.
std::vector<std::string> Rows(const std::string& yaml) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kRefused), 0U);
  const absl::StatusOr<Catalog> catalog = Catalog::Build(rules);
  EXPECT_TRUE(catalog.ok());
  std::vector<std::string> rows;
  for (const CatalogIndicator& each : catalog->IndicatorsOf(RuleId{0})) {
    std::string row = std::string(each.field) + " " +
                      std::string(IndicatorKindName(each.kind)) + " " +
                      std::string(each.value);
    for (const std::string_view name : each.modifiers) {
      row += " |" + std::string(name);
    }
    rows.push_back(row + " " + std::to_string(each.corpus.rules));
  }
  return rows;
}

TEST(IndicatorTable, SortsByFieldKindAndValue) {
  EXPECT_THAT(Rows(RuleText("{z: {B: [y, X]}, a: {A|contains: b}, k: [word], "
                            "a2: {A|endswith: a}, condition: 1 of them}")),
              ElementsAre(" keyword word 1", "A match b 1", "A ends_with a 1",
                          "B eq X 1", "B eq y 1"));
}

TEST(IndicatorTable, CountsCaselesslyAndARuleOnce) {
  EXPECT_THAT(Rows(RuleText("{a: {X: Cmd}, b: {X: cMD}, condition: a and b}") +
                   RuleText("{a: {X: CMD}, condition: a}") +
                   RuleText("{a: {X|contains: cmd}, condition: a}") +
                   RuleText("{a: {Y: cmd}, condition: a}")),
              ElementsAre("X eq Cmd 2"));
}

TEST(IndicatorTable, CountsCasedValuesApart) {
  EXPECT_THAT(Rows(RuleText("{a: {X|cased: Cmd}, condition: a}") +
                   RuleText("{a: {X: Cmd}, condition: a}") +
                   RuleText("{a: {X|cased: CMD}, condition: a}") +
                   RuleText("{a: {X|cased: Cmd}, condition: a}")),
              ElementsAre("X eq Cmd |cased 2"));
}

TEST(IndicatorTable, ShowsWhatChangesAValueBesideIt) {
  EXPECT_THAT(
      Rows(RuleText("{a: {X|wide|base64offset|contains: Foo, "
                    "Y|windash|contains: ' -x', Z|re|i: a+, N|lt: 5, "
                    "T|hour|gte: 7, W: 'a*b', "
                    "F|fieldref|endswith: G}, condition: a}") +
           RuleText("{a: {X|contains: foo}, condition: a}")),
      ElementsAre("F fieldref G |endswith 1", "N lt 5 1", "T hour 7 |gte 1",
                  "W wildcard a*b 1", "X match Foo |wide |base64offset 2",
                  "Y match  -x |windash 1", "Z regex a+ |i 1"));
}

TEST(IndicatorTable, ShowsOneValueUnderTwoModifiersTwice) {
  EXPECT_THAT(Rows(RuleText("{a: {X|contains: -a}, b: {X|contains|windash: -a},"
                            " condition: a or b}")),
              ElementsAre("X match -a 1", "X match -a |windash 1"));
}

TEST(IndicatorTable, LeavesOutWhatFiltersLookFor) {
  EXPECT_THAT(Rows("name: r\n" + RuleText("{a: {X: 1}, condition: a}") +
                   "title: F\nlogsource: {product: p}\nfilter:\n"
                   "  rules: [r]\n  f: {Y: 2}\n  condition: not f\n"),
              ElementsAre("X eq 1 1"));
}

}  // namespace
}  // namespace hypersigma
