#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/explanation.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Rule(std::string_view detection) {
  return "title: A\nlogsource: {category: process_creation, product: windows}\n"
         "detection:\n" +
         std::string(detection);
}

Engine Build(std::string_view detection) {
  return Engine::Build(RuleSet::FromYaml(Rule(detection))).value();
}

EventExplanation Explain(const Engine& engine, std::string_view json,
                         const ScannerOptions& options = {}) {
  const std::vector<RuleId> rules = {RuleId{0}};
  Explainer explainer = Explainer::Create(engine, options).value();
  return explainer.ExplainJson(json, rules).value();
}

const ExplainedValue& ValueOf(const EventExplanation& explanation,
                              std::size_t selection, std::size_t item,
                              std::size_t value) {
  const ExplainedDetection& detection =
      explanation.rules[0].selections[selection].detection;
  return detection.children[item].values[value];
}

TEST(Explainer, NamesTheBytesThatHit) {
  const Engine engine =
      Build("  a: {C|contains: [no, key], D|neq: x}\n  condition: a\n");
  const EventExplanation explanation =
      Explain(engine, "{\"C\": [\"q\", \"\u0130\u212AEY\"], \"D\": 3}");
  const RuleExplanation& rule = explanation.rules[0];
  EXPECT_EQ(rule.truth, Truth::kTrue);
  EXPECT_EQ(rule.changes_status, ChangesStatus::kNone);
  EXPECT_EQ(ValueOf(explanation, 0, 0, 0).truth, Truth::kFalse);
  const ExplainedValue& value = ValueOf(explanation, 0, 0, 1);
  EXPECT_EQ(value.kind, IndicatorKind::kMatch);
  ASSERT_TRUE(value.hit.has_value());
  EXPECT_EQ(value.hit->place, (ValuePlace{0, 1}));
  EXPECT_EQ(value.hit->span, (ByteSpan{2, 7}));
  EXPECT_EQ(value.hit->pattern, "key");
  EXPECT_EQ(explanation.fields[0].values[1].member, "C");
  const ExplainedDetection& inverted = rule.selections[0].detection.children[1];
  EXPECT_TRUE(inverted.neq);
  EXPECT_EQ(inverted.truth, Truth::kTrue);
  EXPECT_EQ(inverted.values[0].truth, Truth::kFalse);
}

TEST(Explainer, NamesTheVariantThatHit) {
  const Engine engine = Build(
      "  a: {C|windash|contains: ' -x', D|base64offset|contains: http}\n"
      "  condition: a\n");
  const EventExplanation explanation =
      Explain(engine, "{\"C\": \"q \u2013X\", \"D\": \"qaHR0cA\"}");
  const ExplainedValue& dash = ValueOf(explanation, 0, 0, 0);
  ASSERT_TRUE(dash.hit.has_value());
  EXPECT_EQ(dash.hit->span, (ByteSpan{1, 6}));
  EXPECT_EQ(dash.hit->pattern, " \u2013x");
  const ExplainedValue& encoded = ValueOf(explanation, 0, 1, 0);
  ASSERT_TRUE(encoded.hit.has_value());
  EXPECT_EQ(encoded.hit->span, (ByteSpan{1, 6}));
}

TEST(Explainer, TellsWhatIsMissing) {
  const Engine engine = Build(
      "  a: {C: null, D|exists: false, E|exists: true}\n  condition: a\n");
  const EventExplanation explanation = Explain(engine, R"({"E": []})");
  EXPECT_EQ(explanation.rules[0].truth, Truth::kTrue);
  EXPECT_TRUE(explanation.fields[0].is_missing);
  EXPECT_FALSE(ValueOf(explanation, 0, 0, 0).hit.has_value());
  EXPECT_FALSE(ValueOf(explanation, 0, 1, 0).hit.has_value());
  const ExplainedValue& exists = ValueOf(explanation, 0, 2, 0);
  ASSERT_TRUE(exists.hit.has_value());
  EXPECT_FALSE(exists.hit->span.has_value());
}

TEST(Explainer, ShowsBothFieldsOfAFieldref) {
  const Engine engine =
      Build("  a: {C|fieldref|endswith: D}\n  condition: a\n");
  const EventExplanation explanation =
      Explain(engine, R"({"C": "abc", "D": ["x", "BC"]})");
  const ExplainedValue& value =
      explanation.rules[0].selections[0].detection.children[0].values[0];
  ASSERT_TRUE(value.hit.has_value());
  EXPECT_EQ(value.hit->span, (ByteSpan{1, 3}));
  ASSERT_TRUE(value.hit->other.has_value());
  const ValuePlace other = *value.hit->other;
  EXPECT_EQ(explanation.fields[other.field].values[other.value].text, "BC");
}

TEST(Explainer, NamesTheFewestChanges) {
  const Engine engine = Build(
      "  a: {C: [x, y, z], D|contains|all: [p, q]}\n  b: {E: 1}\n"
      "  f: {F|contains: [v, w]}\n"
      "  condition: (a or b) and not f\n");
  const EventExplanation explanation =
      Explain(engine, R"({"C": "x", "D": "q", "F": "v"})");
  const RuleExplanation& rule = explanation.rules[0];
  EXPECT_EQ(rule.truth, Truth::kFalse);
  EXPECT_EQ(rule.changes_status, ChangesStatus::kSmallest);
  ASSERT_THAT(rule.changes, SizeIs(2));
  EXPECT_EQ(rule.changes[1].selection, 2u);
  EXPECT_EQ(rule.changes[1].value, "v");
  EXPECT_FALSE(rule.changes[1].becomes);
  EXPECT_TRUE(rule.changes[0].becomes);
}

