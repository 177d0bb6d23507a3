#include "lib/rule/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/limits.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using namespace std::string_view_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Returns the problems of each document.
std::vector<std::vector<std::string>> ProblemsOf(std::string_view yaml) {
  std::vector<std::vector<std::string>> problems;
  const Source source("a.yml", yaml);
  for (const YamlDocument& document : ParseYaml(source)) {
    problems.push_back(Problems(document.diagnostics));
  }
  return problems;
}

// Returns the source text of a node.
std::string_view TextAt(std::string_view yaml, const YamlNode* node) {
  return yaml.substr(node->range.begin, node->range.end - node->range.begin);
}

TEST(Yaml, SkipsEmptyDocuments) {
  EXPECT_THAT(ProblemsOf(""), IsEmpty());
  EXPECT_THAT(ProblemsOf("# only a comment\n"), IsEmpty());
  EXPECT_THAT(ProblemsOf("---\n---\n# c\n---\na: 1\n---\n...\n"), SizeIs(1));
  EXPECT_THAT(ProblemsOf("--- ~\n"), SizeIs(1));
}

TEST(Yaml, ReadsSeveralDocuments) {
  const std::string_view yaml = "a\n---\nb\n...\nc\n...\n%YAML 1.2\n--- d\n";
  const Source source("a.yml", yaml);
  std::vector<std::string> texts;
  for (const YamlDocument& document : ParseYaml(source)) {
    EXPECT_THAT(document.diagnostics, IsEmpty());
    texts.push_back(document.root.text);
  }
  EXPECT_THAT(texts, ElementsAre("a", "b", "c", "d"));
}

TEST(Yaml, GivesByteRangesAfterNonAsciiText) {
  const std::string_view yaml =
      "\u00e4\u20ac: \U0001F600\r\n"
      "b: \"\u00fc\"\r\n"
      "c: |\r\n  x\r\n  y\r\n"
      "d: {e: [1, two]}\r\n";
  const Source source("a.yml", yaml);
  const YamlNode root = ParseYaml(source).at(0).root;
  EXPECT_EQ(TextAt(yaml, root.Find("\u00e4\u20ac")), "\U0001F600");
  EXPECT_EQ(TextAt(yaml, root.Find("b")), "\"\u00fc\"");
  EXPECT_EQ(root.Find("c")->text, "x\ny\n");
  EXPECT_EQ(TextAt(yaml, root.Find("d")), "{e: [1, two]}");
  EXPECT_EQ(TextAt(yaml, &root.Find("d")->Find("e")->items.at(1)), "two");
}

TEST(Yaml, TypesOnlyUnquotedScalars) {
  const Source source("a.yml", "[17, '17', \"17\", true, 'true', ~, '~']");
  std::vector<YamlNode::Kind> kinds;
  const std::vector<YamlDocument> documents = ParseYaml(source);
  for (const YamlNode& item : documents.at(0).root.items) {
    kinds.push_back(item.kind);
  }
  using Kind = YamlNode::Kind;
  EXPECT_THAT(kinds, ElementsAre(Kind::kInteger, Kind::kString, Kind::kString,
                                 Kind::kBool, Kind::kString, Kind::kNull,
                                 Kind::kString));
}

TEST(Yaml, GoesOnAfterASyntaxError) {
  EXPECT_THAT(
      ProblemsOf("a: [1, 2\n---\nb: 1\n---\nc: 'x\n---\nd: 1\n"),
      ElementsAre(ElementsAre("1:4 error: invalid YAML: did not find expected "
                              "',' or ']' while parsing a flow sequence"),
                  IsEmpty(),
                  ElementsAre("5:4 error: invalid YAML: found unexpected end "
                              "of stream while scanning a quoted scalar"),
                  IsEmpty()));
}

TEST(Yaml, KeepsWhatStandsBeforeASyntaxError) {
  const Source source("a.yml", "title: T\nx: [1\n");
  const YamlDocument document = ParseYaml(source).at(0);
  EXPECT_FALSE(document.is_complete);
  ASSERT_NE(document.root.Find("title"), nullptr);
  EXPECT_EQ(document.root.Find("title")->text, "T");
}

