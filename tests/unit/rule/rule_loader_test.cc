#include "lib/rule/rule_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string RuleText(const std::string& title, const std::string& more = "") {
  return "title: " + title + "\n" + more +
         "logsource: {product: p}\ndetection:\n  s: {a: 1}\n  condition: s\n";
}

constexpr char kFilter[] =
    "title: F\nlogsource: {product: p}\nfilter: {rules: [r], x: {b: 1}, "
    "condition: not x}\n";

// Returns "kind status" for each document.
std::vector<std::string> Outcome(const LoadReport& report) {
  std::vector<std::string> outcome;
  for (const Document& document : report.documents) {
    outcome.push_back(std::string(DocumentKindName(document.kind)) + " " +
                      std::string(DocumentStatusName(document.status)));
  }
  return outcome;
}

TEST(RuleLoader, AccountsForEveryKind) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  loader.AddYaml("action: global\nlevel: high\n---\n" +
                     RuleText("A", "name: r\n") +
                     "---\naction: repeat\ntitle: B\n---\naction: reset\n"
                     "---\naction: x\n---\n" +
                     kFilter +
                     "---\ntitle: C\ncorrelation: {type: temporal, rules: [r], "
                     "timespan: 1h}\n---\ncorrelation: 1\n---\n- 1\n",
                 "a.yml");
  const LoadedRules loaded = loader.Finish();
  EXPECT_THAT(Outcome(loaded.report),
              ElementsAre("collection loaded", "rule loaded", "rule loaded",
                          "collection loaded", "collection refused",
                          "filter loaded", "correlation degraded",
                          "correlation refused", "rule refused"));
  EXPECT_THAT(loaded.rules, SizeIs(2));
  EXPECT_THAT(loaded.detections, SizeIs(2));
  EXPECT_THAT(loaded.correlations, SizeIs(1));
  EXPECT_EQ(loaded.report.documents[2].title, "B");
  EXPECT_EQ(loaded.report.documents[2].rule, RuleId{1});
  EXPECT_EQ(loaded.rules[1].level, "high");
  EXPECT_EQ(loaded.report.documents[6].rule, std::nullopt);
}

TEST(RuleLoader, LinksOverFiles) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  loader.AddYaml(kFilter, "f.yml");
  loader.AddYaml(
      "title: C\ncorrelation: {type: temporal, rules: [r, unknown], "
      "timespan: 1h}\n",
      "c.yml");
  loader.AddYaml(RuleText("A", "name: r\n"), "r.yml");
  const LoadedRules loaded = loader.Finish();
  EXPECT_THAT(loaded.rules.at(0).filters, ElementsAre("F"));
  const Diagnostic& diagnostic = loaded.report.documents[1].diagnostics.at(0);
  EXPECT_EQ(diagnostic.file, "c.yml");
  EXPECT_EQ(diagnostic.caret,
            "correlation: {type: temporal, rules: [r, unknown], timespan: 1h}\n"
            "                                         ^~~~~~~");
}

TEST(RuleLoader, EndsACollectionWithItsFile) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  loader.AddYaml("action: global\nlevel: high\n---\n" + RuleText("A"), "a.yml");
  loader.AddYaml(RuleText("B"), "b.yml");
  loader.AddYaml("action: repeat\ntitle: C\n", "c.yml");
  const LoadedRules loaded = loader.Finish();
  ASSERT_THAT(loaded.rules, SizeIs(2));
  EXPECT_EQ(loaded.rules[0].level, "high");
  EXPECT_EQ(loaded.rules[1].level, "");
  EXPECT_EQ(loaded.report.documents.back().status, DocumentStatus::kRefused);
}

TEST(RuleLoader, WarnsOfAnIdThatIsUsedTwice) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  const std::string id = "11111111-0000-4000-8000-00000000000";
  loader.AddYaml(RuleText("A", "id: " + id + "a\n"), "a.yml");
  loader.AddYaml("# comment\n" + RuleText("B", "id: " + id + "A\n"), "b.yml");
  loader.AddYaml(RuleText("C", "id: " + id + "b\n"), "c.yml");
  const LoadedRules loaded = loader.Finish();
  EXPECT_THAT(loaded.rules, SizeIs(3));
  const std::vector<Document>& documents = loaded.report.documents;
  EXPECT_THAT(documents[0].diagnostics, IsEmpty());
  EXPECT_THAT(Problems(documents[1].diagnostics),
              ElementsAre("3:5 warning: id '" + id +
                          "A' is not unique, first used at a.yml:1; what "
                          "refers to it means all that have it"));
  EXPECT_THAT(documents[2].diagnostics, IsEmpty());
}

TEST(RuleLoader, ShowsARepeatedIdWhereTheRepetitionStands) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  loader.AddYaml(RuleText("A", "id: 11111111-0000-4000-8000-00000000000a\n") +
                     "---\naction: repeat\ntitle: B\n",
                 "a.yml");
  const LoadedRules loaded = loader.Finish();
  EXPECT_EQ(loaded.report.documents[1].diagnostics.at(0).line, 8u);
}

TEST(RuleLoader, TellsRefusedRulesFromUnknownOnes) {
  const RuleSetOptions options;
  RuleLoader loader(options);
  loader.AddYaml("title: A\nname: r\n---\n" + std::string(kFilter), "a.yml");
  const LoadedRules loaded = loader.Finish();
  EXPECT_EQ(loaded.report.documents[1].diagnostics.at(1).message,
            "the reference is ignored: rule 'r' is refused");
}

}  // namespace
}  // namespace hypersigma::internal
