#include "lib/rule/condition_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/unit/rule/ast_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Parsed {
  std::string shown;  // "refused" after an error
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml,
             std::vector<std::string_view> words = {
                 "a", "b", "c", "sel_1", "sel_2", "_x", "not_admin"}) {
  const SelectionNames names(std::move(words));
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  const std::optional<Condition> condition =
      ParseCondition(documents.at(0).root, names, reporter);
  return {condition.has_value() ? Show(*condition, names.names()) : "refused",
          Problems(reporter.TakeDiagnostics())};
}

struct GrammarCase {
  std::string_view condition;
  std::string_view shown;
};

class ConditionGrammar : public testing::TestWithParam<GrammarCase> {};

TEST_P(ConditionGrammar, Groups) {
  const Parsed parsed = Parse(GetParam().condition);
  EXPECT_EQ(parsed.shown, GetParam().shown);
  EXPECT_THAT(parsed.problems, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Precedence, ConditionGrammar,
    testing::Values(
        GrammarCase{"a", "a"}, GrammarCase{"a and b", "(a and b)"},
        GrammarCase{"a or b and c", "(a or (b and c))"},
        GrammarCase{"a and b or c", "((a and b) or c)"},
        GrammarCase{"a and (b or c)", "(a and (b or c))"},
        GrammarCase{"a or b or c", "(a or b or c)"},
        GrammarCase{"not a and b", "(not (a) and b)"},
        GrammarCase{"not (a and b)", "not ((a and b))"},
        GrammarCase{"not not a", "a"}, GrammarCase{"not not not a", "not (a)"},
        GrammarCase{"((a))", "a"}, GrammarCase{"not_admin", "not_admin"},
        GrammarCase{"_x", "_x"}, GrammarCase{"\"a\\n and\\tb\"", "(a and b)"},
        GrammarCase{"not 1 of sel_* and a",
                    "(not (1 of [sel_1 sel_2]) and a)"}));

INSTANTIATE_TEST_SUITE_P(
    Quantifiers, ConditionGrammar,
    testing::Values(GrammarCase{"1 of sel_*", "1 of [sel_1 sel_2]"},
                    GrammarCase{"any of sel_*", "1 of [sel_1 sel_2]"},
                    GrammarCase{"all of sel_*", "2 of [sel_1 sel_2]"},
                    GrammarCase{"all of them",
                                "6 of [a b c sel_1 sel_2 not_admin]"},
                    GrammarCase{"1 of _*", "1 of [_x]"},
                    GrammarCase{"1 of a", "1 of [a]"},
                    GrammarCase{"(all of sel_*)or 1 of *c",
                                "(2 of [sel_1 sel_2] or 1 of [c])"}));

TEST(ConditionParser, TakesReservedLookingNames) {
  EXPECT_EQ(Parse("1 and near or order", {"1", "near", "order"}).shown,
            "((1 and near) or order)");
}

struct ErrorCase {
  std::string_view condition;
  std::string_view problem;
};

class ConditionErrors : public testing::TestWithParam<ErrorCase> {};

TEST_P(ConditionErrors, SayWhatAndWhere) {
  const Parsed parsed = Parse(GetParam().condition);
  EXPECT_EQ(parsed.shown, "refused");
  EXPECT_THAT(parsed.problems, ElementsAre(std::string(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, ConditionErrors,
    testing::Values(
        ErrorCase{"' '",
                  "1:3 error: condition is empty, expected an "
                  "expression over selections"},
        ErrorCase{"(a or b", "1:1 error: condition has a '(' without a ')'"},
        ErrorCase{"a or b)", "1:7 error: condition has a ')' without a '('"},
        ErrorCase{"a and",
                  "1:6 error: condition ends too early, expected a "
                  "selection, '(', 'not' or '1 of ...'"},
        ErrorCase{"a adn b",
                  "1:3 error: condition has 'adn' where 'and' or 'or' "
                  "is expected; did you mean 'and'?"},
        ErrorCase{"a b",
                  "1:3 error: condition has 'b' where 'and' or 'or' is "
                  "expected"},
        ErrorCase{"(a b)",
                  "1:4 error: condition has 'b' where 'and', 'or' or "
                  "')' is expected"},
        ErrorCase{"and a",
                  "1:1 error: condition has 'and' where a selection, "
                  "'(', 'not' or '1 of ...' is expected"},
        ErrorCase{"()",
                  "1:2 error: condition has ')' where a selection, '(', "
                  "'not' or '1 of ...' is expected"},
        ErrorCase{"a AND b",
                  "1:3 error: condition has 'AND' where 'and' or "
                  "'or' is expected; the operator is written "
                  "'and'"},
        ErrorCase{"a and \u00e4",
                  "1:7 error: condition has '\u00e4' where a "
                  "selection, '(', 'not' or '1 of ...' is "
                  "expected"},
        ErrorCase{"1 of",
                  "1:5 error: condition ends too early, expected "
                  "'them' or a pattern of selection names"},
        ErrorCase{"1 of and",
                  "1:6 error: condition has 'and' where 'them' or "
                  "a pattern of selection names is expected"},
        ErrorCase{"some of sel_*",
                  "1:1 error: unknown quantifier 'some of', "
                  "expected '1 of', 'any of' or 'all of'"},
        ErrorCase{"sel_*",
                  "1:1 error: pattern 'sel_*' stands alone, expected "
                  "'1 of sel_*' or 'all of sel_*'"}));

INSTANTIATE_TEST_SUITE_P(
    Names, ConditionErrors,
    testing::Values(
        ErrorCase{"a and sel1",
                  "1:7 error: unknown selection 'sel1'; did you "
                  "mean 'sel_1'?"},
        ErrorCase{"'a and sel1'",
                  "1:8 error: unknown selection 'sel1'; did "
                  "you mean 'sel_1'?"},
        ErrorCase{"NOT a",
                  "1:1 error: unknown selection 'NOT'; the operator "
                  "is written 'not'"},
        ErrorCase{"zzzzzz", "1:1 error: unknown selection 'zzzzzz'"}));

INSTANTIATE_TEST_SUITE_P(
    RemovedFromSigma, ConditionErrors,
    testing::Values(
        ErrorCase{"a | count() by b > 5",
                  "1:3 error: an aggregation after '|' is not part of Sigma 2; "
                  "expected a condition without '|', and a correlation rule "
                  "for the rest"},
        ErrorCase{"a | near b",
                  "1:3 error: 'near' is not part of Sigma 2; expected a "
                  "condition without '|', and a correlation rule for the "
                  "rest"},
        ErrorCase{"near a and b",
                  "1:1 error: 'near' is not part of Sigma 2; use a correlation "
                  "rule of type 'temporal'"}));

TEST(ConditionParser, ReportsEveryUnknownName) {
  EXPECT_THAT(Parse("aa and (xxxxx or not bb)").problems, SizeIs(3));
}

TEST(ConditionParser, TakesOtherNumbersAsAtLeast) {
  const Parsed parsed = Parse("2 of sel_*");
  EXPECT_EQ(parsed.shown, "2 of [sel_1 sel_2]");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:1 strict: '2 of' is not part of Sigma 2, expected "
                          "'1 of', 'any of' or 'all of'; it is taken as at "
                          "least 2"));
  EXPECT_EQ(Parse("99999999999 of sel_*").shown, "4294967295 of [sel_1 sel_2]");
}

TEST(ConditionParser, WarnsOfPatternsWithoutNames) {
  Parsed parsed = Parse("not 1 of filter_*");
  EXPECT_EQ(parsed.shown, "not (1 of [])");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:10 warning: no selection has a name like "
                          "'filter_*', so this part is never true"));
  parsed = Parse("all of sel1");
  EXPECT_EQ(parsed.shown, "0 of []");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:8 warning: no selection has a name like 'sel1', "
                          "so this part is always true; did you mean "
                          "'sel_1'?"));
  parsed = Parse("1 of thm");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:6 warning: no selection has a name like 'thm', "
                          "so this part is never true; did you mean 'them'?"));
}

