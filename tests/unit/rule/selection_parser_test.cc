#include "lib/rule/selection_parser.h"

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
  std::string shown;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view body) {
  const Source source("a.yml", body);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  PatternBudget budget;
  const Detection detection =
      ParseSelectionBody(documents.at(0).root, {}, budget, reporter);
  return {Show(detection), Problems(reporter.TakeDiagnostics())};
}

struct BodyCase {
  std::string_view body;
  std::string_view shown;
};

class SelectionBody : public testing::TestWithParam<BodyCase> {};

TEST_P(SelectionBody, HasTheMeaningOfItsShape) {
  const Parsed parsed = Parse(GetParam().body);
  EXPECT_EQ(parsed.shown, GetParam().shown);
  EXPECT_THAT(parsed.problems, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Semantics2, SelectionBody,
    testing::Values(
        BodyCase{"{a: x, b: 1}", "{a: str x ~ x; b: int 1}"},
        BodyCase{"{a: [x, y]}", "{a: str x ~ x, str y ~ y}"},
        BodyCase{"{a|contains|all: [x, y]}",
                 "{a|contains|all: str x ~ <*>x<*>, str y ~ <*>y<*>}"},
        BodyCase{"{a: []}", "{a: null}"}, BodyCase{"{a: [null]}", "{a: null}"},
        BodyCase{"[{a: x}, {b: y}]", "[{a: str x ~ x}; {b: str y ~ y}]"},
        BodyCase{"[x, 1]", ": str x ~ <*>x<*>, int 1 ~ <*>1<*>"},
        BodyCase{"[x, {a: y}]", "[: str x ~ <*>x<*>; {a: str y ~ y}]"},
        BodyCase{"[[x], {a: y}]", "[: str x ~ <*>x<*>; {a: str y ~ y}]"},
        BodyCase{"[[x, [y]]]", "[[: str x ~ <*>x<*>; : str y ~ <*>y<*>]]"},
        BodyCase{"x", ": str x ~ <*>x<*>"},
        BodyCase{"{'|all': [x, y]}",
                 "{|all: str x ~ <*>x<*>, str y ~ <*>y<*>}"},
        BodyCase{"{'|re': x+}", "{|re: str x+}"}));

struct ProblemCase {
  std::string_view body;
  std::string_view problem;
};

class SelectionProblem : public testing::TestWithParam<ProblemCase> {};

TEST_P(SelectionProblem, IsReported) {
  EXPECT_THAT(Parse(GetParam().body).problems,
              ElementsAre(std::string(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    Refused, SelectionProblem,
    testing::Values(
        ProblemCase{"{}",
                    "1:1 error: a selection is an empty map, expected at "
                    "least one field"},
        ProblemCase{"[]",
                    "1:1 error: a selection is an empty list, expected "
                    "at least one member"},
        ProblemCase{"~",
                    "1:1 error: a selection is null, expected a map, a "
                    "list or a keyword"},
        ProblemCase{"[a, ~]",
                    "1:5 error: a keyword is null, expected a "
                    "string, number or boolean"},
        ProblemCase{"{a: {b: c}}",
                    "1:5 error: a value is a map, expected a "
                    "string, number, boolean or null"},
        ProblemCase{"{a: [[b]]}",
                    "1:6 error: a value is a list, expected a "
                    "string, number, boolean or null"},
        ProblemCase{"{a|contains: []}",
                    "1:14 error: the value of modifier "
                    "'contains' is null, expected a "
                    "string"},
        ProblemCase{"{a|exists: [true, true]}",
                    "1:12 error: the value of modifier 'exists' is a list, "
                    "expected true or false"}));

TEST(Selection, TakesNullAmongOthersAsOneMoreWay) {
  const Parsed parsed = Parse("{a: [x, null]}");
  EXPECT_EQ(parsed.shown, "{a: str x ~ x, null}");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:9 strict: null stands in a list with other "
                          "values, expected null alone; a missing field is "
                          "taken as one more way to match"));
}

TEST(Selection, TakesAllOnOneValueAsNothing) {
  for (const std::string_view body : {"{a|all: x}", "{a|all: [x]}"}) {
    const Parsed parsed = Parse(body);
    EXPECT_EQ(parsed.shown, "{a: str x ~ x}");
    EXPECT_THAT(parsed.problems,
                ElementsAre("1:2 strict: modifier 'all' is used on one value, "
                            "expected a list of two or more; 'all' is "
                            "ignored"));
  }
}

TEST(Selection, ReportsTheProblemsOfEveryItem) {
  EXPECT_THAT(Parse("[{a|x1: 1, b: {c: d}}, {e|re: '('}]").problems.size(), 3u);
}

TEST(Selection, TakesAnEmptyFieldNameAsKeywords) {
  const Parsed parsed = Parse("{'': x}");
  EXPECT_EQ(parsed.shown, "{: str x ~ <*>x<*>}");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:2 warning: empty field name; its values are taken "
                          "as keywords"));
}

}  // namespace
}  // namespace hypersigma::internal
