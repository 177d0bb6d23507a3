// Limits of pipelines: items, what rules grow by, steps and spans of regular
// expressions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/pipeline.h"
#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kMaxPipelineItems;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// What becomes of rules under a pipeline of these items.
std::vector<std::string> OutcomesUnder(std::string_view rules,
                                       const std::string& items) {
  const std::vector<Pipeline> pipelines{
      *Pipeline::FromYaml("name: P\ntransformations:\n" + items)};
  const auto changed = ApplyPipelines(RuleSet::FromYaml(rules), pipelines);
  return changed.ok() ? Outcomes(changed->report())
                      : std::vector<std::string>{};
}

TEST(PipelineItems, AreLimited) {
  const auto items = [](std::size_t count) {
    return "transformations:\n" + Repeat("- {type: case}\n", count);
  };
  EXPECT_TRUE(Pipeline::FromYaml(items(kMaxPipelineItems)).ok());
  EXPECT_THAT(
      Pipeline::FromYaml(items(kMaxPipelineItems + 1)).status().ToString(),
      HasSubstr("the pipeline has too many items, expected at most 10000"));
}

TEST(PipelineRuleNodes, AreLimited) {
  const std::string twice =
      "- {type: field_name_mapping, mapping: {f: [f, f]}}\n";
  EXPECT_THAT(OutcomesUnder(ItemRule("f: v"), Repeat(twice, 15)),
              ElementsAre("loaded"));
  EXPECT_THAT(OutcomesUnder(ItemRule("f: v"), Repeat(twice, 64)),
              ElementsAre(HasSubstr(
                  "pipelines make the rule grow by too many nodes, expected at "
                  "most 200000")));
}

TEST(PipelineNodes, AreLimited) {
  std::string names;
  for (int i = 0; i < 40'000; ++i) names += "f" + std::to_string(i) + ", ";
  const std::vector<std::string> outcomes = OutcomesUnder(
      Repeat(ItemRule("f: v") + "---\n", 30),
      "- {type: field_name_mapping, mapping: {f: [" + names + "g]}}\n");
  ASSERT_THAT(outcomes, SizeIs(30));
  EXPECT_EQ(outcomes[20], "loaded");
  EXPECT_THAT(outcomes[29],
              HasSubstr("pipelines make the rules grow by too many nodes, "
                        "expected at most 4000000"));
}

TEST(PipelineSteps, AreLimited) {
  std::string values;
  for (int i = 0; i < 200; ++i) values += Repeat("a", 300) + "x, ";
  const std::string slow =
      "- {type: replace_string, regex: '(a+)+[b-d]$', replacement: x}\n";
  EXPECT_THAT(OutcomesUnder(ItemRule("f: [" + values + "v]"), slow),
              Each(HasSubstr("a regular expression took too long")));
  const std::string quick =
      "- {type: replace_string, regex: 'a+[ab]+[c-d]$', replacement: x}\n";
  EXPECT_THAT(OutcomesUnder(ItemRule("f: " + Repeat("a", 300)), quick),
              ElementsAre("loaded"));
  // Each search is within its limit, all of them are not.
  EXPECT_THAT(OutcomesUnder(ItemRule("f: [" + values + "v]"), quick),
              Each(HasSubstr("a regular expression took too long")));
}

TEST(RegexSpans, AreLimited) {
  const std::string groups = Repeat("()", 1'000);
  const auto outcomes = [&](int length) {
    return OutcomesUnder(
        ItemRule("f: " + Repeat("a", length)),
        "- {type: replace_string, regex: '" + groups + "a', replacement: x}\n");
  };
  EXPECT_THAT(outcomes(100), ElementsAre("loaded"));
  EXPECT_THAT(outcomes(1'000),
              ElementsAre(HasSubstr("a regular expression took too long")));
}

}  // namespace
}  // namespace hypersigma
