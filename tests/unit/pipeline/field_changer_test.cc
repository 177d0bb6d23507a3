#include "lib/pipeline/field_changer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/rule/correlation.h"
#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kMap =
    "type: field_name_mapping, mapping: {A: a, B: [b, c]}";

TEST(FieldChanger, RenamesAFieldAndKeepsItsModifiers) {
  EXPECT_EQ(ChangedItems("{'A|contains|cased': x, C: y}", kMap),
            "{a|contains|cased: str x ~ <*>x<*>; C: str y ~ y}");
}

TEST(FieldChanger, LinksSeveralNamesByOr) {
  EXPECT_EQ(ChangedItems("{B: [1, 2], C: 3}", kMap),
            "{[b: int 1, int 2; c: int 1, int 2]; C: int 3}");
}

TEST(FieldChanger, LinksSeveralNamesOfANegatedItemByAnd) {
  EXPECT_EQ(ChangedItems("{'B|neq': 1, C: 3}", kMap),
            "{b|neq: int 1; c|neq: int 1; C: int 3}");
}

TEST(FieldChanger, DoesNotNestSeveralNamesOfSeveralNames) {
  EXPECT_EQ(
      Changed(RuleOf("sel: {A: 1, F: 2}"),
              {PipelineOf("type: field_name_mapping, mapping: {A: [B, C]}"),
               PipelineOf("type: field_name_mapping, mapping: {B: [D, E]}"),
               PipelineOf("type: field_name_mapping, mapping: {D: [G, H]}")}),
      "sel={[G: int 1; H: int 1; E: int 1; C: int 1]; F: int 2} | sel");
}

TEST(FieldChanger, RenamesWhatFieldrefNames) {
  EXPECT_EQ(ChangedItems("{'A|fieldref': A, 'C|fieldref': B}", kMap),
            "{a|fieldref: str a; C|fieldref: str b, str c}");
  EXPECT_EQ(ChangedItems("{'C|fieldref|all': [B, D]}", kMap),
            "pipeline 'P', item 1 (field_name_mapping): field 'B' would get "
            "several names in a value under 'all'\n");
}

TEST(FieldChanger, LeavesKeywordsAlone) {
  EXPECT_EQ(ChangedItems("[x]", "type: field_name_prefix, prefix: p."),
            ": str x ~ <*>x<*>");
}

TEST(FieldChanger, TakesTheFirstPrefixThatFits) {
  EXPECT_EQ(ChangedItems("{win.a.b: 1, win.c: 2, lin.d: 3, other: 4}",
                         "type: field_name_prefix_mapping, mapping: "
                         "{win.a: x, win: y, lin.: [p., q.]}"),
            "{x.b: int 1; y.c: int 2; [p.d: int 3; q.d: int 3]; other: int 4}");
}

TEST(FieldChanger, AddsPrefixesAndSuffixes) {
  EXPECT_EQ(ChangedItems("{A: 1, 'B|fieldref': C}",
                         "type: field_name_prefix, prefix: p."),
            "{p.A: int 1; p.B|fieldref: str p.C}");
  EXPECT_EQ(ChangedItems("{A: 1}", "type: field_name_suffix, suffix: .s"),
            "{A.s: int 1}");
}

TEST(FieldChanger, ObeysConditionsOnEachName) {
  EXPECT_EQ(ChangedItems(
                "{'A|fieldref': [A, B], B: 1}",
                "type: field_name_prefix, prefix: p., field_name_conditions: "
                "[{type: include_fields, fields: [B]}]"),
            "{A|fieldref: str A, str p.B; p.B: int 1}");
}

TEST(FieldChanger, KnowsWhatWasDoneToAName) {
  // The usual way to give a prefix to what no mapping knows.
  const std::string pipeline = R"(
name: P
transformations:
- {id: map, type: field_name_mapping, mapping: {A: a, B: [b, c]}}
- id: prefix
  type: field_name_prefix
  prefix: p.
  field_name_conditions:
  - {type: processing_item_applied, processing_item_id: map}
  field_name_cond_not: true
)";
  EXPECT_EQ(Changed(RuleOf("sel: {A: 1, B: 2, C: 3, 'D|fieldref': [A, E]}"),
                    {pipeline}),
            "sel={a: int 1; [b: int 2; c: int 2]; p.C: int 3; "
            "p.D|fieldref: str a, str p.E} | sel");
}

std::string CorrelationOf(std::string_view more) {
  return RuleOf("sel: {A: 1}") +
         "---\ntitle: C\ncorrelation:\n  type: value_count\n"
         "  rules: [11111111-1111-4111-8111-111111111111]\n"
         "  timespan: 1m\n" +
         std::string(more);
}

TEST(FieldChanger, RenamesTheFieldsOfCorrelations) {
  const auto changed = Apply(CorrelationOf("  group-by: [A, B, al]\n"
                                           "  aliases: {al: {11111111-1111-"
                                           "4111-8111-111111111111: A}}\n"
                                           "  condition: {gte: 2, field: A}\n"),
                             {PipelineOf(kMap)});
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->correlations().size(), 1);
  const CorrelationRule& correlation = changed->correlations().front();
  EXPECT_THAT(correlation.group_by, testing::ElementsAre("a", "b", "c", "al"));
  EXPECT_THAT(correlation.fields, testing::ElementsAre("a"));
  EXPECT_EQ(correlation.aliases.at(0).fields.at(0).field, "a");
}

TEST(FieldChanger, RefusesSeveralNamesWhereACorrelationHasOne) {
  const auto changed = Apply(CorrelationOf("  condition: {gte: 2, field: B}\n"),
                             {PipelineOf(kMap)});
  ASSERT_TRUE(changed.ok());
  EXPECT_TRUE(changed->correlations().empty());
  EXPECT_EQ(changed->rules().size(), 1);
  EXPECT_EQ(changed->report().documents.at(1).diagnostics.back().message,
            "pipeline 'P', item 1 (field_name_mapping): field 'B' of the "
            "correlation's condition would get several names");
}

TEST(FieldChanger, StopsRulesThatGrowWithoutEnd) {
  std::string pipeline = "name: P\ntransformations:\n";
  for (int i = 0; i < 40; ++i) {
    pipeline += "- {type: field_name_mapping, mapping: {A: [A, A, B]}}\n";
  }
  EXPECT_EQ(Changed(RuleOf("sel: {A: 1}"), {pipeline}),
            "pipeline 'P', item 16 (field_name_mapping): pipelines make the "
            "rule grow by too many nodes, expected at most 200000\n");
}

}  // namespace
}  // namespace hypersigma::internal