TEST(ConditionParser, PointsToTheScalarWhereEscapesHideThePlace) {
  EXPECT_THAT(Parse("x: 1").problems, SizeIs(1));
  EXPECT_THAT(Parse("|\n  a and\n  zzzzzz\n").problems,
              ElementsAre("1:1 error: unknown selection 'zzzzzz'"));
}

TEST(ConditionParser, HoldsItsLimits) {
  EXPECT_EQ(Parse(std::string(64, '(') + "a" + std::string(64, ')')).shown,
            "a");
  EXPECT_THAT(Parse(std::string(65, '(') + "a" + std::string(65, ')')).problems,
              ElementsAre("1:65 error: condition is nested too deeply, "
                          "expected at most 64 levels"));
  std::string nots;
  while (nots.size() < 60'000) nots += "not ";
  EXPECT_EQ(Parse(nots + "a").shown, "a");
  EXPECT_THAT(Parse(nots + nots + "a").problems,
              ElementsAre("1:1 error: condition has 120001 bytes, expected at "
                          "most 65536"));
}

TEST(ConditionParser, LimitsWhatQuantifiersLookAt) {
  const std::vector<std::string_view> names(10'000, "a");
  std::string condition = "1 of b";
  for (int i = 1; i < 100; ++i) condition += " or 1 of b";
  EXPECT_NE(Parse(condition, names).shown, "refused");
  EXPECT_EQ(Parse(condition + " or 1 of b", names).shown, "refused");
}

}  // namespace
}  // namespace hypersigma::internal
