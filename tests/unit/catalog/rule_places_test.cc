#include "lib/catalog/rule_places.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

TEST(FindSource, TakesTheLongestRoot) {
  const std::vector<CatalogSource> sources{
      {"all", "/r"}, {"own", "/r/own/"}, {"one", "/x/y.yml"}};
  const auto found = [&](std::string_view file) {
    const SourcePath path = FindSource(file, sources);
    return std::to_string(path.source) + " " + path.path;
  };
  EXPECT_EQ(found("/r/a/b.yml"), "0 a/b.yml");
  EXPECT_EQ(found("/r/own/b.yml"), "1 b.yml");
  EXPECT_EQ(found("/rules/b.yml"), "3 /rules/b.yml");
  EXPECT_EQ(found("/x/y.yml"), "2 y.yml");
}

RuleSet Load(std::string_view yaml) {
  const std::vector<RuleStream> streams{
      {.label = "a.yml", .yaml = std::string(yaml)}};
  return RuleSet::FromStreams(streams);
}

std::string Lines(const std::optional<TextLines>& lines) {
  if (!lines.has_value()) return "none";
  return std::to_string(lines->first) + "-" + std::to_string(lines->last) +
         ":" + std::string(lines->text);
}

std::string SelectionLines(std::string_view yaml, std::size_t selection) {
  const RuleSet rules = Load(yaml);
  EXPECT_EQ(rules.rules().size(), 1U);
  const RulePlaces places(rules, {});
  return Lines(places.LinesOf(
      RuleId{0}, rules.detection_rules()[0].selections[selection]));
}

constexpr std::string_view kHead = "title: T\nlogsource: {product: p}\n";

TEST(RulePlaces, ASelectionHasItsLines) {
  const std::string yaml = std::string(kHead) +
                           "detection:\n"
                           "  a:\n"
                           "    X|contains:\n"
                           "      - one  # why\n"
                           "      - two\n"
                           "\n"
                           "  # of b\n"
                           "  b: {Y: [1,\n"
                           "    2\n"
                           "    ]}\n"
                           "  c:\n"
                           "  - word\n"
                           "  - |\n"
                           "    a block\n"
                           "  condition: a or b or c\n"
                           "level: low\n";
  EXPECT_EQ(SelectionLines(yaml, 0),
            "4-7:  a:\n    X|contains:\n      - one  # why\n      - two");
  EXPECT_EQ(SelectionLines(yaml, 1), "10-12:  b: {Y: [1,\n    2\n    ]}");
  EXPECT_EQ(SelectionLines(yaml, 2),
            "13-16:  c:\n  - word\n  - |\n    a block");
  const RuleSet rules = Load(yaml);
  const RulePlaces places(rules, {});
  EXPECT_EQ(
      Lines(places.LinesOfCondition(RuleId{0}, rules.detection_rules()[0])),
      "17-17:  condition: a or b or c");
}

TEST(RulePlaces, AllMayStandInOneLine) {
  const std::string yaml =
      std::string(kHead) + "detection: {a: {X: 1}, condition: a}\n";
  EXPECT_EQ(SelectionLines(yaml, 0),
            "3-3:detection: {a: {X: 1}, condition: a}");
}

TEST(RulePlaces, AConditionMayHaveManyLines) {
  const RuleSet rules = Load(std::string(kHead) +
                             "detection:\n  a: {X: 1}\n  condition:\n"
                             "    - a\n    - not a\nlevel: low\n");
  const RulePlaces places(rules, {});
  EXPECT_EQ(
      Lines(places.LinesOfCondition(RuleId{0}, rules.detection_rules()[0])),
      "5-7:  condition:\n    - a\n    - not a");
}

TEST(RulePlaces, ADocumentHasItsBody) {
  const std::string detection = "detection: {a: {X: 1}, condition: a}\n";
  const RuleSet rules =
      Load("# first\n" + std::string(kHead) + detection + "\n---\n\n" +
           std::string(kHead) + detection + "...\n");
  ASSERT_EQ(rules.rules().size(), 2U);
  const RulePlaces places(rules, {});
  EXPECT_EQ(Lines(places.Of(RuleId{0}).body),
            "1-4:# first\n" + std::string(kHead) +
                "detection: {a: {X: 1}, condition: a}");
  EXPECT_EQ(
      Lines(places.Of(RuleId{1}).body),
      "8-10:" + std::string(kHead) + "detection: {a: {X: 1}, condition: a}");
  EXPECT_FALSE(places.IsCollected(RuleId{0}, rules.detection_rules()[0]));
}

TEST(RulePlaces, PartsOfACollectionStandElsewhere) {
  const RuleSet rules = Load(
      "action: global\ntitle: T\ndetection: {condition: a}\n---\n"
      "logsource: {product: p}\ndetection: {a: {X: 1}}\n");
  ASSERT_EQ(rules.rules().size(), 1U);
  const RulePlaces places(rules, {});
  EXPECT_TRUE(places.IsCollected(RuleId{0}, rules.detection_rules()[0]));
}

TEST(RulePlaces, EveryRuleHasAKeyOfItsOwn) {
  const std::string id = "id: 480E7E51-e797-47e3-8d72-ebfce65b6d8d\n";
  const std::string rest =
      std::string(kHead) + "detection: {a: {X: 1}, condition: a}\n---\n";
  const RuleSet rules = Load(id + rest + id + rest + rest + "id: con\n" + rest);
  ASSERT_EQ(rules.rules().size(), 4U);
  const RulePlaces places(rules, {});
  const std::string first = "480e7e51-e797-47e3-8d72-ebfce65b6d8d";
  EXPECT_EQ(places.Of(RuleId{0}).key, first);
  EXPECT_EQ(places.Of(RuleId{1}).key.substr(0, 37), first + "-");
  EXPECT_EQ(places.Of(RuleId{2}).key.substr(0, 5), "rule-");
  EXPECT_EQ(places.Of(RuleId{3}).key.substr(0, 5), "rule-");
  EXPECT_NE(places.Of(RuleId{2}).key, places.Of(RuleId{3}).key);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(places.Find(places.Of(RuleId{i}).key), RuleId{i});
  }
  EXPECT_EQ(places.Find("480E7E51-E797-47E3-8D72-EBFCE65B6D8D"), RuleId{0});
  EXPECT_EQ(places.Find("no such key"), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
