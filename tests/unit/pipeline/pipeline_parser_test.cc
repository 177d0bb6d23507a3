#include "lib/pipeline/pipeline_parser.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/pipeline_errors.h"

namespace hypersigma::internal {
namespace {

TEST(PipelineParser, ReadsTheMembersOfAPipeline) {
  const auto pipeline = ParsePipeline(R"(
name: My Names
priority: -20
allowed_backends: [x]
vars: {one: 1, two: [a, b*]}
transformations:
- {id: first, type: field_name_prefix, prefix: p}
- type: nest
  items:
  - {type: set_state, key: k, val: v}
postprocessing: []
finalizers:
)",
                                      "p.yml");
  ASSERT_TRUE(pipeline.ok());
  EXPECT_EQ(pipeline->name, "My Names");
  EXPECT_EQ(pipeline->priority, -20);
  EXPECT_EQ(pipeline->vars.at("one"), std::vector<std::string>{"1"});
  EXPECT_EQ(pipeline->vars.at("two"), (std::vector<std::string>{"a", "b*"}));
  ASSERT_EQ(pipeline->items.size(), 2);
  EXPECT_EQ(pipeline->items[0].label, "item 1 'first' (field_name_prefix)");
  const auto& nest = std::get<Nest>(pipeline->items[1].transformation);
  EXPECT_EQ(nest.items->at(0).label, "item 2.1 (set_state)");
}

TEST(PipelineParser, NamesAPipelineAfterItsFile) {
  EXPECT_EQ(ParsePipeline("transformations: []", "p.yml")->name, "p.yml");
}

TEST(PipelineParser, GathersAllProblems) {
  EXPECT_EQ(Errors(R"(nam: x
transformations:
- {type: field_name_maping, mapping: {A: b}}
- {type: replace_string, regex: 'a(b', replacement: ''}
- {type: set_state, key: k, value: v}
- type: case
  rule_conditions: [{type: log_source, product: windows}]
)"),
            "p.yml:1:1: unknown key 'nam' in the pipeline; did you mean "
            "'name'?\n"
            "p.yml:3:10: unknown transformation 'field_name_maping'; did you "
            "mean 'field_name_mapping'?\n"
            "p.yml:4:37: invalid regular expression: missing closing "
            "parenthesis\n"
            "p.yml:5:3: transformation 'set_state' has no 'val'\n"
            "p.yml:5:29: unknown key 'value' in transformation 'set_state'\n"
            "p.yml:7:28: unknown condition 'log_source' in 'rule_conditions'; "
            "did you mean 'logsource'?");
}

TEST(PipelineParser, RefusesWhatIsNoPipeline) {
  EXPECT_EQ(Errors(""),
            "p.yml:1:1: the pipeline is empty, expected a map with "
            "'transformations'");
  EXPECT_EQ(Errors("- a"),
            "p.yml:1:1: the pipeline is a list, expected a map with "
            "'transformations'");
  EXPECT_EQ(Errors("transformations: {a: b}"),
            "p.yml:1:18: the transformations is a map, expected a list");
  EXPECT_EQ(Errors("transformations: [x]"),
            "p.yml:1:19: a transformation is the string 'x', expected a map "
            "with 'type'");
  EXPECT_EQ(Errors("transformations: [{id: x}]"),
            "p.yml:1:19: the transformation has no 'type'");
  EXPECT_EQ(Errors("name: a\n---\nname: b"),
            "p.yml:2:1: a second document begins here, expected one pipeline a "
            "file");
  EXPECT_EQ(Errors("name: [a"),
            "p.yml:1:7: invalid YAML: did not find expected ',' or ']' while "
            "parsing a flow sequence");
  EXPECT_EQ(Errors("priority: high"),
            "p.yml:1:11: 'priority' is the string 'high', expected a whole "
            "number");
}

TEST(PipelineParser, RefusesWhatIsAboutQueries) {
  EXPECT_EQ(Errors("postprocessing: [{type: embed}]"),
            "p.yml:1:17: 'postprocessing' is not supported: it is about the "
            "text of queries, and hypersigma makes none");
  EXPECT_EQ(Errors("finalizers: [{type: concat}]"),
            "p.yml:1:13: 'finalizers' is not supported: it is about the text "
            "of queries, and hypersigma makes none");
}

TEST(PipelineParser, RefusesConditionsOfPlaceholders) {
  EXPECT_EQ(ItemErrors("type: value_placeholders, rule_conditions: [{type: "
                       "is_sigma_rule}]"),
            "p.yml:1:63: 'rule_conditions' of item 1 (value_placeholders) is "
            "not supported: placeholders are replaced while rules are loaded, "
            "in all of them");
  EXPECT_EQ(ItemErrors("type: nest, items: [{type: wildcard_placeholders}]"),
            "p.yml:1:40: item 1.1 (wildcard_placeholders) is not supported "
            "within 'nest': placeholders are replaced while rules are loaded");
}

TEST(PipelineParser, RefusesVariablesThatAreNoTexts) {
  EXPECT_EQ(Errors("vars: {a: {b: c}, d: [e, null], f: []}"),
            "p.yml:1:11: variable 'a' is a map, expected a string or a list of "
            "strings\n"
            "p.yml:1:26: variable 'd' is null, expected a string or a list of "
            "strings\n"
            "p.yml:1:36: variable 'f' is an empty list, expected a string or a "
            "list of strings");
}

TEST(PipelineParser, LimitsTheNumberOfItems) {
  std::string yaml = "transformations:\n- type: nest\n  items:\n";
  for (int i = 0; i < 10'000; ++i) yaml += "  - {type: case}\n";
  EXPECT_EQ(Errors(yaml),
            "p.yml:10003:5: the pipeline has too many items, expected at most "
            "10000");
}

}  // namespace
}  // namespace hypersigma::internal
