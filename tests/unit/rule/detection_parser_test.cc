#include "lib/rule/detection_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/rule/ast_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Parsed {
  std::vector<std::string> selections;  // "name = body"
  std::vector<std::string> conditions;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  const DetectionSection section =
      ParseDetectionSection(documents.at(0).root, {}, reporter);
  Parsed parsed;
  std::vector<std::string_view> names;
  for (const Selection& selection : section.selections) {
    names.push_back(selection.name);
    parsed.selections.push_back(selection.name + " = " +
                                Show(selection.detection));
  }
  for (const Condition& condition : section.conditions) {
    parsed.conditions.push_back(Show(condition, names));
  }
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

TEST(Detection, KeepsSelectionsAsWritten) {
  const Parsed parsed = Parse("b: {x: 1}\ncondition: a and b\na: {y: 2}\n");
  EXPECT_THAT(parsed.selections,
              ElementsAre("b = {x: int 1}", "a = {y: int 2}"));
  EXPECT_THAT(parsed.conditions, ElementsAre("(a and b)"));
  EXPECT_THAT(parsed.problems, IsEmpty());
}

TEST(Detection, TakesAListOfConditions) {
  EXPECT_THAT(Parse("a: {x: 1}\ncondition: [a, not a]\n").conditions,
              ElementsAre("a", "not (a)"));
}

TEST(Detection, IgnoresTheTimeframe) {
  const Parsed parsed =
      Parse("a: {x: 1}\ntimeframe: 5m\ncondition: all of them\n");
  EXPECT_THAT(parsed.conditions, ElementsAre("1 of [a]"));
  EXPECT_THAT(parsed.problems,
              ElementsAre("2:1 note: timeframe is ignored: conditions of Sigma "
                          "2 have no aggregation"));
}

TEST(Detection, ValidatesSelectionsThatNothingNames) {
  EXPECT_THAT(Parse("a: {x: 1}\nb: {}\ncondition: a\n").problems,
              ElementsAre("2:4 error: a selection is an empty map, expected at "
                          "least one field"));
}

TEST(Detection, RefusesMissingParts) {
  EXPECT_THAT(Parse("[a]").problems,
              ElementsAre("1:1 error: detection is a list, expected a map of "
                          "selections and a condition"));
  EXPECT_THAT(Parse("{a: {x: 1}}").problems,
              ElementsAre("1:1 error: detection has no condition, expected "
                          "'condition' beside the selections"));
  EXPECT_THAT(Parse("{condition: a}").problems,
              ElementsAre("1:1 error: detection has no selection, expected at "
                          "least one",
                          "1:13 error: unknown selection 'a'"));
}

TEST(Detection, RefusesConditionsThatAreNoExpressions) {
  const std::string expected = ", expected an expression over selections";
  EXPECT_THAT(Parse("{a: {x: 1}, condition: }").problems,
              ElementsAre("1:24 error: condition is null" + expected));
  EXPECT_THAT(Parse("{a: {x: 1}, condition: []}").problems,
              ElementsAre("1:24 error: condition is an empty list" + expected));
  EXPECT_THAT(Parse("{a: {x: 1}, condition: [[a], '', {}]}").problems,
              ElementsAre("1:25 error: condition is a list" + expected,
                          "1:30 error: condition is an empty string" + expected,
                          "1:34 error: condition is an empty map" + expected));
}

TEST(Detection, RemarksOnNames) {
  EXPECT_THAT(Parse("a: {x: 1}\nconditon: a\n").problems,
              ElementsAre("2:1 warning: selection 'conditon'; did you mean "
                          "'condition'?",
                          "1:1 error: detection has no condition, expected "
                          "'condition' beside the selections"));
  EXPECT_THAT(Parse("a.b: {x: 1}\ncondition: 1 of a*\n").problems,
              ElementsAre("1:1 note: a condition cannot name selection 'a.b', "
                          "expected letters, digits, '_' and '-'"));
  EXPECT_THAT(Parse("conditions: {x: 1}\ncondition: conditions\n").problems,
              IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