TEST(Yaml, PlacesBadBytes) {
  EXPECT_THAT(ProblemsOf("a: \u00e4\nb: x\xff\n---\nc: 1\n"),
              ElementsAre(ElementsAre("2:5 error: invalid UTF-8, byte 0xff; "
                                      "expected text in UTF-8"),
                          IsEmpty()));
  EXPECT_THAT(ProblemsOf("a: 1\nb: \0x\n"sv),
              ElementsAre(ElementsAre("2:4 error: control character 0x00 is "
                                      "not allowed in YAML")));
  EXPECT_THAT(ProblemsOf("a: 1\nb: \x1b[0m\n"),
              ElementsAre(ElementsAre("2:4 error: control character 0x1b is "
                                      "not allowed in YAML")));
  EXPECT_THAT(ProblemsOf("a: 1\n\xEF\xBB\xBF"
                         "b: 1\n"),
              ElementsAre(ElementsAre("2:2 error: a byte order mark stands "
                                      "inside the text")));
}

TEST(Yaml, PlacesBadBytesFarIntoTheText) {
  const std::string filler(100'000, 'x');
  EXPECT_THAT(ProblemsOf("a: " + filler + "\nb: \xff\n---\nc: 1\n"),
              ElementsAre(ElementsAre("2:4 error: invalid UTF-8, byte 0xff; "
                                      "expected text in UTF-8"),
                          IsEmpty()));
}

TEST(Yaml, ExplainsTabs) {
  EXPECT_THAT(ProblemsOf("a:\n\tb: 1\n"),
              ElementsAre(ElementsAre("2:1 error: a tab stands where YAML "
                                      "allows only blanks")));
}

TEST(Yaml, AsksForQuotes) {
  EXPECT_THAT(ProblemsOf("a: %x%\n"),
              ElementsAre(ElementsAre("1:4 error: a value cannot begin with "
                                      "'%' in YAML; put it in quotes")));
  EXPECT_THAT(ProblemsOf("a: b: c\n"),
              ElementsAre(ElementsAre("1:5 error: ': ' stands inside a text, "
                                      "expected quotes around such a text")));
}

TEST(Yaml, SkipsAByteOrderMarkAtTheBeginning) {
  const Source source("a.yml",
                      "\xEF\xBB\xBF"
                      "a: b\n");
  const std::vector<YamlDocument> documents = ParseYaml(source);
  ASSERT_THAT(documents, SizeIs(1));
  EXPECT_THAT(documents[0].diagnostics, IsEmpty());
  EXPECT_EQ(documents[0].root.Find("a")->range.begin, 6u);
}

TEST(Yaml, RefusesUtf16) {
  for (const std::string_view yaml :
       {"\xFF\xFE"
        "a\0"sv,
        "\xFE\xFF\0a"sv, "a\0:\0"sv, "\0a\0:"sv}) {
    EXPECT_THAT(ProblemsOf(yaml),
                ElementsAre(ElementsAre("0:0 error: text is in UTF-16, "
                                        "expected UTF-8")));
  }
}

TEST(Yaml, RefusesTextOverTheSizeLimit) {
  std::string yaml = "a: b\n#";
  yaml.resize(kMaxYamlBytes, 'x');
  EXPECT_THAT(ProblemsOf(yaml), ElementsAre(IsEmpty()));
  yaml.push_back('x');
  EXPECT_THAT(ProblemsOf(yaml),
              ElementsAre(ElementsAre("0:0 error: YAML text has 16777217 "
                                      "bytes, expected at most 16777216 "
                                      "bytes")));
}

TEST(Yaml, TakesManyBrokenDocumentsInLinearTime) {
  std::string yaml;
  for (int i = 0; i < 20'000; ++i) yaml += "---\n[\n";
  EXPECT_THAT(ProblemsOf(yaml), SizeIs(20'000));
}

}  // namespace
}  // namespace hypersigma::internal
