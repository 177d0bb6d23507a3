#include "lib/rule/correlation_parser.h"

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
using ::testing::SizeIs;

struct Parsed {
  CorrelationRule correlation;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  Parsed parsed;
  parsed.correlation = ParseCorrelation(documents.at(0).root, reporter);
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

// Returns what is wrong with a section that has `more` beside what it needs.
std::vector<std::string> ProblemsWith(const std::string& more) {
  return Parse(
             "title: T\ncorrelation: {type: temporal, rules: [a], timespan: "
             "1h, " +
             more + "}")
      .problems;
}

TEST(CorrelationParser, ReadsACorrelation) {
  const Parsed parsed = Parse(
      "title: T\nname: n\nlevel: high\ncorrelation:\n"
      "  type: event_count\n"
      "  rules: [a, 11111111-0000-4000-8000-000000000001]\n"
      "  group-by: [User, h]\n"
      "  timespan: 2m\n"
      "  condition: {gte: 10, lt: 20.5}\n"
      "  generate: true\n"
      "  aliases:\n"
      "    h: {a: Host, b: Computer}\n");
  EXPECT_THAT(parsed.problems, IsEmpty());
  const CorrelationRule& correlation = parsed.correlation;
  EXPECT_EQ(correlation.attributes.title, "T");
  EXPECT_EQ(correlation.attributes.name, "n");
  EXPECT_EQ(correlation.attributes.level, "high");
  EXPECT_EQ(correlation.type, CorrelationType::kEventCount);
  ASSERT_THAT(correlation.rules, SizeIs(2));
  EXPECT_EQ(correlation.rules[0].text, "a");
  EXPECT_EQ(correlation.listed_count, 2u);
  EXPECT_THAT(correlation.group_by, ElementsAre("User", "h"));
  EXPECT_EQ(correlation.timespan_seconds, 120);
  ASSERT_THAT(correlation.thresholds, SizeIs(2));
  EXPECT_TRUE(correlation.generate);
  ASSERT_THAT(correlation.aliases, SizeIs(1));
  EXPECT_EQ(correlation.aliases[0].name, "h");
  ASSERT_THAT(correlation.aliases[0].fields, SizeIs(2));
  EXPECT_EQ(correlation.aliases[0].fields[1].rule.text, "b");
  EXPECT_EQ(correlation.aliases[0].fields[1].field, "Computer");
  EXPECT_FALSE(correlation.expression.has_value());
}

TEST(CorrelationParser, KnowsEveryType) {
  const auto type = [](const std::string& name) {
    const Parsed parsed = Parse(
        "title: T\ncorrelation: {rules: [a], timespan: 1h, condition: {gte: 1, "
        "field: f, percentile: 1}, type: " +
        name + "}");
    for (const std::string& problem : parsed.problems) {
      EXPECT_THAT(problem, testing::HasSubstr("warning")) << name;
    }
    return parsed.correlation.type;
  };
  EXPECT_EQ(type("event_count"), CorrelationType::kEventCount);
  EXPECT_EQ(type("value_count"), CorrelationType::kValueCount);
  EXPECT_EQ(type("value_sum"), CorrelationType::kValueSum);
  EXPECT_EQ(type("value_avg"), CorrelationType::kValueAvg);
  EXPECT_EQ(type("value_median"), CorrelationType::kValueMedian);
  EXPECT_EQ(type("value_percentile"), CorrelationType::kValuePercentile);
  EXPECT_EQ(type("temporal"), CorrelationType::kTemporal);
  EXPECT_EQ(type("temporal_ordered"), CorrelationType::kTemporalOrdered);
}

TEST(CorrelationParser, ReadsGenerateAtBothPlaces) {
  const auto generate = [](const std::string& head, const std::string& more) {
    return Parse("title: T\n" + head +
                 "correlation: {type: temporal, rules: [a], timespan: 1h" +
                 more + "}")
        .correlation.generate;
  };
  EXPECT_FALSE(generate("", ""));
  EXPECT_TRUE(generate("generate: true\n", ""));
  EXPECT_TRUE(generate("", ", generate: true"));
  EXPECT_TRUE(generate("generate: true\n", ", generate: false"));
  EXPECT_FALSE(generate("generate: false\n", ""));
}

TEST(CorrelationParser, GivesAllProblemsAtOnce) {
  EXPECT_THAT(
      Parse("correlation: {rules: [], group-by: [[]], timespan: 5, aliases: 1}")
          .problems,
      ElementsAre(
          "1:1 error: title is missing, expected a string",
          "1:1 error: type is missing, expected event_count, value_count, "
          "temporal or another type of correlation",
          "1:22 error: rules is an empty list, expected a list of ids or names "
          "of rules",
          "1:37 error: a member of group-by is an empty list, expected the "
          "name of a field",
          "1:52 error: timespan is the number 5, expected digits and one of s, "
          "m (minutes), h, d, w, M (months), y",
          "1:64 error: aliases is the number 1, expected a map of aliases"));
}

TEST(CorrelationParser, IsStrictAboutKeysThatLookMisspelt) {
  EXPECT_THAT(ProblemsWith("group_by: [x]"),
              ElementsAre("2:57 strict: unknown key 'group_by' of correlation "
                          "is ignored; did you mean 'group-by'?"));
  EXPECT_THAT(ProblemsWith("owner: me"),
              ElementsAre("2:57 note: unknown key 'owner' of correlation is "
                          "ignored"));
  EXPECT_THAT(ProblemsWith("rule: x"),
              ElementsAre("2:57 note: unknown key 'rule' of correlation is "
                          "ignored"));
}

}  // namespace
}  // namespace hypersigma::internal
