#include "lib/pipeline/condition_matcher.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

// Whether an item with `members` is for a rule of one selection.
bool IsFor(std::string_view selection, std::string_view members) {
  const std::string shown = ChangedItems(
      selection, "type: case, method: upper, id: i, " + std::string(members));
  EXPECT_TRUE(shown.find("VALUE") != shown.npos ||
              shown.find("value") != shown.npos)
      << shown;
  return shown.find("VALUE") != std::string::npos;
}

bool IsForRule(std::string_view condition) {
  return IsFor("{A: [value, 5], B: null, 'C|contains': x}",
               "rule_conditions: [{" + std::string(condition) + "}]");
}

TEST(RuleConditions, LookAtTheLogSource) {
  EXPECT_TRUE(IsForRule("type: logsource, product: windows"));
  EXPECT_TRUE(
      IsForRule("type: logsource, product: Windows, category: "
                "process_creation"));
  EXPECT_FALSE(IsForRule("type: logsource, product: windows, service: x"));
}

TEST(RuleConditions, LookForFieldsAndItems) {
  EXPECT_TRUE(IsForRule("type: contains_field, field: B"));
  EXPECT_FALSE(IsForRule("type: contains_field, field: b"));
  EXPECT_TRUE(IsForRule("type: contains_detection_item, field: A, value: 5"));
  EXPECT_TRUE(
      IsForRule("type: contains_detection_item, field: A, value: value"));
  EXPECT_FALSE(
      IsForRule("type: contains_detection_item, field: A, value: '5'"));
  EXPECT_TRUE(
      IsForRule("type: contains_detection_item, field: C, value: '*x*'"));
  EXPECT_FALSE(IsForRule("type: contains_detection_item, field: C, value: x"));
  EXPECT_TRUE(
      IsForRule("type: contains_detection_item, field: B, value: null"));
}

TEST(RuleConditions, LookAtAttributes) {
  EXPECT_TRUE(IsForRule("type: rule_attribute, attribute: title, value: T"));
  EXPECT_FALSE(
      IsForRule("type: rule_attribute, attribute: title, value: T, op: ne"));
  EXPECT_TRUE(IsForRule(
      "type: rule_attribute, attribute: level, value: medium, op: gt"));
  EXPECT_FALSE(
      IsForRule("type: rule_attribute, attribute: level, value: high, op: gt"));
  EXPECT_TRUE(IsForRule(
      "type: rule_attribute, attribute: status, value: experimental, op: gte"));
  EXPECT_TRUE(IsForRule(
      "type: rule_attribute, attribute: date, value: 2024-01-01, op: gte"));
  EXPECT_FALSE(IsForRule(
      "type: rule_attribute, attribute: modified, value: 2024-01-01, op: ne"));
  EXPECT_TRUE(IsForRule(
      "type: rule_attribute, attribute: tags, value: attack.t1059, op: in"));
  EXPECT_FALSE(
      IsForRule("type: rule_attribute, attribute: custom, value: x, op: ne"));
  EXPECT_TRUE(IsForRule("type: tag, tag: attack.t1059"));
  EXPECT_FALSE(IsForRule("type: tag, tag: attack.t1060"));
}

TEST(RuleConditions, TellRulesFromCorrelations) {
  EXPECT_TRUE(IsForRule("type: is_sigma_rule"));
  EXPECT_FALSE(IsForRule("type: is_sigma_correlation_rule"));
}

TEST(RuleConditions, KnowCustomAttributes) {
  const std::string set =
      PipelineOf("type: set_custom_attribute, attribute: a, value: [x, 2]");
  const auto changed = [&](std::string_view condition) {
    return Changed(RuleOf("sel: {A: 1}"),
                   {set, PipelineOf("type: field_name_suffix, suffix: x, "
                                    "rule_conditions: [{type: rule_attribute, "
                                    "attribute: a, " +
                                    std::string(condition) + "}]")});
  };
  EXPECT_EQ(changed("value: 2, op: in"), "sel={Ax: int 1} | sel");
  EXPECT_EQ(changed("value: 3, op: in"), "sel={A: int 1} | sel");
  EXPECT_EQ(changed("value: 3, op: not_in"), "sel={Ax: int 1} | sel");
}

