// Golden diagnostics: for each file testdata/<name>.yml, what loading says is
// kept in testdata/<name>.txt. HYPERSIGMA_UPDATE_GOLDEN=1 writes the files
// anew; read what changed.

#include "lib/rule/rule_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

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
  const Source source(label, yaml);
  std::string text;
  for (YamlDocument& document : ParseYaml(source)) {
    YamlDocument copy = document;
    const ParsedDocument lenient =
        ParseRuleDocument(source, std::move(document), {});
    RuleSetOptions options;
    options.strict = true;
    const ParsedDocument strict =
        ParseRuleDocument(source, std::move(copy), options);
    text += "=== '" + lenient.title + "': ";
    text += !lenient.rule.has_value() ? "refused"
            : strict.rule.has_value() ? "loaded"
                                      : "loaded, refused under strict loading";
    text += "\n";
    for (const Diagnostic& diagnostic : lenient.diagnostics) {
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
                                         "yaml"));

TEST(RuleParser, GivesEveryProblemOfADocumentInOrder) {
  const Source source("a.yml",
                      "detection: {s: {a|x1: 1}, condition: t}\n"
                      "title: 7\n"
                      "title: T\n"
                      "level: hihg\n");
  const ParsedDocument parsed =
      ParseRuleDocument(source, ParseYaml(source).at(0), {});
  EXPECT_FALSE(parsed.rule.has_value());
  EXPECT_THAT(Problems(parsed.diagnostics),
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
  const Source source("a.yml",
                      "# c\n---\ntitle: A\nlogsource: {product: p}\n"
                      "detection: {s: {a: 1}, condition: s}\n");
  const ParsedDocument parsed =
      ParseRuleDocument(source, ParseYaml(source).at(0), {});
  ASSERT_TRUE(parsed.rule.has_value());
  EXPECT_EQ(parsed.rule->attributes.line, 2u);
  EXPECT_EQ(parsed.rule->attributes.file, "a.yml");
}

}  // namespace
}  // namespace hypersigma::internal
