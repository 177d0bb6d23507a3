#include "lib/reference/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/reference/json_value.h"

namespace hypersigma::reference {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Kind = ReferenceDocument::Kind;

std::string Rule(const std::string& title, const std::string& item,
                 const std::string& more = "") {
  return "title: " + title + "\n" + more +
         "logsource: {product: p}\ndetection:\n  s: {" + item +
         "}\n  condition: s\n";
}

std::vector<ReferenceDocument> Load(const std::vector<std::string>& yamls) {
  std::vector<ReferenceStream> streams;
  for (const std::string& yaml : yamls) streams.push_back({"name", yaml});
  return LoadReferenceRules(streams);
}

// The titles of the rules that hold.
std::set<std::string> Titles(const std::vector<ReferenceDocument>& documents,
                             std::string_view json) {
  std::set<std::string> titles;
  const auto object = ParseJson(json);
  EXPECT_TRUE(object.ok());
  if (!object.ok()) return titles;
  ReferenceEvent event(*object);
  for (const ReferenceDocument& document : documents) {
    if (document.rule.has_value() &&
        RuleHolds(*document.rule, event) == Truth::kTrue) {
      titles.insert(document.rule->title);
    }
  }
  return titles;
}

TEST(ReferenceRuleSet, NamesEachDocument) {
  const auto documents =
      Load({Rule("A", "a: 1") + "---\n---\n- list\n---\n" + Rule("B", "b: 2"),
            "title: C\ncorrelation: {}\n"});
  ASSERT_EQ(documents.size(), 4u);
  EXPECT_EQ(documents[0].kind, Kind::kRule);
  EXPECT_EQ(documents[1].kind, Kind::kUnknown);
  EXPECT_FALSE(documents[1].status.ok());
  EXPECT_EQ(documents[2].index, 2u);
  EXPECT_EQ(documents[3].stream, 1u);
  EXPECT_EQ(documents[3].index, 0u);
  EXPECT_EQ(documents[3].kind, Kind::kCorrelation);
  EXPECT_TRUE(documents[3].status.ok());
  EXPECT_FALSE(documents[3].rule.has_value());
}

TEST(ReferenceRuleSet, LetsATemplateWinUntilReset) {
  const auto documents =
      Load({"action: global\ntitle: G\ndetection: {s: {a: 9}}\n---\n" +
                Rule("A", "a: 1, b: 2") + "---\naction: reset\n---\n" +
                Rule("B", "a: 1"),
            Rule("C", "a: 1")});
  ASSERT_EQ(documents.size(), 5u);
  EXPECT_EQ(documents[0].kind, Kind::kTemplate);
  EXPECT_EQ(documents[2].kind, Kind::kTemplate);
  EXPECT_THAT(Titles(documents, R"({"a": 9, "b": 2})"), ElementsAre("G"));
  EXPECT_THAT(Titles(documents, R"({"a": 1, "b": 2})"), ElementsAre("B", "C"));
}

TEST(ReferenceRuleSet, RepeatsThePreviousRuleWithChanges) {
  const auto documents =
      Load({Rule("A", "a: 1, b: [1, 2]") +
            "---\naction: repeat\ntitle: B\ndetection: {s: {b: 3}}\n"
            "---\naction: repeat\ntitle: C\n"});
  EXPECT_THAT(Titles(documents, R"({"a": 1, "b": 2})"), ElementsAre("A"));
  EXPECT_THAT(Titles(documents, R"({"a": 1, "b": 3})"), ElementsAre("B", "C"));
}

TEST(ReferenceRuleSet, RefusesOtherActions) {
  const auto documents =
      Load({"action: repeat\ntitle: A\n---\naction: other\n---\naction:\n",
            "action: repeat\n"});
  for (const ReferenceDocument& document : documents) {
    EXPECT_EQ(document.status.code(), absl::StatusCode::kInvalidArgument);
  }
}

std::string Filter(const std::string& body, const std::string& logsource) {
  return "title: F\nlogsource: " + logsource + "\nfilter: {" + body + "}\n";
}

TEST(ReferenceRuleSet, FiltersTheRulesThatItNames) {
  const std::vector<std::string> rules = {Rule("A", "a: 1", "id: ia\n"),
                                          Rule("B", "a: 1", "name: nb\n"),
                                          Rule("C", "a: 1")};
  const auto titles = [&](const std::string& body,
                          const std::string& logsource) {
    auto streams = rules;
    streams.insert(streams.begin(), Filter(body, logsource));
    return Titles(Load(streams), R"({"a": 1, "x": 1})");
  };
  const std::string rest = ", s: {x: 1}, condition: not s";
  EXPECT_THAT(titles("rules: [ia, nb]" + rest, "{product: p}"),
              ElementsAre("C"));
  EXPECT_THAT(titles("rules: nb" + rest, "{product: p}"),
              ElementsAre("A", "C"));
  EXPECT_THAT(titles("rules: any" + rest, "{product: p}"), IsEmpty());
  EXPECT_THAT(titles("rules: []" + rest, "~"), IsEmpty());
  EXPECT_THAT(titles("rules: any" + rest, "{product: p, service: q}"),
              UnorderedElementsAre("A", "B", "C"));
  // Literal: `s` keeps only what it matches.
  EXPECT_THAT(titles("rules: any, s: {x: 2}, condition: s", "~"), IsEmpty());
}

TEST(ReferenceRuleSet, KeepsTheScopesOfFiltersApart) {
  const auto documents =
      Load({"title: A\nlogsource: {product: p}\ndetection:\n  s1: {a: 1}\n"
            "  s2: {a: 1}\n  condition: all of s*\n",
            Filter("rules: any, s3: {x: 1}, condition: not 1 of them", "~")});
  EXPECT_THAT(Titles(documents, R"({"a": 1})"), ElementsAre("A"));
  EXPECT_THAT(Titles(documents, R"({"a": 1, "x": 1})"), IsEmpty());
}

TEST(ReferenceRuleSet, RefusesIncompleteFilters) {
  for (const std::string body :
       {"rules: any, s: {x: 1}", "rules: any, condition: not s",
        "rules: any, s: {x: 1}, condition: not t",
        "rules: {a: b}, s: {x: 1}, condition: s"}) {
    const auto documents = Load({Filter(body, "{product: p}")});
    ASSERT_EQ(documents.size(), 1u);
    EXPECT_EQ(documents[0].kind, Kind::kFilter);
    EXPECT_FALSE(documents[0].status.ok()) << body;
  }
}

}  // namespace
}  // namespace hypersigma::reference