TEST(Explainer, CountsWhatWouldDoInstead) {
  const Engine engine = Build("  a: {C: [x, y, z]}\n  condition: a\n");
  const EventExplanation explanation = Explain(engine, R"({"C": "q"})");
  ASSERT_THAT(explanation.rules[0].changes, SizeIs(1));
  EXPECT_EQ(explanation.rules[0].changes[0].alternatives, 2u);
}

TEST(Explainer, SaysWhenARuleIsNotAdmitted) {
  const Engine engine = Build("  a: {C: x}\n  condition: a\n");
  const EventExplanation explanation =
      Explain(engine, R"({"C": "x", "Channel": "Security", "EventID": 4624})");
  EXPECT_EQ(explanation.rules[0].truth, Truth::kTrue);
  EXPECT_FALSE(explanation.rules[0].is_admitted);
}

TEST(Explainer, NamesTheAliasOfAField) {
  const Engine engine = Build("  a: {Image: x}\n  condition: a\n");
  const EventExplanation explanation =
      Explain(engine,
              R"({"Event": {"System": {"Channel": "Security", "EventID": 4688,
                  "Provider": {"#attributes": {"Name":
                  "Microsoft-Windows-Security-Auditing"}}},
                  "EventData": {"NewProcessName": "X"}}})");
  EXPECT_EQ(explanation.layout, "evtx");
  EXPECT_TRUE(explanation.rules[0].is_admitted);
  EXPECT_EQ(explanation.rules[0].truth, Truth::kTrue);
  EXPECT_EQ(explanation.fields[0].alias, "NewProcessName");
  EXPECT_EQ(explanation.fields[0].values[0].member,
            "Event.EventData.NewProcessName");
}

TEST(Explainer, ExplainsTheMatchesOfPairs) {
  const Engine engine = Build("  a: {C: x}\n  condition: a\n");
  Explainer explainer = Explainer::Create(engine).value();
  const std::vector<FieldValue> event = {
      {engine.FindField("C"), Value::String("X")}};
  const EventExplanation explanation = explainer.Explain(event).value();
  ASSERT_THAT(explanation.rules, SizeIs(1));
  EXPECT_EQ(explanation.fields[0].values[0].text, "X");
  EXPECT_EQ(explanation.fields[0].values[0].member, "");
  EXPECT_THAT(explainer.Explain({}).value().rules, IsEmpty());
}

TEST(Explainer, ShowsNoFlagsOfAnEventBefore) {
  const Engine engine = Build("  a: {C: x}\n  condition: a\n");
  Explainer explainer = Explainer::Create(engine).value();
  EXPECT_THAT(explainer.ExplainJson(R"({"C": "x"})").value().rules, SizeIs(1));
  EXPECT_THAT(explainer.ExplainJson(R"({"C": "y"})").value().rules, IsEmpty());
  EXPECT_THAT(explainer.ExplainJson(R"({"C": "x"})").value().rules, SizeIs(1));
}

TEST(Explainer, LeavesOpenWhatALimitLeavesOpen) {
  const Engine engine =
      Build("  a: {C|re: '(a+)+$'}\n  b: {D: x}\n  condition: a and b\n");
  const std::string json =
      "{\"D\": \"x\", \"C\": \"" + std::string(5'000, 'a') + "b\"}";
  const EventExplanation explanation = Explain(engine, json);
  const RuleExplanation& rule = explanation.rules[0];
  EXPECT_EQ(rule.truth, Truth::kUndecided);
  EXPECT_EQ(rule.changes_status, ChangesStatus::kNotDecided);
  EXPECT_THAT(rule.changes, IsEmpty());
  EXPECT_EQ(ValueOf(explanation, 0, 0, 0).reason, UndecidedReason::kRegexLimit);
}

TEST(Explainer, RefusesWhatIsNotThere) {
  const Engine engine = Build("  a: {C: x}\n  condition: a\n");
  Explainer explainer = Explainer::Create(engine).value();
  const std::vector<RuleId> rules = {RuleId{1}};
  const absl::Status no_rule = explainer.ExplainJson("{}", rules).status();
  EXPECT_TRUE(absl::IsInvalidArgument(no_rule));
  EXPECT_EQ(no_rule.message(), "there is no rule 1 in an engine of 1");
  EXPECT_TRUE(absl::IsInvalidArgument(explainer.ExplainJson("[").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      Explainer::Create(engine, {.layout = "none"}).status()));
}

TEST(ChangesStatusName, NamesEach) {
  const std::vector<std::string_view> names = {
      ChangesStatusName(ChangesStatus::kNone),
      ChangesStatusName(ChangesStatus::kSmallest),
      ChangesStatusName(ChangesStatus::kSufficient),
      ChangesStatusName(ChangesStatus::kNotDecided),
      ChangesStatusName(ChangesStatus::kImpossible)};
  EXPECT_THAT(names, ElementsAre("none", "smallest", "sufficient",
                                 "not_decided", "impossible"));
}

}  // namespace
}  // namespace hypersigma
