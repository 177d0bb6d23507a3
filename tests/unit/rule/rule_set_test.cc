#include "hypersigma/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "lib/rule/ast.h"
#include "lib/rule/rule_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string RuleText(std::string_view title, std::string_view item = "a: 1") {
  return "title: " + std::string(title) +
         "\nlogsource: {product: p}\ndetection:\n  s: {" + std::string(item) +
         "}\n  condition: s\n";
}

// Returns "title status" for each document.
std::vector<std::string> Outcome(const RuleSet& rules) {
  std::vector<std::string> outcome;
  for (const Document& document : rules.report().documents) {
    outcome.push_back(document.title + " " +
                      std::string(DocumentStatusName(document.status)));
  }
  return outcome;
}

TEST(RuleSet, LoadsSeveralStreams) {
  const std::vector<RuleStream> streams = {
      {.label = "a.yml", .yaml = RuleText("A")},
      {.label = "b.yml", .yaml = "title: B\n"},
      {.label = "c.yml",
       .yaml = "title: F\nlogsource: {product: p}\nfilter:\n  rules: any\n"
               "  s: {a: 2}\n  condition: not s\n"}};
  const RuleSet rules = RuleSet::FromStreams(streams);
  EXPECT_THAT(Outcome(rules), ElementsAre("A loaded", "B refused", "F loaded"));
  ASSERT_THAT(rules.rules(), SizeIs(1));
  EXPECT_EQ(rules.rules()[0].file, "a.yml");
  EXPECT_THAT(rules.rules()[0].filters, ElementsAre("F"));
  EXPECT_EQ(rules.report().documents[1].file, "b.yml");
  EXPECT_THAT(RuleSet::FromStreams({}).report().documents, IsEmpty());
}

TEST(RuleSet, IsEmptyByDefault) {
  const RuleSet rules;
  EXPECT_THAT(rules.rules(), IsEmpty());
  EXPECT_THAT(rules.report().documents, IsEmpty());
  EXPECT_THAT(RuleSet::FromYaml("").report().documents, IsEmpty());
}

TEST(RuleSet, LoadsARule) {
  const RuleSet rules = RuleSet::FromYaml("# c\n" + RuleText("T"));
  ASSERT_THAT(rules.rules(), SizeIs(1));
  EXPECT_EQ(rules.rules()[0].title, "T");
  EXPECT_EQ(rules.rules()[0].file, "<yaml>");
  EXPECT_EQ(rules.rules()[0].line, 2u);
  ASSERT_THAT(rules.detection_rules(), SizeIs(1));
  EXPECT_EQ(rules.detection_rules()[0].selections.at(0).name, "s");
  ASSERT_THAT(rules.report().documents, SizeIs(1));
  EXPECT_EQ(rules.report().documents[0].rule, RuleId{0});
}

TEST(RuleSet, AccountsForEveryDocument) {
  const RuleSet rules = RuleSet::FromYaml(
      RuleText("A") + "---\n---\n" + RuleText("B", "a|base63: x") +
      "---\ntitle: C\nx: [\n---\n- list\n---\n" + RuleText("D"));
  EXPECT_THAT(Outcome(rules), ElementsAre("A loaded", "B refused", "C refused",
                                          " refused", "D loaded"));
  EXPECT_EQ(rules.report().Count(DocumentStatus::kLoaded), 2u);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kDegraded), 0u);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kRefused), 3u);
  ASSERT_THAT(rules.rules(), SizeIs(2));
  EXPECT_EQ(rules.rules()[1].title, "D");
  const std::vector<Document>& documents = rules.report().documents;
  EXPECT_EQ(documents[1].rule, std::nullopt);
  EXPECT_EQ(documents[4].rule, RuleId{1});
  EXPECT_EQ(documents[4].index, 4u);
  for (const Document& document : documents) {
    bool has_error = false;
    for (const Diagnostic& diagnostic : document.diagnostics) {
      has_error = has_error || diagnostic.severity == Severity::kError;
    }
    EXPECT_EQ(has_error, document.status == DocumentStatus::kRefused)
        << document.title;
  }
}

TEST(RuleSet, RefusesStrictWarningsOnlyUnderStrictLoading) {
  const std::string text =
      RuleText("A", "a|contains: 1") + "---\n" + RuleText("B");
  const RuleSet lenient = RuleSet::FromYaml(text);
  EXPECT_THAT(Outcome(lenient), ElementsAre("A loaded", "B loaded"));
  EXPECT_EQ(lenient.report().documents[0].diagnostics.at(0).severity,
            Severity::kStrictWarning);
  const RuleSet strict = RuleSet::FromYaml(text, {.strict = true});
  EXPECT_THAT(Outcome(strict), ElementsAre("A refused", "B loaded"));
  EXPECT_EQ(strict.report().documents[0].diagnostics.at(0).severity,
            Severity::kError);
}

