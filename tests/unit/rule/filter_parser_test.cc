#include "lib/rule/filter_parser.h"

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
  FilterRule filter;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  Parsed parsed;
  parsed.filter = ParseFilter(documents.at(0).root, {}, reporter);
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

// Returns the problems of the section alone.
std::vector<std::string> ProblemsWith(std::string_view section) {
  return Parse("title: T\nlogsource: {product: p}\nfilter: " +
               std::string(section))
      .problems;
}

TEST(FilterParser, ReadsAFilter) {
  const Parsed parsed = Parse(
      "title: T\nid: 11111111-0000-4000-8000-000000000001\n"
      "logsource: {product: windows, category: c}\n"
      "filter:\n"
      "  rules: [a, b]\n"
      "  x: {F: v}\n"
      "  y: {G: w}\n"
      "  condition: not x and 1 of them\n");
  EXPECT_THAT(parsed.problems, IsEmpty());
  const FilterRule& filter = parsed.filter;
  EXPECT_EQ(filter.attributes.title, "T");
  EXPECT_EQ(filter.attributes.product, "windows");
  EXPECT_EQ(filter.attributes.category, "c");
  EXPECT_FALSE(filter.is_for_any);
  ASSERT_EQ(filter.rules.size(), 2u);
  EXPECT_EQ(filter.rules[0].text, "a");
  EXPECT_EQ(filter.rules[1].text, "b");
  ASSERT_EQ(filter.selections.size(), 2u);
  EXPECT_EQ(Show(filter.selections[1].detection), "{G: str w ~ w}");
  ASSERT_EQ(filter.conditions.size(), 1u);
  const std::vector<std::string_view> names{"x", "y"};
  EXPECT_EQ(Show(filter.conditions[0], names), "(not (x) and 1 of [x y])");
}

TEST(FilterParser, KnowsWhatIsForAnyRule) {
  constexpr std::string_view kRest =
      "x: {F: v}, condition: not x}\nlogsource: {product: p}\ntitle: T";
  const auto is_for_any = [&](const std::string& rules) {
    const Parsed parsed = Parse("filter: {" + rules + std::string(kRest));
    EXPECT_EQ(parsed.filter.is_for_any, parsed.filter.rules.empty());
    return parsed.filter.is_for_any;
  };
  EXPECT_TRUE(is_for_any("rules: any, "));
  EXPECT_TRUE(is_for_any("rules: [], "));
  EXPECT_TRUE(is_for_any("rules: null, "));
  EXPECT_TRUE(is_for_any(""));
  EXPECT_FALSE(is_for_any("rules: [any], "));
  EXPECT_FALSE(is_for_any("rules: Any, "));
  EXPECT_FALSE(is_for_any("rules: a, "));
}

TEST(FilterParser, IsStrictAboutRulesAndLogSource) {
  EXPECT_THAT(
      Parse("title: T\nfilter: {x: {F: v}, condition: x}").problems,
      ElementsAre(
          "1:1 strict: logsource is missing, expected a map with category, "
          "product or service; the filter is taken to be for any of them",
          "2:1 strict: rules is missing, expected a list of ids or names of "
          "rules, or 'any'; the filter is taken to be for any rule"));
}

TEST(FilterParser, TakesANullLogsourceForNone) {
  EXPECT_THAT(
      Parse("title: T\nlogsource: ~\nfilter: {rules: any, a: {x: 1}, "
            "condition: a}\n")
          .problems,
      ElementsAre(
          "2:12 strict: logsource is null, expected a map with category, "
          "product or service; the filter is taken to be for any of them"));
}

TEST(FilterParser, TakesOneCondition) {
  EXPECT_THAT(ProblemsWith("{rules: any, x: {F: v}, condition: [x, not x]}"),
              ElementsAre("3:44 strict: the condition of a filter is a list, "
                          "expected one string; any of its members is enough"));
  EXPECT_THAT(ProblemsWith("{rules: any, x: {F: v}, condition: []}"),
              ElementsAre("3:44 error: condition is an empty list, expected "
                          "an expression over selections"));
}

TEST(FilterParser, GivesAllProblemsAtOnce) {
  EXPECT_THAT(
      ProblemsWith("{rules: {}, x: {}, condition: y}"),
      ElementsAre("3:24 error: a selection is an empty map, expected at least "
                  "one field",
                  "3:39 error: unknown selection 'y'",
                  "3:17 error: rules is an empty map, expected a list of ids "
                  "or names"));
}

TEST(FilterParser, SuggestsKeys) {
  EXPECT_THAT(
      ProblemsWith("{rulse: any, x: {F: v}, conditions: x}"),
      testing::IsSupersetOf(
          {"3:10 warning: selection 'rulse'; did you mean 'rules'?",
           "3:33 warning: selection 'conditions'; did you mean 'condition'?"}));
}

}  // namespace
}  // namespace hypersigma::internal
