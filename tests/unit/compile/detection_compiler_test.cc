#include "lib/compile/detection_compiler.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/rule/selection_parser.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

struct Compiled {
  DetectionPlan plan;  // of the only item
  std::vector<Predicate> predicates;
  std::vector<std::string> fields;
};

// Compiles the selection `entry`, one `field|modifiers: values` in YAML.
Compiled Compile(const std::string& entry) {
  const Source source("a.yml", entry);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  PatternBudget budget;
  const Detection detection =
      ParseSelectionBody(documents.at(0).root, {}, budget, reporter);
  EXPECT_EQ(reporter.error_count(), 0u) << entry;
  FieldTable fields;
  PredicateTable predicates;
  DetectionPlan plan = CompileDetection(detection, fields, predicates);
  return {plan.children.at(0),
          predicates.Release(),
          {fields.names().begin(), fields.names().end()}};
}

Operator OperatorOf(const std::string& entry) {
  return Compile(entry).predicates.front().op;
}

TEST(CompileDetection, TakesTheSimplestOperator) {
  EXPECT_EQ(OperatorOf("f: 'a'"), Operator::kEquals);
  EXPECT_EQ(OperatorOf("f: ''"), Operator::kEquals);
  EXPECT_EQ(OperatorOf("f: '*a'"), Operator::kEndsWith);
  EXPECT_EQ(OperatorOf("f: 'a*'"), Operator::kStartsWith);
  EXPECT_EQ(OperatorOf("f: '*a*'"), Operator::kContains);
  EXPECT_EQ(OperatorOf("f: '*'"), Operator::kAnyText);
  EXPECT_EQ(OperatorOf("f: 'a*b'"), Operator::kGlob);
  EXPECT_EQ(OperatorOf("f: '?'"), Operator::kGlob);
  EXPECT_EQ(OperatorOf(R"(f: a\*)"), Operator::kEquals);
}

TEST(CompileDetection, AffixesDoNotDoubleAWildcard) {
  EXPECT_EQ(OperatorOf("f|contains: '*a'"), Operator::kContains);
  EXPECT_EQ(OperatorOf("f|contains: ''"), Operator::kAnyText);
  EXPECT_EQ(OperatorOf("f|endswith: 'a*'"), Operator::kContains);
}

TEST(CompileDetection, KeepsTheOtherEndAnchored) {
  const Compiled compiled = Compile("f|startswith: /home/*/X");
  EXPECT_THAT(compiled.predicates.front().glob,
              ElementsAre(PatternPart{PatternPart::Kind::kLiteral, "/home/"},
                          PatternPart{PatternPart::Kind::kAnyRun, ""},
                          PatternPart{PatternPart::Kind::kLiteral, "/x"},
                          PatternPart{PatternPart::Kind::kAnyRun, ""}));
}

TEST(CompileDetection, FoldsUnlessCased) {
  EXPECT_EQ(Compile("f: CMD\u212A").predicates.front().operand, "cmdk");
  EXPECT_EQ(Compile("f|cased: CMD\u212A").predicates.front().operand,
            "CMD\u212A");
}

TEST(CompileDetection, EqualPredicatesAreShared) {
  const Compiled compiled = Compile("f: [CMD, cmd]");
  EXPECT_THAT(compiled.predicates, SizeIs(1));
  EXPECT_THAT(compiled.plan.values, SizeIs(2));
  EXPECT_EQ(compiled.plan.values[0].written, "CMD");
}

TEST(CompileDetection, VariantsBelongToOneValue) {
  Compiled compiled = Compile("f|contains|windash: -a");
  ASSERT_THAT(compiled.plan.values, SizeIs(1));
  EXPECT_EQ(compiled.plan.values[0].written, "-a");
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kMatch);
  EXPECT_THAT(compiled.plan.values[0].any_of, SizeIs(5));
  compiled = Compile("f|base64offset|contains: foobar");
  ASSERT_THAT(compiled.plan.values, SizeIs(1));
  EXPECT_THAT(compiled.plan.values[0].any_of, SizeIs(3));
}

TEST(CompileDetection, KeywordIsASubstringOfAnyValue) {
  const Compiled compiled = Compile("'|cased': evil");
  EXPECT_EQ(compiled.predicates.front().field, kUnnamedField);
  EXPECT_EQ(compiled.predicates.front().op, Operator::kContains);
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kKeyword);
}

TEST(CompileDetection, AFieldRefNamesAnotherField) {
  const Compiled compiled = Compile("f|fieldref|endswith|cased: a.b");
  EXPECT_THAT(compiled.fields, ElementsAre("f", "a.b"));
  const Predicate& predicate = compiled.predicates.front();
  EXPECT_EQ(predicate.op, Operator::kFieldRef);
  EXPECT_EQ(predicate.other_field, FieldId{1});
  EXPECT_EQ(predicate.relation, FieldRelation::kEndsWith);
  EXPECT_TRUE(predicate.cased);
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kFieldRef);
}

TEST(CompileDetection, ATimePartKeepsItsComparison) {
  const Compiled compiled = Compile("f|hour|gte: 22");
  const Predicate& predicate = compiled.predicates.front();
  EXPECT_EQ(predicate.op, Operator::kTimePart);
  EXPECT_EQ(predicate.time_part, TimePart::kHour);
  EXPECT_EQ(predicate.comparison, Comparison::kGte);
  EXPECT_EQ(predicate.operand, "22");
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kHour);
  EXPECT_EQ(Compile("f|year: 2026").predicates.front().comparison,
            Comparison::kEq);
}

TEST(CompileDetection, ARegexKeepsItsFlagsAndAnchors) {
  const RegexFlags flags =
      Compile("f|re|i|s|endswith: a").predicates.front().regex_flags;
  EXPECT_TRUE(flags.caseless);
  EXPECT_TRUE(flags.dot_all);
  EXPECT_FALSE(flags.multiline);
  EXPECT_TRUE(flags.at_end);
  EXPECT_FALSE(flags.at_start);
}

}  // namespace
}  // namespace hypersigma::internal
