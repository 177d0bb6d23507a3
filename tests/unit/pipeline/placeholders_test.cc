#include "lib/pipeline/placeholders.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

const std::string kVars = "vars: {a: [x, 'y*'], b: 1}\n";

TEST(Placeholders, TakeTheValuesOfVariables) {
  EXPECT_EQ(Changed(RuleOf("sel: {'F|expand|contains': '%a%-%b%'}"),
                    {kVars + PipelineOf("type: value_placeholders")}),
            "sel={F|expand|contains: str %a%-%b% ~ <*>x-1<*> ~ <*>y<*>-1<*>} "
            "| sel");
}

TEST(Placeholders, AreOpenWhereTheyAreWildcards) {
  EXPECT_EQ(Changed(RuleOf("sel: {'F|expand': 'v-%q r%'}"),
                    {PipelineOf("type: wildcard_placeholders")}),
            "sel={F|expand: str v-%q r% ~ v-<*>} | sel");
}

TEST(Placeholders, AreForTheFirstItemThatTakesThem) {
  const std::string rule = RuleOf("sel: {'F|expand': ['%a%', '%c%']}");
  EXPECT_EQ(
      Changed(rule, {kVars + "transformations:\n"
                             "- {type: value_placeholders, include: [a]}\n"
                             "- {type: wildcard_placeholders}\n"}),
      "sel={F|expand: str %a% ~ x ~ y<*>, str %c% ~ <*>} | sel");
  EXPECT_EQ(Changed(rule, {kVars + "transformations:\n"
                                   "- {type: value_placeholders}\n"
                                   "- {type: wildcard_placeholders}\n"}),
            "placeholder '%c%' has no values, expected values from the "
            "caller\n");
  EXPECT_EQ(
      Changed(rule, {kVars + "transformations:\n"
                             "- {type: wildcard_placeholders, exclude: [a]}\n"
                             "- {type: value_placeholders}\n"}),
      "sel={F|expand: str %a% ~ x ~ y<*>, str %c% ~ <*>} | sel");
}

TEST(Placeholders, GiveWayToTheCallersValues) {
  RuleSetOptions options;
  options.placeholders["a"] = {"mine"};
  const auto changed =
      Apply(RuleOf("sel: {'F|expand': '%a%'}"),
            {kVars + PipelineOf("type: value_placeholders")}, options);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(Show(changed->detection_rules().front()),
            "sel={F|expand: str %a% ~ mine} | sel");
}

TEST(Placeholders, TakeTheVariablesOfLaterPipelines) {
  EXPECT_EQ(Changed(RuleOf("sel: {'F|expand': '%a%'}"),
                    {kVars + PipelineOf("type: value_placeholders"),
                     "vars: {a: z}\ntransformations: []"}),
            "sel={F|expand: str %a% ~ z} | sel");
}

TEST(Placeholders, StayWithoutAnItem) {
  EXPECT_EQ(Changed(RuleOf("sel: {'F|expand': '%a%'}"),
                    {kVars + "transformations: []"}),
            "placeholder '%a%' has no values, expected values from the "
            "caller\n");
}

TEST(Placeholders, KeepEveryDocumentInItsPlace) {
  const auto changed =
      Apply(RuleOf("sel: {'F|expand': '%a%'}") + "---\n- no rule\n---\n" +
                RuleOf("sel: {F: 1}"),
            {kVars + PipelineOf("type: value_placeholders")});
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->report().documents.size(), 3);
  EXPECT_EQ(changed->report().documents[0].rule, RuleId{0});
  EXPECT_EQ(changed->report().documents[1].status, DocumentStatus::kRefused);
  EXPECT_EQ(changed->report().documents[2].rule, RuleId{1});
}

TEST(Placeholders, KeepFilesThatCannotBeRead) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "placeholders_test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::create_symlink("nowhere", folder / "a.yml");
  std::ofstream(folder / "b.yml") << RuleOf("sel: {'F|expand': '%a%'}");
  fs::create_symlink("nowhere", folder / "c.yml");
  const auto rules =
      RuleSet::FromPaths(std::vector<std::string>{folder.string()});
  ASSERT_TRUE(rules.ok());
  const std::vector<Pipeline> pipelines{
      *Pipeline::FromYaml(kVars + PipelineOf("type: value_placeholders"))};
  const auto changed = ApplyPipelines(*rules, pipelines);
  ASSERT_TRUE(changed.ok());
  std::vector<std::string> documents;
  for (const Document& document : changed->report().documents) {
    documents.push_back(fs::path(document.file).filename().string() +
                        (document.rule.has_value() ? " rule" : ""));
  }
  EXPECT_EQ(documents,
            (std::vector<std::string>{"a.yml", "b.yml rule", "c.yml"}));
}

TEST(Placeholders, ComeBeforeOtherPipelines) {
  const auto first =
      Apply(RuleOf("sel: {'F|expand': '%a%'}"), {"transformations: []"});
  ASSERT_TRUE(first.ok());
  const std::vector<Pipeline> pipelines{
      *Pipeline::FromYaml(kVars + PipelineOf("type: value_placeholders"))};
  const auto second = ApplyPipelines(*first, pipelines);
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status()));
  EXPECT_EQ(MessageOf(second.status()),
            "placeholders cannot be replaced after other pipelines; apply all "
            "pipelines at once");
}

}  // namespace
}  // namespace hypersigma::internal
