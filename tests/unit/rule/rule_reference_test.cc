#include "lib/rule/rule_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Parsed {
  std::vector<std::string> texts;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  Parsed parsed;
  for (const RuleReference& reference :
       ParseRuleReferences(documents.at(0).root, reporter)) {
    parsed.texts.push_back(reference.text);
    EXPECT_THAT(reference.targets, IsEmpty());
    EXPECT_EQ(source.text().substr(reference.range.begin,
                                   reference.range.end - reference.range.begin),
              reference.text);
  }
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

TEST(RuleReference, IsOneOrAList) {
  EXPECT_THAT(Parse("a-b").texts, ElementsAre("a-b"));
  EXPECT_THAT(Parse("[a, b, a]").texts, ElementsAre("a", "b", "a"));
  EXPECT_THAT(Parse("[a, b, a]").problems, IsEmpty());
  EXPECT_THAT(Parse("[]").texts, IsEmpty());
}

TEST(RuleReference, IsTheTextOfANumber) {
  const Parsed parsed = Parse("[1, true]");
  EXPECT_THAT(parsed.texts, ElementsAre("1", "true"));
  EXPECT_THAT(
      parsed.problems,
      ElementsAre("1:2 strict: a member of rules is the number 1, expected the "
                  "id or name of a rule as a string; it is taken as its text",
                  "1:5 strict: a member of rules is the boolean true, expected "
                  "the id or name of a rule as a string; it is taken as its "
                  "text"));
}

TEST(RuleReference, IsNothingElse) {
  EXPECT_THAT(
      Parse("[null, '', [a], {a: b}]").problems,
      ElementsAre("1:2 error: a member of rules is null, expected the id or "
                  "name of a rule",
                  "1:8 error: a member of rules is an empty string, expected "
                  "the id or name of a rule",
                  "1:12 error: a member of rules is a list, expected the id or "
                  "name of a rule",
                  "1:17 error: a member of rules is a map, expected the id or "
                  "name of a rule"));
  EXPECT_THAT(Parse("{a: b}").problems,
              ElementsAre("1:1 error: rules is a map, expected a list of ids "
                          "or names"));
}

}  // namespace
}  // namespace hypersigma::internal
