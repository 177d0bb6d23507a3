#include "hypersigma/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/status/status.h"
#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma {
namespace {

using internal::Apply;
using internal::Changed;
using internal::MessageOf;
using internal::PipelineOf;
using internal::RuleOf;

std::string SuffixOf(std::string_view name, int priority) {
  return "name: " + std::string(name) +
         "\npriority: " + std::to_string(priority) +
         "\ntransformations: [{type: field_name_suffix, suffix: " +
         std::string(name) + "}]\n";
}

TEST(Pipeline, ReadsAFile) {
  const std::string path = testing::TempDir() + "/pipeline_test.yml";
  std::ofstream(path) << SuffixOf("x", 3);
  const auto pipeline = Pipeline::FromFile(path);
  ASSERT_TRUE(pipeline.ok());
  EXPECT_EQ(pipeline->name(), "x");
  EXPECT_EQ(pipeline->priority(), 3);
}

TEST(Pipeline, SaysThatAFileIsMissing) {
  const auto pipeline = Pipeline::FromFile("/no/such.yml");
  EXPECT_TRUE(absl::IsNotFound(pipeline.status()));
  EXPECT_EQ(MessageOf(pipeline.status()),
            "/no/such.yml: No such file or directory");
}

TEST(Pipeline, HasBuiltInOnes) {
  EXPECT_THAT(Pipeline::BuiltInNames(),
              testing::ElementsAre("ecs-windows", "sysmon", "windows-audit"));
  for (const std::string_view name : Pipeline::BuiltInNames()) {
    const auto pipeline = Pipeline::BuiltIn(name);
    EXPECT_TRUE(pipeline.ok()) << MessageOf(pipeline.status());
  }
  EXPECT_EQ(MessageOf(Pipeline::BuiltIn("sysmom").status()),
            "there is no built-in pipeline 'sysmom'; did you mean 'sysmon'?");
}

TEST(ApplyPipelines, TakesTheLowestPriorityFirst) {
  EXPECT_EQ(
      Changed(RuleOf("sel: {F: 1}"), {SuffixOf("c", 5), SuffixOf("a", -1),
                                      SuffixOf("d", 5), SuffixOf("b", 0)}),
      "sel={Fabcd: int 1} | sel");
}

TEST(ApplyPipelines, LeavesTheRulesThatItIsGiven) {
  const RuleSet rules = RuleSet::FromYaml(RuleOf("sel: {F: 1}"));
  const std::vector<Pipeline> pipelines{*Pipeline::FromYaml(SuffixOf("x", 0))};
  const auto changed = ApplyPipelines(rules, pipelines);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(Show(changed->detection_rules().front()), "sel={Fx: int 1} | sel");
  EXPECT_EQ(Show(rules.detection_rules().front()), "sel={F: int 1} | sel");
  EXPECT_TRUE(rules.pipelines().empty());
}

TEST(ApplyPipelines, SaysWhichWereApplied) {
  const auto once =
      Apply(RuleOf("sel: {F: 1}"), {SuffixOf("b", 2), SuffixOf("a", 1)});
  ASSERT_TRUE(once.ok());
  EXPECT_THAT(once->pipelines(), testing::ElementsAre("a", "b"));
  const std::vector<Pipeline> more{*Pipeline::FromYaml(SuffixOf("c", 0))};
  const auto twice = ApplyPipelines(*once, more);
  ASSERT_TRUE(twice.ok());
  EXPECT_THAT(twice->pipelines(), testing::ElementsAre("a", "b", "c"));
}

TEST(ApplyPipelines, ChangesTheItemsOfFilters) {
  const std::string filter =
      "---\ntitle: Not mine\nlogsource: {product: windows}\n"
      "filter: {rules: any, sel: {F: 2}, condition: not sel}\n";
  EXPECT_EQ(Changed(RuleOf("sel: {F: 1}") + filter, {SuffixOf("x", 0)}),
            "sel={Fx: int 1} sel={Fx: int 2} | (sel and not (sel))");
}

TEST(ApplyPipelines, DoesNothingWithoutPipelines) {
  const auto same = Apply(RuleOf("sel: {F: 1}"), {});
  ASSERT_TRUE(same.ok());
  EXPECT_TRUE(same->pipelines().empty());
  EXPECT_EQ(same->rules().size(), 1);
}

}  // namespace
}  // namespace hypersigma
