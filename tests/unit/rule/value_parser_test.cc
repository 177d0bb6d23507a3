#include "lib/rule/value_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/rule/selection_parser.h"
#include "tests/unit/rule/ast_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

// Returns the value of `key: value`, then its problems, separated by blanks
// and a slash.
std::string Parse(std::string_view entry) {
  const Source source("a.yml", entry);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  const YamlNode::Entry& parsed = documents.at(0).root.entries.at(0);
  const ModifierChain chain = ParseModifierChain(parsed.key, reporter);
  const PlaceholderValues placeholders{{"user", {"a*", "b"}}, {"dash", {"-x"}}};
  PatternBudget budget;
  const ValueContext context{chain, FieldOfKey(parsed.key.text).empty(),
                             placeholders, budget, reporter};
  std::string shown = Show(ParseRuleValue(parsed.value, context));
  for (const std::string& problem : Problems(reporter.TakeDiagnostics())) {
    shown += " / " + problem;
  }
  return shown;
}

struct ValueCase {
  std::string_view entry;
  std::string_view shown;
};

class Value : public testing::TestWithParam<ValueCase> {};

TEST_P(Value, IsParsed) {
  EXPECT_EQ(Parse(GetParam().entry), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Plain, Value,
    testing::Values(ValueCase{"f: a*", "str a* ~ a<*>"},
                    ValueCase{"f: ''", "str  ~ "},
                    ValueCase{"f: 4688", "int 4688"},
                    ValueCase{"f: '4688'", "str 4688 ~ 4688"},
                    ValueCase{"f: 1e3", "float 1e3"},
                    ValueCase{"f: TRUE", "bool true"}, ValueCase{"f:", "null"},
                    ValueCase{"f: {a: 1}",
                              "null / 1:4 error: a value is a map, expected a "
                              "string, number, boolean or null"},
                    ValueCase{"f: [[a]]",
                              "null / 1:4 error: a value is a list, expected a "
                              "string, number, boolean or null"}));

INSTANTIATE_TEST_SUITE_P(
    Keywords, Value,
    testing::Values(ValueCase{"'|all': a?", "str a? ~ <*>a<?><*>"},
                    ValueCase{"'|all': 1e3", "float 1e3 ~ <*>1000<*>"},
                    ValueCase{"'|all': true", "bool true ~ <*>true<*>"},
                    ValueCase{"'|all': ~",
                              "null / 1:9 error: a keyword is null, expected a "
                              "string, number or boolean"}));

INSTANTIATE_TEST_SUITE_P(
    TextModifiers, Value,
    testing::Values(
        ValueCase{"f|contains: 10.0",
                  "float 10.0 ~ <*>10<*> / 1:13 strict: the value of modifier "
                  "'contains' is the number 10.0, expected a string; it is "
                  "taken as its text"},
        ValueCase{"f|cased: false",
                  "bool false / 1:10 strict: the value of modifier 'cased' is "
                  "the boolean false, expected a string; 'cased' changes "
                  "nothing"},
        ValueCase{"f|windash: 5",
                  "int 5 / 1:12 error: the value of modifier 'windash' is the "
                  "number 5, expected a string in quotes"},
        ValueCase{"f|windash: ~",
                  "null / 1:12 error: the value of modifier 'windash' is null, "
                  "expected a string"},
        ValueCase{"f|expand: x%user%", "str x%user% ~ xa<*> ~ xb"},
        ValueCase{"f|expand: x%nobody%",
                  "str x%nobody% / 1:12 error: placeholder '%nobody%' has no "
                  "values, expected values from the caller"},
        ValueCase{"f|contains: x%user%", "str x%user% ~ <*>x%user%<*>"}));

INSTANTIATE_TEST_SUITE_P(
    Order, Value,
    testing::Values(
        ValueCase{"f|base64: foo", "str foo ~ Zm9v"},
        ValueCase{"f|base64offset|contains: foobar",
                  "str foobar ~ <*>Zm9vYmFy<*> ~ <*>Zvb2Jhc<*> ~ "
                  "<*>mb29iYX<*>"},
        ValueCase{"f|wide|base64: f", "str f ~ ZgA="},
        ValueCase{"f|utf16|base64: f", "str f ~ //5mAA=="},
        ValueCase{"f|base64|base64: foo", "str foo ~ Wm05dg=="},
        ValueCase{"f|windash|base64: -a",
                  "str -a ~ LWE= ~ L2E= ~ 4oCTYQ== ~ 4oCUYQ== ~ 4oCVYQ=="},
        ValueCase{"f|windash|expand: '-%dash%'", "str -%dash% ~ --x"},
        ValueCase{"f|windash|expand: '%dash%'", "str %dash% ~ -x"},
        ValueCase{"f|expand|windash: '%dash%'",
                  "str %dash% ~ -x ~ /x ~ \u2013x ~ \u2014x ~ \u2015x"},
        ValueCase{"f|contains|utf16be: a*",
                  std::string_view("str a* ~ <*>\0a<*>", 17)},
        ValueCase{"f|base64: a*b",
                  "str a*b / 1:11 error: the value of modifier 'base64' has a "
                  "wildcard, expected plain text; write '\\*' or '\\?' for "
                  "the characters themselves"},
        ValueCase{"f|base64: a\\*b", "str a\\*b ~ YSpi"},
        ValueCase{"f|base64|expand: '%user%'",
                  "str %user% / 1:18 error: modifier 'base64' stands before "
                  "'expand' and finds a placeholder; write 'expand|base64'"},
        ValueCase{"f|base64offset: a",
                  "str a ~ Y ~  ~ h / 1:17 warning: the value is so short that "
                  "at some offset no character of its Base64 text is its own; "
                  "there it is taken as the empty string, which is within "
                  "every value"}));

INSTANTIATE_TEST_SUITE_P(
    FieldsAndTimes, Value,
    testing::Values(
        ValueCase{"f|fieldref: other", "str other"},
        ValueCase{"f|fieldref: a\\*b", "str a*b"},
        ValueCase{"f|fieldref: a*b",
                  "str a*b / 1:13 error: the value of modifier 'fieldref' is "
                  "the string 'a*b', expected the name of a field without "
                  "wildcards"},
        ValueCase{"f|fieldref: 5",
                  "int 5 / 1:13 error: the value of modifier 'fieldref' is the "
                  "number 5, expected the name of a field"},
        ValueCase{"f|hour: 5", "int 5"},
        ValueCase{"f|hour|gte: '5'",
                  "str 5 / 1:13 error: the value of modifier 'hour' is the "
                  "string '5', expected a number without quotes"}));

INSTANTIATE_TEST_SUITE_P(
    Operators, Value,
    testing::Values(
        ValueCase{"f|re: a.*\\*", "str a.*\\*"},
        ValueCase{"f|re: 'a(b'",
                  "str a(b / 1:11 error: invalid regular expression: missing "
                  "closing parenthesis"},
        ValueCase{"f|re: 12",
                  "int 12 / 1:7 error: the value of modifier 're' is the "
                  "number 12, expected a regular expression in quotes"},
        ValueCase{"f|re: null",
                  "null / 1:7 error: the value of modifier 're' is null, "
                  "expected a regular expression in quotes"},
        ValueCase{"f|cidr: 10.0.0.0/8", "str 10.0.0.0/8"},
        ValueCase{"f|cidr: ::1", "str ::1"},
        ValueCase{"f|cidr: 10.0.0.1/8",
                  "str 10.0.0.1/8 / 1:9 strict: network '10.0.0.1/8' has bits "
                  "set beyond its prefix, expected an address without host "
                  "bits; they are ignored"},
        ValueCase{"f|cidr: 10",
                  "int 10 / 1:9 error: the value of modifier 'cidr' is the "
                  "number 10, expected a network such as 10.0.0.0/8 or an "
                  "address"}));

INSTANTIATE_TEST_SUITE_P(
    NumbersAndExists, Value,
    testing::Values(
        ValueCase{"f|lt: -5", "int -5"}, ValueCase{"f|gte: 0.5", "float 0.5"},
        ValueCase{"f|lt: '5'",
                  "int 5 / 1:7 strict: the value of modifier 'lt' is the "
                  "string '5', expected a number without quotes; it is taken "
                  "as the number"},
        ValueCase{"f|gt: '1e3'",
                  "float 1e3 / 1:7 strict: the value of modifier 'gt' is the "
                  "string '1e3', expected a number without quotes; it is taken "
                  "as the number"},
        ValueCase{"f|lte: 5s",
                  "str 5s / 1:8 error: the value of modifier 'lte' is the "
                  "string '5s', expected a number"},
        ValueCase{"f|lt: true",
                  "bool true / 1:7 error: the value of modifier 'lt' is the "
                  "boolean true, expected a number"},
        ValueCase{"f|exists: false", "bool false"},
        ValueCase{"f|exists: 'True'",
                  "bool true / 1:11 strict: the value of modifier 'exists' is "
                  "the string 'True', expected true or false without quotes; "
                  "it is taken as the boolean"},
        ValueCase{"f|exists: 1",
                  "int 1 / 1:11 error: the value of modifier 'exists' is the "
                  "number 1, expected true or false"}));

TEST(Value, LimitsExpansions) {
  std::string entry = "f|expand: '";
  for (int i = 0; i < 14; ++i) entry += "%user%";
  entry += "'";
  EXPECT_THAT(Parse(entry),
              testing::HasSubstr("1:11 error: this value stands for more than "
                                 "10000 patterns"));
}

// Each value is within the limit; all of them are not.
TEST(Value, LimitsThePatternsOfARule) {
  std::string body = "{f|windash: ['-a -b -c'";
  for (int i = 0; i < 2'000; ++i) body += ", '-a -b -c'";
  body += "]}";
  const Source source("a.yml", body);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  PatternBudget budget;
  ParseSelectionBody(documents.at(0).root, {}, budget, reporter);
  EXPECT_THAT(Problems(reporter.TakeDiagnostics()),
              testing::ElementsAre(testing::HasSubstr(
                  "the values of this rule stand for too many patterns")));
}

}  // namespace
}  // namespace hypersigma::internal
