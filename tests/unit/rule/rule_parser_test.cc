// Golden diagnostics: for each file testdata/<name>.yml, what loading says is
// kept in testdata/<name>.txt. HYPERSIGMA_UPDATE_GOLDEN=1 writes the files
// anew; read what changed.

#include "lib/rule/rule_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

fs::path TestData() {
  return fs::path(HYPERSIGMA_SOURCE_DIR) / "tests/unit/rule/testdata";
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// Returns title, outcome and diagnostics of each document.
std::string LoadText(const std::string& label, const std::string& yaml) {
  const RuleSet lenient = RuleSet::FromYaml(yaml, {}, label);
  const RuleSet strict = RuleSet::FromYaml(yaml, {.strict = true}, label);
  std::string text;
  for (std::size_t i = 0; i < lenient.report().documents.size(); ++i) {
    const Document& document = lenient.report().documents[i];
    const DocumentStatus when_strict = strict.report().documents.at(i).status;
    text += "=== '" + document.title + "': ";
    text += DocumentStatusName(document.status);
    if (when_strict != document.status)
      text += ", refused under strict loading";
    text += "\n";
    for (const Diagnostic& diagnostic : document.diagnostics) {
      text += Format(diagnostic);
    }
    text += "\n";
  }
  return text;
}

class GoldenDiagnostics : public testing::TestWithParam<const char*> {};

TEST_P(GoldenDiagnostics, ReadWell) {
  const std::string name = GetParam();
  const fs::path golden = TestData() / (name + ".txt");
  const std::string text =
      LoadText(name + ".yml", ReadFile(TestData() / (name + ".yml")));
  if (std::getenv("HYPERSIGMA_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden, std::ios::binary) << text;
  }
  EXPECT_EQ(text, ReadFile(golden));
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenDiagnostics,
                         testing::Values("modifiers", "conditions", "structure",
                                         "yaml", "collections", "filters",
                                         "correlations"));

// Parses the first document of a stream.
struct Parsed {
  explicit Parsed(const std::string& yaml)
      : source("a.yml", yaml),
        trees(ParseYaml(source)),
        collection(trees),
        reporter(source),
        document(
            ParseRuleDocument(trees.at(0), placeholders, collection, reporter)),
        problems(Problems(reporter.TakeDiagnostics())) {}

  Source source;
  std::vector<YamlDocument> trees;
  RuleCollection collection;
  Reporter reporter;
  PlaceholderValues placeholders;
  ParsedDocument document;
  std::vector<std::string> problems;
};

TEST(RuleParser, LooksIntoAMisspeltDetection) {
  const Parsed parsed(
      "title: T\nlogsource: {product: x}\n"
      "detections: {s: {a|x1: 1}, condition: t}\n");
  EXPECT_THAT(parsed.problems,
              ElementsAre("3:1 note: unknown attribute 'detections'; did you "
                          "mean 'detection'?",
                          "1:1 error: detection is missing, expected a map of "
                          "selections and a condition",
                          "3:20 error: unknown modifier 'x1' on field 'a'",
                          "3:39 error: unknown selection 't'"));
}

TEST(RuleParser, GivesEveryProblemOfADocumentInOrder) {
  const RuleSet rules = RuleSet::FromYaml(
      "detection: {s: {a|x1: 1}, condition: t}\n"
      "title: 7\n"
      "title: T\n"
      "level: hihg\n");
  EXPECT_THAT(rules.rules(), IsEmpty());
  EXPECT_THAT(Problems(rules.report().documents.at(0).diagnostics),
              ElementsAre("1:1 error: logsource is missing, expected a map "
                          "with category, product or service",
                          "1:19 error: unknown modifier 'x1' on field 'a'",
                          "1:38 error: unknown selection 't'",
                          "2:8 error: title is the number 7, expected a string",
                          "3:1 error: duplicate key 'title', first used in "
                          "line 2",
                          "4:8 note: unknown level 'hihg'; did you mean "
                          "'high'?"));
}

TEST(RuleParser, SaysWhereTheDocumentBegins) {
  const Parsed parsed(
      "# c\n---\ntitle: A\nlogsource: {product: p}\n"
      "detection: {s: {a: 1}, condition: s}\n");
  const auto* rule = std::get_if<ParsedRule>(&parsed.document.content);
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->attributes.line, 2u);
  EXPECT_EQ(rule->attributes.file, "a.yml");
}

TEST(RuleParser, TellsTheKindOfADocument) {
  const auto kind = [](const std::string& yaml) {
    return DocumentKindName(Parsed(yaml).document.kind);
  };
  EXPECT_EQ(kind("title: T\ndetection: {}\n"), "rule");
  EXPECT_EQ(kind("- a list\n"), "rule");
  EXPECT_EQ(kind("title: T\nfilter: {}\n"), "filter");
  EXPECT_EQ(kind("title: T\ncorrelation: {}\n"), "correlation");
  EXPECT_EQ(kind("filter: {}\ncorrelation: {}\n"), "correlation");
  EXPECT_EQ(kind("action: global\n"), "collection");
  EXPECT_EQ(kind("action: reset\n"), "collection");
  EXPECT_EQ(kind("action: merge\n"), "collection");
  EXPECT_EQ(kind("action: repeat\n"), "rule");
  EXPECT_EQ(kind("action: global\nfilter: {}\n"), "filter");
}

TEST(RuleParser, RemarksOnKeysOfAnotherKind) {
  EXPECT_THAT(Parsed("title: T\ncorrelation: {}\nfilter: {}\n").problems,
              Contains("3:1 warning: 'filter' has no meaning beside "
                       "'correlation'; it is ignored"));
  EXPECT_THAT(Parsed("title: T\naction: repeat\nfilter: {}\n").problems,
              Contains("2:1 warning: 'action' has no meaning beside "
                       "'filter'; it is ignored"));
}

TEST(RuleParser, NamesTheIdWhereItStands) {
  const std::string rule =
      "title: T\nid: i\nlogsource: {product: p}\n"
      "detection: {s: {a: 1}, condition: s}\n";
  const Parsed parsed(rule);
  EXPECT_EQ(parsed.document.id, "i");
  EXPECT_EQ(parsed.document.id_range.begin, rule.find("i\n", 8));
}

}  // namespace
}  // namespace hypersigma::internal
