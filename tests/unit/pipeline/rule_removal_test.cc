#include "lib/pipeline/rule_removal.h"

#include <gtest/gtest.h>

#include "lib/rule/correlation.h"
#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

std::string Named(std::string_view name, std::string_view field) {
  return "title: " + std::string(name) + "\nname: " + std::string(name) +
         "\nlogsource: {product: x}\ndetection: {sel: {" + std::string(field) +
         ": 1}, condition: sel}\n---\n";
}

std::string Correlation(std::string_view name, std::string_view rules) {
  return "title: " + std::string(name) + "\nname: " + std::string(name) +
         "\ncorrelation: {type: temporal, rules: [" + std::string(rules) +
         "], timespan: 1m}\n---\n";
}

constexpr std::string_view kRefuseF =
    "type: rule_failure, message: no, rule_conditions: [{type: contains_field, "
    "field: F}]";

TEST(RuleRemoval, RenumbersTheRulesThatAreLeft) {
  const auto changed =
      Apply(Named("a", "A") + Named("f", "F") + Named("b", "B"),
            {PipelineOf(kRefuseF)});
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->rules().size(), 2);
  EXPECT_EQ(changed->rules()[1].title, "b");
  EXPECT_EQ(Show(changed->detection_rules()[1]), "sel={B: int 1} | sel");
  const auto& documents = changed->report().documents;
  EXPECT_EQ(documents[0].rule, RuleId{0});
  EXPECT_EQ(documents[1].rule, std::nullopt);
  EXPECT_EQ(documents[1].status, DocumentStatus::kRefused);
  EXPECT_EQ(documents[2].rule, RuleId{1});
}

TEST(RuleRemoval, SaysWhereAndWhy) {
  const auto changed =
      Apply(Named("a", "A") + Named("f", "F"), {PipelineOf(kRefuseF)});
  ASSERT_TRUE(changed.ok());
  const Diagnostic& diagnostic =
      changed->report().documents[1].diagnostics.back();
  EXPECT_EQ(Format(diagnostic),
            "<yaml>:5:1: error: pipeline 'P', item 1 (rule_failure): no\n");
}

TEST(RuleRemoval, RefusesWhatRefersToNothingElse) {
  const auto changed =
      Apply(Named("f", "F") + Named("a", "A") + Named("b", "B") +
                Correlation("c1", "f, a") + Correlation("c2", "a, b") +
                Correlation("c3", "c1, c2") + Correlation("c4", "c2, b"),
            {PipelineOf(kRefuseF)});
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->correlations().size(), 2);
  const CorrelationRule& c2 = changed->correlations()[0];
  EXPECT_EQ(c2.attributes.title, "c2");
  EXPECT_EQ(c2.rules[0].targets.at(0).index, 0);
  EXPECT_EQ(c2.rules[1].targets.at(0).index, 1);
  const CorrelationRule& c4 = changed->correlations()[1];
  EXPECT_EQ(c4.rules[0].targets.at(0).kind, RuleTarget::Kind::kCorrelation);
  EXPECT_EQ(c4.rules[0].targets.at(0).index, 0);
  const auto& documents = changed->report().documents;
  EXPECT_EQ(documents[3].diagnostics.back().message,
            "the rule 'f' that it refers to is refused by a pipeline");
  EXPECT_EQ(documents[5].diagnostics.back().message,
            "the rule 'c1' that it refers to is refused by a pipeline");
  EXPECT_EQ(documents[6].status, DocumentStatus::kDegraded);
}

}  // namespace
}  // namespace hypersigma::internal