bool IsForItem(std::string_view selection, std::string_view condition) {
  return IsFor(selection,
               "detection_item_conditions: [{" + std::string(condition) + "}]");
}

TEST(ItemConditions, MatchStringsFromTheirBeginning) {
  EXPECT_TRUE(IsForItem("{A: [x, value]}",
                        "type: match_string, cond: any, pattern: 'val'"));
  EXPECT_FALSE(IsForItem("{A: [x, value]}",
                         "type: match_string, cond: any, pattern: 'lue'"));
  EXPECT_FALSE(IsForItem("{A: [x, value]}",
                         "type: match_string, cond: all, pattern: 'val'"));
  EXPECT_TRUE(IsForItem("{'A|contains': value}",
                        "type: match_string, cond: any, pattern: '\\*val'"));
  EXPECT_TRUE(IsForItem("{A: [5, value]}",
                        "type: match_string, cond: any, pattern: '5', negate: "
                        "true"));
}

TEST(ItemConditions, MatchValuesOfTheirType) {
  EXPECT_TRUE(
      IsForItem("{A: [5, value]}", "type: match_value, cond: any, value: 5.0"));
  EXPECT_FALSE(
      IsForItem("{A: [5, value]}", "type: match_value, cond: any, value: '5'"));
  EXPECT_FALSE(
      IsForItem("{A: [5, value]}", "type: match_value, cond: all, value: 5"));
  EXPECT_TRUE(IsForItem("{A: [true, value]}",
                        "type: match_value, cond: any, value: true"));
}

TEST(ItemConditions, KnowWildcardsAndNulls) {
  EXPECT_TRUE(
      IsForItem("{'A|endswith': value}", "type: contains_wildcard, cond: all"));
  EXPECT_FALSE(IsForItem("{A: value}", "type: contains_wildcard, cond: any"));
  EXPECT_TRUE(IsForItem("{A: [null, value]}", "type: is_null, cond: any"));
  EXPECT_FALSE(IsForItem("{A: [null, value]}", "type: is_null, cond: all"));
}

bool IsForName(std::string_view selection, std::string_view condition) {
  return IsFor(selection,
               "field_name_conditions: [{" + std::string(condition) + "}]");
}

TEST(NameConditions, IncludeAndExcludeNames) {
  EXPECT_TRUE(IsForName("{A: value}", "type: include_fields, fields: [A, B]"));
  EXPECT_FALSE(IsForName("{C: value}", "type: include_fields, fields: [A, B]"));
  EXPECT_FALSE(IsForName("{A: value}", "type: exclude_fields, fields: [A, B]"));
  EXPECT_TRUE(IsForName("{C: value}", "type: exclude_fields, fields: [A, B]"));
}

TEST(NameConditions, TakePatternsFromTheBeginning) {
  EXPECT_TRUE(IsForName("{Abc: value}",
                        "type: include_fields, mode: re, fields: ['A.']"));
  EXPECT_FALSE(IsForName("{xAbc: value}",
                         "type: include_fields, mode: re, fields: ['A.']"));
}

TEST(NameConditions, NeverIncludeKeywords) {
  EXPECT_FALSE(
      IsForName("[value]", "type: include_fields, mode: re, fields: ['.*']"));
  EXPECT_TRUE(
      IsForName("[value]", "type: exclude_fields, mode: re, fields: ['.*']"));
}

