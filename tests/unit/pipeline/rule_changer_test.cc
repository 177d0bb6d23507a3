#include "lib/pipeline/rule_changer.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kDropF =
    "type: drop_detection_item, field_name_conditions: "
    "[{type: include_fields, fields: [F]}]";

// The condition of a rule of which selection `f` is emptied.
std::string Dropped(std::string_view condition) {
  std::string shown =
      Changed(RuleOf("f: {F: 1}, g: {G: 2}", condition), {PipelineOf(kDropF)});
  constexpr std::string_view kKept = "g={G: int 2} | ";
  return shown.starts_with(kKept) ? shown.substr(kKept.size()) : shown;
}

TEST(DropDetectionItem, DropsItemsOfMapsAndLists) {
  EXPECT_EQ(ChangedItems("{F: 1, G: 2}", kDropF), "{G: int 2}");
  EXPECT_EQ(ChangedItems("[{F: 1}, {G: 2}, {F: 3, H: 4}]", kDropF),
            "[{G: int 2}; {H: int 4}]");
}

TEST(DropDetectionItem, LeavesAnEmptySelectionOutOfConditions) {
  EXPECT_EQ(Dropped("f and g"), "g");
  EXPECT_EQ(Dropped("f or g"), "g");
  EXPECT_EQ(Dropped("g and not f"), "g");
  EXPECT_EQ(Dropped("not (f and g)"), "not (g)");
  EXPECT_EQ(Dropped("1 of them"), "1 of [g]");
  EXPECT_EQ(Dropped("all of them"), "1 of [g]");
  EXPECT_EQ(Dropped("g and not 1 of f*"), "g");
  EXPECT_EQ(Dropped("[f, g]"), "g");
}

TEST(DropDetectionItem, KeepsWhatNeverHoldsFromHolding) {
  EXPECT_EQ(Dropped("g and 3 of them"), "(g and 3 of [g])");
  EXPECT_EQ(Dropped("g and 1 of x*"), "(g and 1 of [])");
}

TEST(DropDetectionItem, RefusesARuleOfWhichNothingIsLeft) {
  EXPECT_EQ(ChangedItems("{F: 1}", kDropF),
            "pipelines drop all that the rule looks for\n");
  EXPECT_EQ(Dropped("not f"), "pipelines drop all that the rule looks for\n");
}

TEST(DropDetectionItem, LetsAnAddedConditionStandAlone) {
  EXPECT_EQ(
      Changed(RuleOf("f: {F: 1}", "f"),
              {PipelineOf(kDropF),
               PipelineOf("type: add_condition, name: n, conditions: {A: 1}")}),
      "n={A: int 1} | n");
}

TEST(ChangeLogSource, ReplacesAllOfIt) {
  const auto changed =
      Apply(RuleOf("a: {A: 1}", "a"),
            {PipelineOf("type: change_logsource, product: linux, service: x")});
  ASSERT_TRUE(changed.ok());
  const Rule& rule = changed->rules().front();
  EXPECT_EQ(rule.product, "linux");
  EXPECT_EQ(rule.category, "");
  EXPECT_EQ(rule.service, "x");
}

TEST(Failure, RefusesTheRuleWithItsMessage) {
  EXPECT_EQ(ChangedItems("{A: 1}",
                         "id: x, type: rule_failure, message: no such data"),
            "pipeline 'P', item 1 'x' (rule_failure): no such data\n");
  constexpr std::string_view kOnItem =
      "type: detection_item_failure, message: no, field_name_conditions: "
      "[{type: include_fields, fields: [A]}]";
  EXPECT_EQ(ChangedItems("{A: 1}", kOnItem),
            "pipeline 'P', item 1 (detection_item_failure): no\n");
  EXPECT_EQ(ChangedItems("{B: 1}", kOnItem), "{B: int 1}");
}

TEST(Nest, AppliesItsItemsWhereItsConditionsHold) {
  constexpr std::string_view kItems =
      "items: [{type: field_name_prefix, prefix: a.}, {type: rule_failure, "
      "message: no, rule_conditions: [{type: contains_field, field: a.F}]}]";
  EXPECT_EQ(ChangedItems("{A: 1}", "type: nest, " + std::string(kItems)),
            "{a.A: int 1}");
  EXPECT_EQ(ChangedItems("{F: 1}", "type: nest, " + std::string(kItems)),
            "pipeline 'P', item 1.2 (rule_failure): no\n");
  EXPECT_EQ(ChangedItems("{F: 1}",
                         "type: nest, rule_conditions: [{type: "
                         "logsource, product: linux}], " +
                             std::string(kItems)),
            "{F: int 1}");
}

TEST(State, GoesFromOnePipelineToTheNextAndNotToTheNextRule) {
  const std::string set =
      "name: S\npriority: 1\ntransformations:\n"
      "- {type: set_state, key: k, val: 5, rule_conditions: "
      "[{type: contains_field, field: A}]}\n";
  const std::string use = PipelineOf(
      "type: field_name_suffix, suffix: x, rule_conditions: [{type: "
      "processing_state, key: k, val: 5}]");
  const std::string two =
      RuleOf("sel: {A: 1}") + "---\n" + RuleOf("sel: {B: 1}");
  const auto changed = Apply(two, {set, "priority: 2\n" + use});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(Show(changed->detection_rules()[0]), "sel={Ax: int 1} | sel");
  EXPECT_EQ(Show(changed->detection_rules()[1]), "sel={B: int 1} | sel");
}

TEST(Fields, HaveNoEffect) {
  for (const std::string_view item :
       {"type: add_field, field: [X, Y]", "type: remove_field, field: A",
        "type: set_field, fields: [Z]"}) {
    EXPECT_EQ(ChangedItems("{A: 1}", item), "{A: int 1}");
  }
}

}  // namespace
}  // namespace hypersigma::internal
