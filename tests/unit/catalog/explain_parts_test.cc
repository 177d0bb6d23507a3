#include "lib/catalog/explain_parts.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "lib/engine/engine_state.h"

namespace hypersigma::internal {
namespace {

RuleExplanation Explain(std::string_view detection, std::string_view field,
                        std::string_view text) {
  const std::string yaml = "title: A\nlogsource: {category: c}\ndetection: {" +
                           std::string(detection) + "}\n";
  const Engine engine = Engine::Build(RuleSet::FromYaml(yaml)).value();
  const Plan& plan = engine.state().plan();
  const std::vector<FieldValue> event = {
      {plan.fields.Find(field), Value::String(text)}};
  EventValues values(plan.fields.size());
  values.Assign(event);
  PredicateJudge judge = PredicateJudge::Create(engine.state()).value();
  judge.Begin(values);
  const FieldList::Aliases aliases;
  FieldList fields(plan.fields, values, aliases);
  return ExplainRule(plan, RuleId{0}, judge, fields);
}

TEST(ExplainRule, KeepsTheTreeOfTheRule) {
  const RuleExplanation rule =
      Explain("s: [{F: a, G: b}, {F: x}], t: {F: x}, condition: s", "F", "x");
  ASSERT_EQ(rule.selections.size(), 2u);
  EXPECT_TRUE(rule.selections[0].is_named);
  EXPECT_FALSE(rule.selections[1].is_named);
  const ExplainedDetection& list = rule.selections[0].detection;
  EXPECT_EQ(list.kind, ExplainedDetection::Kind::kAnyOf);
  EXPECT_EQ(list.truth, Truth::kTrue);
  ASSERT_EQ(list.children.size(), 2u);
  EXPECT_EQ(list.children[0].kind, ExplainedDetection::Kind::kAllOf);
  EXPECT_EQ(list.children[0].truth, Truth::kFalse);
  EXPECT_EQ(list.children[1].truth, Truth::kTrue);
}

TEST(ExplainRule, TellsAllFromAny) {
  const RuleExplanation rule = Explain(
      "s: {F|contains|all: [a, b]}, t: {F|contains: [a, b]}, condition: s or t",
      "F", "xbx");
  EXPECT_EQ(rule.selections[0].truth, Truth::kFalse);
  EXPECT_TRUE(rule.selections[0].detection.children[0].all);
  EXPECT_EQ(rule.selections[1].truth, Truth::kTrue);
}

TEST(ExplainRule, NamesASelectionOfTheCondition) {
  // Both ask the same; the condition names the second.
  const RuleExplanation rule =
      Explain("s: {F: a}, t: {F: a}, condition: t", "F", "x");
  ASSERT_EQ(rule.changes.size(), 1u);
  EXPECT_EQ(rule.changes[0].selection, 1u);
  EXPECT_EQ(rule.changes[0].field, "F");
  EXPECT_EQ(rule.changes[0].pattern, "a");
}

TEST(ExplainRule, SaysWhenNothingHelps) {
  const RuleExplanation rule =
      Explain("s: {F: a}, condition: 1 of none*", "F", "x");
  EXPECT_EQ(rule.truth, Truth::kFalse);
  EXPECT_EQ(rule.changes_status, ChangesStatus::kImpossible);
}

}  // namespace
}  // namespace hypersigma::internal