TEST(Links, CombineConditions) {
  constexpr std::string_view kTwo =
      "field_name_conditions: [{type: include_fields, fields: [A]}, "
      "{type: include_fields, fields: [B]}]";
  EXPECT_FALSE(IsFor("{A: value}", kTwo));
  EXPECT_TRUE(
      IsFor("{A: value}", std::string(kTwo) + ", field_name_cond_op: or"));
  EXPECT_TRUE(
      IsFor("{A: value}", std::string(kTwo) + ", field_name_cond_not: true"));
  EXPECT_FALSE(IsFor("{A: value}", std::string(kTwo) +
                                       ", field_name_cond_op: or, "
                                       "field_name_cond_not: true"));
}

TEST(Links, FollowExpressions) {
  constexpr std::string_view kNamed =
      "rule_conditions: {w: {type: logsource, product: windows}, l: {type: "
      "logsource, product: linux}, f: {type: contains_field, field: A}}, "
      "rule_cond_expr: ";
  const auto holds = [&](std::string_view expression) {
    return IsFor("{A: value}", std::string(kNamed) + std::string(expression));
  };
  EXPECT_TRUE(holds("w and not l and f"));
  EXPECT_FALSE(holds("l or not (w and f)"));
  EXPECT_TRUE(holds("l and f or w"));
  EXPECT_FALSE(holds("l and (f or w)"));
}

TEST(Applied, IsKnownOfRulesAndItems) {
  const auto changed = [](std::string_view members) {
    return Changed(RuleOf("sel: {A: x, B: y}"),
                   {PipelineOf("id: first, type: map_string, mapping: {x: z}"),
                    PipelineOf("type: field_name_suffix, suffix: '!', " +
                               std::string(members))});
  };
  constexpr std::string_view kApplied =
      "[{type: processing_item_applied, processing_item_id: first}]";
  EXPECT_EQ(changed("rule_conditions: " + std::string(kApplied)),
            "sel={A!: str z ~ z; B!: str y ~ y} | sel");
  EXPECT_EQ(changed("detection_item_conditions: " + std::string(kApplied)),
            "sel={A!: str z ~ z; B: str y ~ y} | sel");
  EXPECT_EQ(changed("field_name_cond_not: true, field_name_conditions: " +
                    std::string(kApplied)),
            "sel={A: str z ~ z; B!: str y ~ y} | sel");
}

TEST(State, ComparesWithItsRelation) {
  const auto holds = [](std::string_view condition) {
    return Changed(RuleOf("sel: {A: x}"),
                   {PipelineOf("type: set_state, key: k, val: 5"),
                    PipelineOf("type: field_name_suffix, suffix: '!', "
                               "field_name_conditions: [{type: "
                               "processing_state, " +
                               std::string(condition) + "}]")}) ==
           "sel={A!: str x ~ x} | sel";
  };
  EXPECT_TRUE(holds("key: k, val: 5"));
  EXPECT_TRUE(holds("key: k, val: 4, op: gt"));
  EXPECT_FALSE(holds("key: k, val: 5, op: lt"));
  EXPECT_TRUE(holds("key: k, val: '5', op: ne"));
  EXPECT_FALSE(holds("key: k, val: '5', op: gte"));
  EXPECT_FALSE(holds("key: other, val: 5, op: ne"));
}

TEST(LogSourceOfCorrelations, IsThatOfTheirRules) {
  const std::string rules =
      RuleOf("sel: {A: x}") +
      "---\ntitle: C\ncorrelation: {type: event_count, rules: "
      "[11111111-1111-4111-8111-111111111111], timespan: 1m, group-by: [A], "
      "condition: {gte: 2}}\n";
  const auto name = [&](std::string_view product) {
    const auto changed = Apply(
        rules, {PipelineOf("type: field_name_suffix, suffix: '!', "
                           "rule_conditions: [{type: logsource, product: " +
                           std::string(product) + "}]")});
    return changed->correlations().front().group_by.front();
  };
  EXPECT_EQ(name("windows"), "A!");
  EXPECT_EQ(name("linux"), "A");
}

}  // namespace
}  // namespace hypersigma::internal
