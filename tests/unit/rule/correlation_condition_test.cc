#include "lib/rule/correlation_condition.h"

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
  CorrelationRule correlation;
  std::vector<std::string> problems;

  std::vector<std::string> thresholds() const {
    const std::vector<std::string> names{"gt", "gte", "lt", "lte", "eq", "neq"};
    std::vector<std::string> shown;
    for (const CorrelationThreshold& threshold : correlation.thresholds) {
      shown.push_back(names[static_cast<std::size_t>(threshold.op)] + " " +
                      threshold.number);
    }
    return shown;
  }
  std::vector<std::string_view> rules() const {
    std::vector<std::string_view> names;
    for (const RuleReference& rule : correlation.rules) {
      names.push_back(rule.text);
    }
    return names;
  }
};

Parsed Parse(CorrelationType type, std::string_view condition,
             const std::vector<std::string>& listed = {"a", "b"}) {
  const Source source("a.yml", condition);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  Parsed parsed;
  parsed.correlation.type = type;
  for (const std::string& name : listed) {
    parsed.correlation.rules.push_back({name, {}, {}});
  }
  parsed.correlation.listed_count = listed.size();
  ParseCorrelationCondition(documents.empty() ? nullptr : &documents[0].root,
                            parsed.correlation, reporter);
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

TEST(CorrelationCondition, KeepsNumbersExact) {
  const Parsed parsed = Parse(
      CorrelationType::kEventCount,
      "{gt: 1, gte: 9007199254740993, lt: 1.5, lte: 0x10, eq: 1e3, neq: -2}");
  EXPECT_THAT(parsed.thresholds(),
              ElementsAre("gt 1", "gte 9007199254740993", "lt 1.5", "lte 16",
                          "eq 1e3", "neq -2"));
  EXPECT_THAT(parsed.problems, IsEmpty());
}

TEST(CorrelationCondition, MayBeMissingForTemporalTypesOnly) {
  EXPECT_THAT(Parse(CorrelationType::kTemporal, "").problems, IsEmpty());
  EXPECT_THAT(Parse(CorrelationType::kTemporalOrdered, "").problems, IsEmpty());
  EXPECT_THAT(Parse(CorrelationType::kValueSum, "").problems,
              ElementsAre("1:1 error: condition is missing, expected a map "
                          "with a threshold"));
}

TEST(CorrelationCondition, TakesFieldsAndPercentile) {
  const Parsed one = Parse(CorrelationType::kValuePercentile,
                           "{field: f, percentile: 99.9, gte: 1}");
  EXPECT_THAT(one.correlation.fields, ElementsAre("f"));
  EXPECT_EQ(one.correlation.percentile, "99.9");
  EXPECT_THAT(one.problems, IsEmpty());
  EXPECT_THAT(Parse(CorrelationType::kValueCount, "{field: [f, g], gte: 1}")
                  .correlation.fields,
              ElementsAre("f", "g"));
  EXPECT_EQ(Parse(CorrelationType::kValuePercentile,
                  "{field: f, percentile: 0, gte: 1}")
                .correlation.percentile,
            "0");
}

TEST(CorrelationCondition, RefusesWhatIsNoThreshold) {
  EXPECT_THAT(
      Parse(CorrelationType::kEventCount, "{gte: '5', lt: many, eq: }")
          .problems,
      ElementsAre("1:7 strict: gte is the string '5', expected a number "
                  "without quotes; it is taken as the number",
                  "1:16 error: lt is the string 'many', expected a number",
                  "1:26 error: eq is null, expected a number"));
}

TEST(CorrelationCondition, ReadsExpressions) {
  const Parsed parsed =
      Parse(CorrelationType::kTemporal, "a and not (c or b) or c");
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_THAT(parsed.rules(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(parsed.correlation.listed_count, 2u);
  ASSERT_TRUE(parsed.correlation.expression.has_value());
  EXPECT_EQ(Show(*parsed.correlation.expression, parsed.rules()),
            "((a and not ((c or b))) or c)");
  EXPECT_EQ(parsed.correlation.rules[2].range.begin, 11u);
  EXPECT_EQ(parsed.correlation.rules[2].range.end, 12u);
}

TEST(CorrelationCondition, RefusesWhatIsNoExpression) {
  const auto problems = [](std::string_view condition) {
    return Parse(CorrelationType::kTemporal, condition).problems;
  };
  EXPECT_THAT(problems("1 of them"),
              ElementsAre("1:1 error: a condition over rules has no "
                          "quantifiers, expected rules with 'and', 'or' and "
                          "'not'"));
  EXPECT_THAT(problems("a and b*"),
              ElementsAre("1:7 error: 'b*' is a pattern, expected the id or "
                          "name of a rule"));
  EXPECT_THAT(problems("a AND b"),
              ElementsAre("1:3 error: condition has 'AND' where 'and' or 'or' "
                          "is expected; the operator is written 'and'"));
  EXPECT_THAT(problems("NOT a"),
              ElementsAre("1:1 error: unknown rule 'NOT'; the operator is "
                          "written 'not'"));
  EXPECT_THAT(problems("a and"),
              ElementsAre("1:6 error: condition ends too early, expected a "
                          "rule, '(' or 'not'"));
}

TEST(CorrelationCondition, NamesARuleThatLooksLikeAnOperator) {
  const Parsed parsed = Parse(CorrelationType::kTemporal, "AND", {"AND"});
  EXPECT_THAT(parsed.problems, IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
