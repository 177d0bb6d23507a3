// The catalogue of SigmaHQ's rules, and the page that it is modelled on.

#include "hypersigma/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hypersigma/rule_set.h"
#include "tests/corpus/corpus.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
      .count();
}

class CorpusCatalog : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasCorpus()) GTEST_SKIP() << "no corpus beside the checkout";
  }

  static Catalog Build(const std::vector<CatalogSource>& sources) {
    std::vector<std::string> paths;
    for (const CatalogSource& source : sources) paths.push_back(source.root);
    return *Catalog::Build(*RuleSet::FromPaths(paths), {.sources = sources});
  }
};

std::string Row(const CatalogIndicator& indicator) {
  std::string row = std::string(indicator.field) + " | " +
                    std::string(IndicatorKindName(indicator.kind)) + " | " +
                    std::string(indicator.value) + " | ";
  const CatalogCounts& corpus = indicator.corpus;
  if (corpus.rules == 1) return row;
  row += std::to_string(corpus.rules);
  for (const CatalogCounts::OfSource& source : corpus.sources) {
    row += " (" + std::string(source.label) + " " +
           std::to_string(source.rules) + ")";
  }
  return row;
}

TEST_F(CorpusCatalog, ThePageOfTheExample) {
  const Catalog catalog = Build({{"sigma", CorpusPath("sigma/rules")}});
  const std::optional<RuleId> rule =
      catalog.Find("480e7e51-e797-47e3-8d72-ebfce65b6d8d");
  ASSERT_TRUE(rule.has_value());
  std::vector<std::string> rows;
  for (const CatalogIndicator& each : catalog.IndicatorsOf(*rule)) {
    EXPECT_TRUE(each.modifiers.empty());
    rows.push_back(Row(each));
  }
  EXPECT_THAT(rows,
              ElementsAre("CommandLine | match | .spawn( | ",
                          "CommandLine | match | from pty import spawn | ",
                          "CommandLine | match | import pty | 2 (sigma 2)",
                          "Image | ends_with | python.exe | 2 (sigma 2)",
                          "Image | ends_with | python2.exe | 2 (sigma 2)",
                          "Image | ends_with | python3.exe | 2 (sigma 2)"));
  const std::string page = catalog.PageJson(*rule);
  const std::vector<std::string> stages{
      "{\"stage\":0,\"kind\":\"condition\",\"name\":null,\"yaml\":\"    "
      "condition: selection_img and 1 of selection_cli_*\"",
      "{\"stage\":1,\"kind\":\"selection\",\"name\":\"selection_img\",",
      "{\"stage\":2,\"kind\":\"selection\",\"name\":\"selection_cli_1\",",
      "{\"stage\":3,\"kind\":\"selection\",\"name\":\"selection_cli_2\","};
  std::size_t at = 0;
  for (const std::string& stage : stages) {
    at = page.find(stage, at);
    EXPECT_NE(at, std::string::npos) << stage;
  }
  EXPECT_EQ(page.find("\"stage\":4"), std::string::npos);
}

TEST_F(CorpusCatalog, EveryRuleHasItsPageAndAddress) {
  const auto begin = std::chrono::steady_clock::now();
  const Catalog catalog =
      Build({{"sigma", CorpusPath("sigma/rules")},
             {"emerging", CorpusPath("sigma/rules-emerging-threats")},
             {"hunting", CorpusPath("sigma/rules-threat-hunting")}});
  std::cout << catalog.rules().size() << " rules in " << SecondsSince(begin)
            << " s, ";
  EXPECT_TRUE(catalog.is_fully_compared());
  std::set<std::string> keys;
  std::size_t bytes = 0;
  for (std::uint32_t i = 0; i < catalog.rules().size(); ++i) {
    const RuleId rule{i};
    keys.emplace(catalog.KeyOf(rule));
    EXPECT_EQ(catalog.KeyOf(rule), catalog.rules()[i].id);
    EXPECT_FALSE(catalog.IndicatorsOf(rule).empty()) << catalog.KeyOf(rule);
    EXPECT_NE(catalog.SourceOf(rule), "");
    bytes += catalog.PageJson(rule).size();
  }
  std::cout << "pages of " << bytes << " bytes in all after "
            << SecondsSince(begin) << " s\n";
  EXPECT_EQ(keys.size(), catalog.rules().size());
}

// A corpus that holds every rule twice says so of each.
TEST_F(CorpusCatalog, ACopyIsEqual) {
  const std::string folder = "sigma/rules/windows/image_load";
  const Catalog once = Build({{"a", CorpusPath(folder)}});
  const Catalog twice =
      Build({{"a", CorpusPath(folder)}, {"b", CorpusPath(folder) + "/."}});
  EXPECT_EQ(twice.rules().size(), 2 * once.rules().size());
  std::size_t in_groups = 0;
  for (const std::vector<RuleId>& group : twice.equal_rules()) {
    in_groups += group.size();
  }
  EXPECT_EQ(in_groups, twice.rules().size());
}

}  // namespace
}  // namespace hypersigma
