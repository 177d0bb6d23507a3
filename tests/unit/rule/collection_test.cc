#include "lib/rule/collection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Returns a tree as flow YAML, each scalar with the line where it stands.
std::string Show(const Source& source, const YamlNode& node) {
  std::string shown;
  const auto add = [&](const std::string& part) {
    shown += (shown.empty() ? "" : ", ") + part;
  };
  for (const YamlNode& item : node.items) add(Show(source, item));
  for (const auto& [key, value] : node.entries) {
    add(key.text + ": " + Show(source, value));
  }
  if (node.kind == YamlNode::Kind::kList) return "[" + shown + "]";
  if (node.kind == YamlNode::Kind::kMap) return "{" + shown + "}";
  return node.text + "@" +
         std::to_string(source.PositionOf(node.range.begin).line);
}

struct Resolved {
  std::vector<std::string> rules;
  std::vector<std::string> problems;
};

Resolved Resolve(std::string_view yaml) {
  const Source source("a.yml", yaml);
  std::vector<YamlDocument> documents = ParseYaml(source);
  RuleCollection collection(documents);
  Reporter reporter(source);
  Resolved resolved;
  for (YamlDocument& document : documents) {
    if (const auto rule = collection.Resolve(document, reporter)) {
      resolved.rules.push_back(Show(source, *rule));
    }
  }
  resolved.problems = Problems(reporter.TakeDiagnostics());
  return resolved;
}

CollectionRole RoleOfText(std::string_view yaml) {
  return RoleOf(ParseYaml(Source("a.yml", yaml)).at(0).root);
}

TEST(Collection, KnowsRoles) {
  EXPECT_EQ(RoleOfText("title: T"), CollectionRole::kRule);
  EXPECT_EQ(RoleOfText("action: global"), CollectionRole::kGlobal);
  EXPECT_EQ(RoleOfText("action: reset"), CollectionRole::kReset);
  EXPECT_EQ(RoleOfText("action: repeat"), CollectionRole::kRepeat);
  EXPECT_EQ(RoleOfText("action: Global"), CollectionRole::kUnknown);
  EXPECT_EQ(RoleOfText("action: null"), CollectionRole::kUnknown);
  EXPECT_EQ(RoleOfText("{action: global, filter: 1}"), CollectionRole::kOther);
  EXPECT_EQ(RoleOfText("correlation: 1"), CollectionRole::kOther);
  EXPECT_EQ(RoleOfText("[a]"), CollectionRole::kOther);
}

TEST(Collection, LeavesASingleRuleAlone) {
  EXPECT_THAT(Resolve("{a: 1, b: {c: [2]}}").rules,
              ElementsAre("{a: 1@1, b: {c: [2@1]}}"));
}

TEST(Collection, MergesWithTrueLines) {
  const Resolved resolved = Resolve(
      "action: global\nm: {x: g, z: g}\nl: [g]\n---\n"
      "{m: {x: r, y: r}, l: [r, r], s: r}\n---\n"
      "{m: 1}\n");
  EXPECT_THAT(resolved.rules,
              ElementsAre("{m: {x: g@2, y: r@5, z: g@2}, l: [g@3], s: r@5}",
                          "{m: {x: g@2, z: g@2}, l: [g@3]}"));
  EXPECT_THAT(resolved.problems, IsEmpty());
}

TEST(Collection, RepeatsWithTrueLines) {
  const Resolved resolved = Resolve(
      "{m: {x: a, y: a}, l: [a]}\n---\n"
      "{action: repeat, m: {y: b}, l: [b, b]}\n---\n"
      "{action: repeat, m: c}\n");
  EXPECT_THAT(resolved.rules,
              ElementsAre("{m: {x: a@1, y: a@1}, l: [a@1]}",
                          "{m: {x: a@1, y: b@3}, l: [b@3, b@3]}",
                          "{m: c@5, l: [b@3, b@3]}"));
}

TEST(Collection, GivesARepetitionItsOwnPlace) {
  const Source source("a.yml", "a: 1\n---\naction: repeat\nb: 2\n");
  std::vector<YamlDocument> documents = ParseYaml(source);
  RuleCollection collection(documents);
  Reporter reporter(source);
  collection.Resolve(documents[0], reporter);
  const auto repeated = collection.Resolve(documents[1], reporter);
  ASSERT_TRUE(repeated.has_value());
  EXPECT_EQ(source.PositionOf(repeated->range.begin).line, 3u);
}

TEST(Collection, BreaksWithItsTemplate) {
  constexpr std::string_view kRefused =
      "error: the template before this rule (action 'global') is refused, so "
      "that a part of the rule is missing";
  for (const std::string broken :
       {"action: global\na: 1\na: 2\n", "action: global\na: [\n",
        "action: golbal\na: 1\n"}) {
    const Resolved resolved = Resolve(broken + "---\nb: 1\n");
    EXPECT_THAT(resolved.rules, IsEmpty()) << broken;
    ASSERT_THAT(resolved.problems, testing::Not(IsEmpty())) << broken;
    EXPECT_THAT(resolved.problems.back(), testing::HasSubstr(kRefused));
    EXPECT_THAT(Resolve(broken + "---\naction: reset\n---\nb: 1\n").rules,
                SizeIs(1))
        << broken;
  }
}

TEST(Collection, DoesNotRepeatWhatIsBroken) {
  for (const std::string broken : {"a: 1\na: 2\n", "a: [\n", "'\n"}) {
    const Resolved resolved =
        Resolve("x: 1\n---\n" + broken + "---\naction: repeat\n");
    ASSERT_THAT(resolved.problems, SizeIs(1)) << broken;
    EXPECT_THAT(resolved.problems[0],
                testing::HasSubstr("follows a rule that could not be put "
                                   "together"));
  }
}

TEST(Collection, RepeatsOverABrokenFilter) {
  EXPECT_THAT(
      Resolve("a: 1\n---\nfilter: 1\nfilter: 2\n---\naction: repeat\n").rules,
      ElementsAre("{a: 1@1}", "{a: 1@1}"));
}

TEST(Collection, LimitsWhatItCopies) {
  std::string template_items;
  for (int i = 0; i < 1'000; ++i) template_items += "x,";
  std::string yaml = "action: global\nl: [" + template_items + "]\n";
  for (int i = 0; i < 1'100; ++i) yaml += "---\na: 1\n";
  const Source source("a.yml", yaml);
  std::vector<YamlDocument> documents = ParseYaml(source);
  RuleCollection collection(documents);
  Reporter reporter(source);
  int merged = 0;
  for (YamlDocument& document : documents) {
    if (collection.Resolve(document, reporter).has_value()) ++merged;
  }
  EXPECT_GT(merged, 900);
  EXPECT_LT(merged, 1'000);
  EXPECT_THAT(Problems(reporter.TakeDiagnostics()).front(),
              testing::HasSubstr("error: collection has too many nodes after "
                                 "merging, expected at most 1000000"));
}

}  // namespace
}  // namespace hypersigma::internal
