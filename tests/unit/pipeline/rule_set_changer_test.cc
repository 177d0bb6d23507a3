#include "lib/pipeline/rule_set_changer.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

TEST(RuleSetChanger, NamesThePipelineThatFailed) {
  EXPECT_EQ(Changed(RuleOf("sel: {A: 1}"),
                    {"name: first\ntransformations: [{type: "
                     "field_name_suffix, suffix: x}]",
                     "name: second\ntransformations: [{type: rule_failure, "
                     "message: no, rule_conditions: [{type: contains_field, "
                     "field: Ax}]}]"}),
            "pipeline 'second', item 1 (rule_failure): no\n");
}

TEST(RuleSetChanger, ChangesCorrelationsAfterTheirRules) {
  const auto changed = Apply(
      "title: C\ncorrelation: {type: event_count, rules: [r], timespan: 1m, "
      "group-by: [A], condition: {gte: 2}}\n---\ntitle: R\nname: r\n"
      "logsource: {product: windows}\ndetection: {sel: {A: 1}, condition: "
      "sel}\n",
      {PipelineOf("type: change_logsource, product: linux, rule_conditions: "
                  "[{type: logsource, product: windows}]"),
       PipelineOf("type: rule_failure, message: no, rule_conditions: [{type: "
                  "is_sigma_correlation_rule}, {type: logsource, product: "
                  "linux}]")});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->rules().size(), 1);
  EXPECT_TRUE(changed->correlations().empty());
  EXPECT_EQ(changed->report().documents[0].diagnostics.back().message,
            "pipeline 'P', item 1 (rule_failure): no");
}

TEST(RuleSetChanger, SharesWhatAllRulesMayGrowBy) {
  std::string names;
  for (int i = 0; i < 500; ++i) {
    names += (i == 0 ? "" : ", ") + std::to_string(i);
  }
  std::string values;
  for (int i = 0; i < 390; ++i) {
    values += (i == 0 ? "" : ", ") + std::to_string(i);
  }
  std::string rules;
  for (int i = 0; i < 25; ++i) {
    rules += RuleOf("sel: {A: [" + values + "]}") + "---\n";
  }
  const auto changed = Apply(rules, {PipelineOf("type: field_name_mapping, "
                                                "mapping: {A: [" +
                                                names + "]}")});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->rules().size(), 20);
  EXPECT_EQ(changed->report().documents.back().diagnostics.back().message,
            "pipeline 'P', item 1 (field_name_mapping): pipelines make the "
            "rules grow by too many nodes, expected at most 4000000");
}

}  // namespace
}  // namespace hypersigma::internal
