#include "lib/rule/yaml_composer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/limits.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

YamlDocument ParseOne(std::string_view yaml) {
  const Source source("a.yml", yaml);
  std::vector<YamlDocument> documents = ParseYaml(source);
  EXPECT_EQ(documents.size(), 1u);
  return std::move(documents.at(0));
}

std::vector<std::string> ProblemsOf(std::string_view yaml) {
  return Problems(ParseOne(yaml).diagnostics);
}

// Returns "key=text" for each entry.
std::vector<std::string> Entries(const YamlNode& map) {
  std::vector<std::string> entries;
  for (const YamlNode::Entry& entry : map.entries) {
    entries.push_back(entry.key.text + "=" + entry.value.text);
  }
  return entries;
}

TEST(YamlComposer, RefusesDuplicateKeysAtEveryLevel) {
  EXPECT_THAT(ProblemsOf("a: 1\nb:\n  c: 1\n  'c': 2\n"),
              ElementsAre("4:3 error: duplicate key 'c', first used in line "
                          "3"));
  EXPECT_THAT(ProblemsOf("x: [{a: 1, a: 2}]\n\"x\": 1\n"),
              ElementsAre("1:12 error: duplicate key 'a', first used in line "
                          "1",
                          "2:1 error: duplicate key 'x', first used in line "
                          "1"));
}

TEST(YamlComposer, KeepsKeysAsWritten) {
  EXPECT_THAT(Entries(ParseOne("0x17: a\ntrue: b\n1e3: c\n").root),
              ElementsAre("0x17=a", "true=b", "1e3=c"));
}

TEST(YamlComposer, RefusesKeysThatAreNoNames) {
  EXPECT_THAT(ProblemsOf("? [a]\n: b\n~: c\n"),
              ElementsAre("1:3 error: a key is a list, expected a string",
                          "3:1 error: a key is empty, expected a string"));
}

TEST(YamlComposer, CopiesAliases) {
  const YamlDocument document = ParseOne("a: &x {k: 1}\nb: *x\nc: [*x]\n");
  EXPECT_THAT(document.diagnostics, IsEmpty());
  EXPECT_EQ(document.root.Find("b")->Find("k")->text, "1");
  EXPECT_EQ(document.root.Find("c")->items.at(0).Find("k")->text, "1");
}

TEST(YamlComposer, RefusesAliasesToNothingAndToThemselves) {
  EXPECT_THAT(ProblemsOf("a: *x\n"),
              ElementsAre("1:4 error: alias '*x' refers to no complete earlier "
                          "node; put it in quotes if it is a text"));
  EXPECT_THAT(ProblemsOf("a: &x 1\nb: &x [*x]\n"),
              ElementsAre("2:8 error: alias '*x' refers to no complete earlier "
                          "node; put it in quotes if it is a text"));
}

TEST(YamlComposer, MergesMapsBelowTheMapsOwnKeys) {
  const YamlDocument document = ParseOne(
      "a: &a {p: 1, q: 2}\n"
      "b: &b {q: 3, r: 4}\n"
      "c:\n  first: 0\n  <<: [*a, *b]\n  r: 5\n");
  EXPECT_THAT(document.diagnostics, IsEmpty());
  EXPECT_THAT(Entries(*document.root.Find("c")),
              ElementsAre("first=0", "p=1", "q=2", "r=5"));
}

TEST(YamlComposer, RefusesToMergeWhatIsNoMap) {
  EXPECT_THAT(ProblemsOf("<<: 1\n"),
              ElementsAre("1:5 error: the value of merge key '<<' is the "
                          "number 1, expected a map or a list of maps"));
  EXPECT_THAT(Entries(ParseOne("'<<': 1\n").root), ElementsAre("<<=1"));
}

TEST(YamlComposer, HonoursCoreTagsAndRefusesOthers) {
  const YamlDocument document =
      ParseOne("a: !!str 17\nb: !!int '17'\nc: ! 1\nd: !!map {}\n");
  EXPECT_THAT(document.diagnostics, IsEmpty());
  EXPECT_EQ(document.root.Find("a")->kind, YamlNode::Kind::kString);
  EXPECT_EQ(document.root.Find("b")->kind, YamlNode::Kind::kInteger);
  EXPECT_EQ(document.root.Find("c")->kind, YamlNode::Kind::kString);
  EXPECT_THAT(ProblemsOf("- !!int x\n- !!binary x\n- !foo x\n- !!seq {}\n"
                         "- !!set {}\n"),
              ElementsAre("1:3 error: 'x' is not a '!!int'",
                          "2:3 error: unknown YAML tag '!!binary'",
                          "3:3 error: unknown YAML tag '!foo'",
                          "4:3 error: a map is not a '!!seq'",
                          "5:3 error: unknown YAML tag '!!set'"));
}

TEST(YamlComposer, StopsAtTheDepthLimit) {
  EXPECT_THAT(ProblemsOf(std::string(64, '[') + std::string(64, ']')),
              IsEmpty());
  const YamlDocument document = ParseOne(std::string(200'000, '['));
  EXPECT_THAT(Problems(document.diagnostics),
              ElementsAre("1:65 error: YAML is nested too deeply, expected at "
                          "most 64 levels"));
  EXPECT_FALSE(document.is_complete);
}

TEST(YamlComposer, CountsDepthThroughAliases) {
  std::string yaml = "a0: &a0 [x]\n";
  for (int i = 1; i < 70; ++i) {
    const std::string name = "a" + std::to_string(i);
    yaml += name + ": &" + name + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_THAT(ProblemsOf(yaml),
              ElementsAre("64:12 error: YAML is nested too deeply through this "
                          "alias, expected at most 64 levels"));
}

TEST(YamlComposer, StopsAtTheNodeLimit) {
  std::string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string below = "*a" + std::to_string(i - 1);
    yaml += name + ": &" + name + " [";
    for (int j = 0; j < 10; ++j) yaml += below + ", ";
    yaml += "]\n";
  }
  EXPECT_THAT(ProblemsOf(yaml),
              ElementsAre("6:40 error: YAML has too many nodes after aliases, "
                          "expected at most 1000000"));
}

TEST(YamlComposer, CountsTheTextThatAliasesCopy) {
  std::string yaml = "- &a " + std::string(1'000'000, 'x') + "\n";
  for (int i = 0; i < 1'000; ++i) yaml += "- *a\n";
  ASSERT_EQ(ProblemsOf(yaml).size(), 1u);
}

}  // namespace
}  // namespace hypersigma::internal
