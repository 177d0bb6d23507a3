#include "lib/compile/detection_compiler.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

RuleValue StringValue(const std::string& text) {
  RuleValue value;
  value.kind = RuleValue::Kind::kString;
  value.text = text;
  value.patterns = {SigmaString::Parse(text)};
  return value;
}

Detection Item(std::vector<Modifier> modifiers, std::vector<RuleValue> values) {
  Detection detection;
  detection.item.field = "f";
  detection.item.modifiers = std::move(modifiers);
  detection.item.values = std::move(values);
  return detection;
}

struct Compiled {
  DetectionPlan plan;
  std::vector<Predicate> predicates;
};

Compiled Compile(const Detection& detection) {
  FieldTable fields;
  PredicateTable predicates;
  DetectionPlan plan = CompileDetection(detection, fields, predicates);
  return {std::move(plan), predicates.Release()};
}

Operator OperatorOf(std::vector<Modifier> modifiers, const std::string& text) {
  return Compile(Item(std::move(modifiers), {StringValue(text)}))
      .predicates.front()
      .op;
}

TEST(CompileDetection, TakesTheSimplestOperator) {
  EXPECT_EQ(OperatorOf({}, "a"), Operator::kEquals);
  EXPECT_EQ(OperatorOf({}, ""), Operator::kEquals);
  EXPECT_EQ(OperatorOf({}, "*a"), Operator::kEndsWith);
  EXPECT_EQ(OperatorOf({}, "a*"), Operator::kStartsWith);
  EXPECT_EQ(OperatorOf({}, "*a*"), Operator::kContains);
  EXPECT_EQ(OperatorOf({}, "*"), Operator::kAnyText);
  EXPECT_EQ(OperatorOf({}, "a*b"), Operator::kGlob);
  EXPECT_EQ(OperatorOf({}, "?"), Operator::kGlob);
  EXPECT_EQ(OperatorOf({}, R"(a\*)"), Operator::kEquals);
}

TEST(CompileDetection, AffixesDoNotDoubleAWildcard) {
  EXPECT_EQ(OperatorOf({Modifier::kContains}, "*a"), Operator::kContains);
  EXPECT_EQ(OperatorOf({Modifier::kContains}, ""), Operator::kAnyText);
  EXPECT_EQ(OperatorOf({Modifier::kEndsWith}, "a*"), Operator::kContains);
}

TEST(CompileDetection, KeepsTheOtherEndAnchored) {
  const Compiled compiled =
      Compile(Item({Modifier::kStartsWith}, {StringValue("/home/*/X")}));
  EXPECT_THAT(compiled.predicates.front().glob,
              ElementsAre(PatternPart{PatternPart::Kind::kLiteral, "/home/"},
                          PatternPart{PatternPart::Kind::kAnyRun, ""},
                          PatternPart{PatternPart::Kind::kLiteral, "/x"},
                          PatternPart{PatternPart::Kind::kAnyRun, ""}));
}

TEST(CompileDetection, FoldsUnlessCased) {
  Detection detection = Item({}, {StringValue("CMD\u212A")});
  EXPECT_EQ(Compile(detection).predicates.front().operand, "cmdk");
  detection.item.cased = true;
  EXPECT_EQ(Compile(detection).predicates.front().operand, "CMD\u212A");
}

TEST(CompileDetection, EqualPredicatesAreShared) {
  const Compiled compiled =
      Compile(Item({}, {StringValue("CMD"), StringValue("cmd")}));
  EXPECT_THAT(compiled.predicates, SizeIs(1));
  EXPECT_THAT(compiled.plan.values, SizeIs(2));
  EXPECT_EQ(compiled.plan.values[0].written, "CMD");
}

TEST(CompileDetection, WindashVariantsBelongToOneValue) {
  const Compiled compiled = Compile(
      Item({Modifier::kContains, Modifier::kWindash}, {StringValue("-a")}));
  ASSERT_THAT(compiled.plan.values, SizeIs(1));
  EXPECT_EQ(compiled.plan.values[0].written, "-a");
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kMatch);
  EXPECT_THAT(compiled.plan.values[0].any_of, SizeIs(5));
}

TEST(CompileDetection, KeywordIsASubstringOfAnyValue) {
  Detection detection = Item({}, {StringValue("evil")});
  detection.item.field.reset();
  const Compiled compiled = Compile(detection);
  EXPECT_EQ(compiled.predicates.front().field, kUnnamedField);
  EXPECT_EQ(compiled.predicates.front().op, Operator::kContains);
  EXPECT_EQ(compiled.plan.values[0].kind, IndicatorKind::kKeyword);
}

}  // namespace
}  // namespace hypersigma::internal
