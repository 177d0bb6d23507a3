#include "lib/pipeline/condition_adder.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

TEST(ConditionAdder, AddsASelectionToEveryCondition) {
  EXPECT_EQ(
      Changed(RuleOf("a: {A: 1}, b: {B: 2}", "[a or b, b]"),
              {PipelineOf("type: add_condition, conditions: {EventID: [1, "
                          "2], 'X|contains': y}")}),
      "a={A: int 1} b={B: int 2} "
      "_cond_2={EventID: int 1, int 2; X|contains: str y ~ <*>y<*>} "
      "| ((a or b) and _cond_2)| (b and _cond_2)");
}

TEST(ConditionAdder, NegatesTheSelectionAlone) {
  EXPECT_EQ(Changed(RuleOf("a: {A: 1}", "a"),
                    {PipelineOf("type: add_condition, name: n, negated: true, "
                                "conditions: {B: 2}")}),
            "a={A: int 1} n={B: int 2} | (a and not (n))");
}

TEST(ConditionAdder, IsOutOfReachOfTheRulesQuantifiers) {
  EXPECT_EQ(Changed(RuleOf("a: {A: 1}", "1 of them"),
                    {PipelineOf("type: add_condition, name: a2, conditions: "
                                "{B: 2}")}),
            "a={A: int 1} a2={B: int 2} | (1 of [a] and a2)");
}

TEST(ConditionAdder, DoesNotNestManySelections) {
  const std::string one = PipelineOf("type: add_condition, conditions: {B: 2}");
  EXPECT_EQ(Changed(RuleOf("a: {A: 1}", "a"), {one, one, one}),
            "a={A: int 1} _cond_1={B: int 2} _cond_2={B: int 2} "
            "_cond_3={B: int 2} | (a and _cond_1 and _cond_2 and _cond_3)");
}

TEST(ConditionAdder, MarksTheSelectionAsNoneOfTheRules) {
  const auto changed =
      Apply(RuleOf("a: {A: 1}", "a"),
            {PipelineOf("type: add_condition, conditions: {B: 2}")});
  ASSERT_TRUE(changed.ok());
  const auto& selections = changed->detection_rules().front().selections;
  EXPECT_FALSE(selections.at(0).is_filter);
  EXPECT_TRUE(selections.at(1).is_filter);
}

TEST(ConditionAdder, FillsTemplates) {
  EXPECT_EQ(
      Changed(RuleOf("a: {A: 1}", "a"),
              {PipelineOf("type: add_condition, template: true, conditions: "
                          "{index: ['$product-${category}', '$$x $other'], "
                          "n: 5}")}),
      "a={A: int 1} _cond_1={index: str windows-process_creation ~ "
      "windows-process_creation, str $x $other ~ $x $other; n: int 5} "
      "| (a and _cond_1)");
}

TEST(ConditionAdder, ReadsTemplatesAsARuleIsRead) {
  EXPECT_EQ(
      Changed(RuleOf("a: {A: 1}", "a"),
              {PipelineOf("type: add_condition, template: true, "
                          "conditions: {'p|contains|cased': '$product'}")}),
      "a={A: int 1} _cond_1={p|contains|cased: str windows ~ "
      "<*>windows<*>} | (a and _cond_1)");
  EXPECT_EQ(
      Changed(RuleOf("a: {A: 1}", "a"),
              {PipelineOf("type: add_condition, template: true, "
                          "conditions: {'p|cidr': '$product'}")}),
      "pipeline 'P', item 1 (add_condition): the value of modifier 'cidr' "
      "is the string 'windows', expected a network such as 10.0.0.0/8 or "
      "an address\n");
}

TEST(ConditionAdder, RefusesATemplateWithoutTheAttribute) {
  EXPECT_EQ(Changed(RuleOf("a: {A: 1}", "a"),
                    {PipelineOf("type: add_condition, template: true, "
                                "conditions: {index: $service}")}),
            "pipeline 'P', item 1 (add_condition): the template names "
            "'$service', which the rule's log source does not have\n");
}

TEST(ConditionAdder, LetsLaterItemsChangeTheSelection) {
  EXPECT_EQ(Changed(RuleOf("a: {A: 1}", "a"),
                    {PipelineOf("type: add_condition, name: n, conditions: "
                                "{EventID: 1}"),
                     PipelineOf("type: field_name_mapping, mapping: {EventID: "
                                "event.code}")}),
            "a={A: int 1} n={event.code: int 1} | (a and n)");
}

}  // namespace
}  // namespace hypersigma::internal