TEST(RuleSet, TakesPlaceholders) {
  const std::string text = RuleText("A", "a|expand: '%x%'");
  EXPECT_THAT(Outcome(RuleSet::FromYaml(text)), ElementsAre("A refused"));
  RuleSetOptions options;
  options.placeholders["x"] = {"1", "2"};
  const RuleSet rules = RuleSet::FromYaml(text, options);
  EXPECT_THAT(Outcome(rules), ElementsAre("A loaded"));
  EXPECT_THAT(rules.detection_rules()[0]
                  .selections[0]
                  .detection.children[0]
                  .item.values[0]
                  .patterns,
              SizeIs(2));
}

TEST(RuleSet, NamesTheDocumentsAlsoWhenTheyAreRefused) {
  const RuleSet rules =
      RuleSet::FromYaml("title: T\nid: i\ncorrelation: {}\n", {}, "x.yml");
  const Document& document = rules.report().documents.at(0);
  EXPECT_EQ(document.title, "T");
  EXPECT_EQ(document.id, "i");
  EXPECT_EQ(document.file, "x.yml");
  EXPECT_EQ(document.diagnostics.at(0).file, "x.yml");
}

TEST(RuleSet, KeepsWhatItWasLoadedFrom) {
  RuleSetOptions options;
  options.strict = true;
  const std::string yaml = RuleText("A") + "---\n" + RuleText("B");
  const RuleSet rules = RuleSet::FromYaml(yaml, options, "label");
  ASSERT_THAT(rules.texts(), SizeIs(1));
  EXPECT_EQ(rules.texts()[0].label, "label");
  EXPECT_EQ(rules.texts()[0].yaml, yaml);
  EXPECT_EQ(rules.texts()[0].first_document, 0u);
  EXPECT_TRUE(rules.options().strict);
}

TEST(RuleSet, IsSharedByCopies) {
  const RuleSet rules = RuleSet::FromYaml(RuleText("T"));
  const RuleSet copy = rules;
  EXPECT_EQ(copy.rules().data(), rules.rules().data());
}

class RuleSetFromPaths : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            ("hypersigma_rule_set_" + std::to_string(getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_ / "b");
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name, std::ios::binary) << text;
    return (root_ / name).string();
  }

  fs::path root_;
};

TEST_F(RuleSetFromPaths, LoadsPathsAsGivenAndFoldersSorted) {
  Write("b/2.yml", RuleText("B2"));
  Write("b/1.yaml", RuleText("B1"));
  Write("b/0.txt", RuleText("B0"));
  const std::string file = Write("z.txt", RuleText("Z"));
  const std::vector<std::string> paths{file, (root_ / "b").string()};
  const auto rules = RuleSet::FromPaths(paths);
  ASSERT_TRUE(rules.ok());
  EXPECT_THAT(Outcome(*rules),
              ElementsAre("Z loaded", "B1 loaded", "B2 loaded"));
  EXPECT_EQ(rules->rules()[0].file, file);
  ASSERT_THAT(rules->texts(), SizeIs(3));
  EXPECT_EQ(rules->texts()[1].label, rules->rules()[1].file);
  EXPECT_EQ(rules->texts()[1].first_document, 1u);
}

TEST_F(RuleSetFromPaths, RefusesOneDocumentForAnUnreadableFile) {
  Write("a.yml", RuleText("A"));
  fs::create_symlink("nothing", root_ / "b.yml");
  const std::vector<std::string> paths{root_.string()};
  const auto rules = RuleSet::FromPaths(paths);
  ASSERT_TRUE(rules.ok());
  EXPECT_THAT(Outcome(*rules), ElementsAre("A loaded", " refused"));
  EXPECT_THAT(internal::Problems(rules->report().documents[1].diagnostics),
              ElementsAre("0:0 error: cannot be read: broken link"));
}

TEST_F(RuleSetFromPaths, FailsForAPathThatDoesNotExist) {
  const std::vector<std::string> paths{root_.string(),
                                       (root_ / "nothing").string()};
  EXPECT_EQ(RuleSet::FromPaths(paths).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace hypersigma
