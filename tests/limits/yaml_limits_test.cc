// Limits of YAML texts: bytes, nodes, aliases, depth.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kMaxYamlBytes;
using internal::kMaxYamlDepth;
using internal::kMaxYamlNodes;
using ::testing::Contains;
using ::testing::ElementsAre;

// Returns a rule, filled up with a comment to `size` bytes.
std::string TextOfSize(std::size_t size) {
  std::string text = ItemRule("f: v") + "#";
  text.resize(size, 'x');
  return text;
}

TEST(YamlBytes, AreLimitedInMemory) {
  EXPECT_THAT(LoadOutcomes(TextOfSize(kMaxYamlBytes)), ElementsAre("loaded"));
  EXPECT_THAT(LoadOutcomes(TextOfSize(kMaxYamlBytes + 1)),
              ElementsAre("refused: YAML text has 16777217 bytes, expected at "
                          "most 16777216 bytes"));
}

TEST(YamlBytes, AreLimitedInFilesAndOtherFilesLoad) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "hypersigma_yaml_bytes";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.yml") << TextOfSize(kMaxYamlBytes + 1);
  std::ofstream(folder / "b.yml") << ItemRule("f: v");
  const std::string paths[] = {folder.string()};
  const auto rules = RuleSet::FromPaths(paths);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_THAT(Outcomes(rules->report()),
              ElementsAre("refused: cannot be read: file is too large, "
                          "expected at most 16777216 bytes",
                          "loaded"));
}

TEST(YamlNodes, AreLimited) {
  EXPECT_THAT(LoadOutcomes("title: T\nx: [" + Repeat("v,", 900'000) + "]\n" +
                           RuleText("  s: {f: v}\n  condition: s\n").substr(9)),
              ElementsAre("loaded"));
  EXPECT_THAT(LoadOutcomes("x: [" + Repeat("v,", kMaxYamlNodes) + "]"),
              ElementsAre("refused: YAML has too many nodes after aliases, "
                          "expected at most 1000000"));
}

TEST(YamlNodes, AreThoseOfAllDocumentsOfAText) {
  const std::string half = "x: [" + Repeat("v,", kMaxYamlNodes / 2) + "]\n";
  EXPECT_THAT(LoadOutcomes(half + "---\n" + half + "---\n" + half),
              Contains("refused: YAML has too many nodes after aliases, "
                       "expected at most 1000000"));
}

// Ten anchors, each nine times the one before: 9^10 nodes.
TEST(YamlNodes, CountEachUseOfAnAlias) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string number = std::to_string(i);
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + number + ": &a" + number + " [" + alias +
            Repeat(", " + alias, 8) + "]\n";
  }
  EXPECT_THAT(LoadOutcomes(text + RuleText("  s: *a9\n  condition: s\n")),
              ElementsAre("refused: YAML has too many nodes after aliases, "
                          "expected at most 1000000"));
}

// Long texts count as more than one node.
TEST(YamlNodes, CountTheTextsOfAliases) {
  const std::string text = "a: &a " + Repeat("x", 1 << 20) + "\nb: [*a" +
                           Repeat(", *a", 5'000) + "]";
  EXPECT_THAT(LoadOutcomes(text),
              ElementsAre("refused: YAML has too many nodes after aliases, "
                          "expected at most 1000000"));
}

// A rule is a map with an attribute x, so lists take the levels but one.
std::string NestedLists(std::size_t levels) {
  return "title: T\nx: " + Repeat("[", levels - 1) + Repeat("]", levels - 1) +
         "\nlogsource: {product: x}\n"
         "detection: {s: {f: v}, condition: s}\n";
}

TEST(YamlDepth, IsLimitedWhileParsing) {
  EXPECT_THAT(LoadOutcomes(NestedLists(kMaxYamlDepth)), ElementsAre("loaded"));
  EXPECT_THAT(LoadOutcomes(NestedLists(kMaxYamlDepth + 1)),
              ElementsAre("refused: YAML is nested too deeply, expected at "
                          "most 64 levels"));
  EXPECT_THAT(LoadOutcomes("x: " + Repeat("[", 1'000'000)),
              ElementsAre("refused: YAML is nested too deeply, expected at "
                          "most 64 levels"));
}

TEST(YamlDepth, CountsLevelsThroughAliases) {
  const std::string text = "a: &a " + Repeat("[", 40) + Repeat("]", 40) +
                           "\nb: " + Repeat("[", 40) + "*a" + Repeat("]", 40);
  EXPECT_THAT(LoadOutcomes(text),
              ElementsAre("refused: YAML is nested too deeply through this "
                          "alias, expected at most 64 levels"));
}

TEST(Diagnostics, AreListedInPartAndCounted) {
  std::string items;
  for (int i = 0; i < 500; ++i)
    items += "    f" + std::to_string(i) + "|x1: 1\n";
  const auto outcomes =
      LoadOutcomes(RuleText("  s:\n" + items + "  condition: s\n"));
  EXPECT_EQ(outcomes.size(), internal::kMaxDiagnostics + 1);
  EXPECT_EQ(outcomes.back(), "refused: 400 more problems from here on");
}

}  // namespace
}  // namespace hypersigma
