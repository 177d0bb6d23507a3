#include "lib/rule/metadata_parser.h"

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
  Rule rule;
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view yaml) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  Parsed parsed;
  parsed.rule = ParseMetadata(documents.at(0).root, reporter);
  parsed.problems = Problems(reporter.TakeDiagnostics());
  return parsed;
}

// Returns the problems of an otherwise good rule.
std::vector<std::string> ProblemsWith(std::string_view yaml) {
  return Parse("title: T\nlogsource: {product: p}\n" + std::string(yaml))
      .problems;
}

TEST(Metadata, IsReadInFull) {
  const Parsed parsed = Parse(
      "title: T\nid: 1dd05363-104e-4b4a-b963-196a534b03a1\nname: n\n"
      "description: d\nlevel: high\nstatus: test\nauthor: A, B\n"
      "date: 2024-01-31\nmodified: 2024-02-01\ntags: [a.b, c]\n"
      "references: [r]\nfalsepositives: [Unknown]\n"
      "related: [{id: i, type: derived}, {id: k}]\n"
      "logsource: {product: p, category: c, service: s, definition: x}\n");
  EXPECT_THAT(parsed.problems, IsEmpty());
  const Rule& rule = parsed.rule;
  EXPECT_EQ(rule.title, "T");
  EXPECT_EQ(rule.id, "1dd05363-104e-4b4a-b963-196a534b03a1");
  EXPECT_EQ(rule.name, "n");
  EXPECT_EQ(rule.description, "d");
  EXPECT_EQ(rule.level, "high");
  EXPECT_EQ(rule.status, "test");
  EXPECT_EQ(rule.author, "A, B");
  EXPECT_EQ(rule.date, "2024-01-31");
  EXPECT_EQ(rule.modified, "2024-02-01");
  EXPECT_THAT(rule.tags, ElementsAre("a.b", "c"));
  EXPECT_THAT(rule.references, ElementsAre("r"));
  EXPECT_THAT(rule.false_positives, ElementsAre("Unknown"));
  EXPECT_THAT(rule.related,
              ElementsAre(RelatedRule{"i", "derived"}, RelatedRule{"k", ""}));
  EXPECT_EQ(rule.product, "p");
  EXPECT_EQ(rule.category, "c");
  EXPECT_EQ(rule.service, "s");
}

TEST(Metadata, RefusesABadTitle) {
  const std::string rest = "\nlogsource: {product: p}\n";
  EXPECT_THAT(Parse("logsource: {product: p}\n").problems,
              ElementsAre("1:1 error: title is missing, expected a string"));
  EXPECT_THAT(Parse("title: 7" + rest).problems,
              ElementsAre("1:8 error: title is the number 7, expected a "
                          "string"));
  EXPECT_THAT(Parse("title: ''" + rest).problems,
              ElementsAre("1:8 error: title is an empty string, expected a "
                          "string"));
  EXPECT_THAT(Parse("title: [a]" + rest).problems,
              ElementsAre("1:8 error: title is a list, expected a string"));
}

TEST(Metadata, CountsTheTitleInCodePoints) {
  std::string title;
  for (int i = 0; i < 256; ++i) title += "\u00e4";
  const std::string rest = "\nlogsource: {product: p}\n";
  EXPECT_THAT(Parse("title: " + title + rest).problems, IsEmpty());
  EXPECT_THAT(Parse("title: " + title + "x" + rest).problems,
              ElementsAre("1:8 strict: title has 257 characters, expected at "
                          "most 256; it is kept as it is"));
}

TEST(Metadata, RefusesABadLogSource) {
  const std::string expected =
      "expected a map with category, product or service";
  EXPECT_THAT(Parse("title: T\n").problems,
              ElementsAre("1:1 error: logsource is missing, " + expected));
  EXPECT_THAT(
      Parse("title: T\nlogsource: x\n").problems,
      ElementsAre("2:12 error: logsource is the string 'x', " + expected));
  EXPECT_THAT(
      Parse("title: T\nlogsource: {definition: x}\n").problems,
      ElementsAre("2:12 error: logsource names no log source, " + expected));
  EXPECT_THAT(Parse("title: T\nlogsource: {product: 7}\n").problems,
              ElementsAre("2:22 error: product of logsource is the number 7, "
                          "expected a string"));
}

TEST(Metadata, RemarksOnMisspeltNames) {
  EXPECT_THAT(ProblemsWith("levl: high\ncustom: x\n"),
              ElementsAre("3:1 note: unknown attribute 'levl'; did you mean "
                          "'level'?"));
  EXPECT_THAT(
      Parse("title: T\nlogsource: {product: p, servce: x, custom: y}\n")
          .problems,
      ElementsAre("2:25 warning: unknown attribute 'servce' of logsource; did "
                  "you mean 'service'?"));
}

TEST(Metadata, RemarksOnOddValues) {
  EXPECT_THAT(ProblemsWith("id: 123\n"),
              ElementsAre("3:5 note: id is '123', expected a UUID"));
  EXPECT_THAT(ProblemsWith("date: 2024/01/31\n"),
              ElementsAre("3:7 note: date is '2024/01/31', expected "
                          "YYYY-MM-DD"));
  EXPECT_THAT(ProblemsWith("level: hihg\n"),
              ElementsAre("3:8 note: unknown level 'hihg'; did you mean "
                          "'high'?"));
  EXPECT_THAT(ProblemsWith("status: done\n"),
              ElementsAre("3:9 note: unknown status 'done'"));
}

TEST(Metadata, TakesOtherShapesAsFarAsTheyGo) {
  const Parsed parsed = Parse(
      "title: T\nlogsource: {product: p, service: }\nauthor: [A, B]\n"
      "tags: x\nreferences:\nfalsepositives: [a, {b: c}]\nlevel:\n");
  EXPECT_EQ(parsed.rule.author, "A, B");
  EXPECT_THAT(parsed.rule.tags, ElementsAre("x"));
  EXPECT_THAT(parsed.rule.references, IsEmpty());
  EXPECT_THAT(parsed.rule.false_positives, ElementsAre("a"));
  EXPECT_THAT(parsed.problems,
              ElementsAre("6:21 note: falsepositives has a map where a string "
                          "is expected; it is left out"));
}

}  // namespace
}  // namespace hypersigma::internal
