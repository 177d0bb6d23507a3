#include "bench/support/vary_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lib/rule/ast.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Which of the bytes of two texts of one length differ, as they are in the
// first and the second.
std::string ChangesOf(const std::string& before, const std::string& after) {
  std::string changes;
  EXPECT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    if (before[i] != after[i]) changes += before[i];
  }
  return changes;
}

std::string RuleOf(const std::string& detection) {
  return "title: T\nlogsource:\n  product: windows\ndetection:\n" + detection +
         "  condition: s\n";
}

std::size_t RuleCountOf(const std::string& yaml) {
  return RuleSet::FromYaml(yaml).rules().size();
}

TEST(VariedRule, ChangesOneCharacterOfEachLiteral) {
  const std::string yaml = RuleOf(
      "  s:\n    Image|endswith:\n      - bbb.ccc\n      - 'DDD'\n"
      "    EventID: 4444\n");
  const VariedRule rule(yaml);
  EXPECT_EQ(rule.literal_count(), 3u);
  for (std::uint64_t number = 0; number < 200; ++number) {
    const std::string copy = rule.Copy(number);
    const std::string changes = ChangesOf(yaml, copy);
    ASSERT_EQ(changes.size(), 3u) << copy;
    EXPECT_TRUE(changes[0] == 'b' || changes[0] == 'c') << copy;
    EXPECT_EQ(changes.substr(1), "D4") << copy;
    EXPECT_EQ(RuleCountOf(copy), 1u) << copy;
  }
}

TEST(VariedRule, KeepsTheClassOfTheCharacter) {
  const VariedRule rule(RuleOf("  s:\n    a: x\n    b: X\n    c: 7\n"));
  for (std::uint64_t number = 0; number < 200; ++number) {
    const std::string copy = rule.Copy(number);
    const auto value = [&copy](const std::string& key) {
      return copy[copy.find(key) + key.size()];
    };
    EXPECT_TRUE(value("a: ") >= 'a' && value("a: ") <= 'z') << copy;
    EXPECT_TRUE(value("b: ") >= 'A' && value("b: ") <= 'Z') << copy;
    EXPECT_TRUE(value("c: ") >= '1' && value("c: ") <= '9') << copy;
  }
}

TEST(VariedRule, IsTheSameForTheSameNumberOnly) {
  const VariedRule rule(RuleOf("  s:\n    a: abcdefgh\n    b: ijklmnop\n"));
  std::set<std::string> copies;
  for (std::uint64_t number = 0; number < 100; ++number) {
    EXPECT_EQ(rule.Copy(number), rule.Copy(number));
    copies.insert(rule.Copy(number));
  }
  EXPECT_GT(copies.size(), 95u);
}

TEST(VariedRule, KeepsFieldsModifiersConditionAndEverythingElse) {
  const std::string yaml =
      "title: Title\ndescription: text\nlogsource:\n  category: dns\n"
      "detection:\n  selection:\n    QueryName|contains|all:\n"
      "      - '.'\n      - '..'\n  timeframe: 5m\n"
      "  condition: selection\nlevel: high\n";
  EXPECT_EQ(VariedRule(yaml).Copy(1), yaml);
}

TEST(VariedRule, LeavesOperandsWhoseTextHasAForm) {
  const std::string yaml = RuleOf(
      "  s:\n    a|cidr: 10.0.0.0/8\n    b|expand: '%name%'\n"
      "    c|exists: true\n    d|fieldref: other\n    e|gte: 100\n"
      "    f|hour: 12\n    g: null\n    h: 1.5\n    i: true\n");
  EXPECT_EQ(VariedRule(yaml).literal_count(), 0u);
  EXPECT_EQ(VariedRule(yaml).Copy(1), yaml);
}

TEST(VariedRule, LeavesEscapesOfYaml) {
  const std::string yaml =
      RuleOf("  s:\n    a: \"\\x41\\u0042\\U00000043\\n\\t\\\"z\"\n");
  for (std::uint64_t number = 0; number < 50; ++number) {
    EXPECT_EQ(ChangesOf(yaml, VariedRule(yaml).Copy(number)), "z");
  }
}

TEST(VariedRule, ChangesOnlyWordsOfRegularExpressions) {
  const std::string yaml = RuleOf(
      "  s:\n    a|re: '(?i)abc\\d{2,3}[wxyz]+(?:hhhhh|\\p{Greek})\\bword?'\n");
  for (std::uint64_t number = 0; number < 200; ++number) {
    const std::string copy = VariedRule(yaml).Copy(number);
    const std::string changes = ChangesOf(yaml, copy);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_TRUE(std::string("hword").find(changes) != std::string::npos)
        << copy;
    EXPECT_EQ(RuleCountOf(copy), 1u) << copy;
  }
}

TEST(VariedRule, ChangesKeywordsAndListsOfMaps) {
  const std::string yaml =
      RuleOf("  s:\n    - keyword\n    - a: value\n      b|contains: other\n");
  EXPECT_EQ(VariedRule(yaml).literal_count(), 3u);
}

TEST(VariedRule, ChangesWhatAnAliasStandsForOnce) {
  const std::string yaml = RuleOf(
      "  s:\n    a: &name zzz\n    b: *name\n    c: !!str zz\n"
      "    d: &name2 !!str 'z'\n");
  const VariedRule rule(yaml);
  EXPECT_EQ(rule.literal_count(), 3u);
  for (std::uint64_t number = 0; number < 50; ++number) {
    EXPECT_EQ(ChangesOf(yaml, rule.Copy(number)), "zzz");
    EXPECT_EQ(RuleCountOf(rule.Copy(number)), 1u) << rule.Copy(number);
  }
}

TEST(VariedRule, ReplacesTheEndOfTheId) {
  const std::string id = "id: 8028c2c3-e25a-46e3-827f-bbb5abf181d7\n";
  const std::string yaml = id + RuleOf("  s:\n    a: value\n");
  const std::string copy = VariedRule(yaml).Copy(5);
  EXPECT_THAT(copy, HasSubstr("id: 8028c2c3-e25a-46e3-827f-"));
  EXPECT_THAT(copy, Not(HasSubstr("bbb5abf181d7")));
  EXPECT_EQ(RuleCountOf(copy), 1u);
}

RuleSet FiveRules() {
  std::vector<RuleStream> streams;
  for (const char* const value : {"first", "second", "third", "fourth"}) {
    streams.push_back(
        {value, RuleOf("  s:\n    a: " + std::string(value) + "\n")});
  }
  const std::string two = RuleOf("  s:\n    a: fifth\n") + "---\n" + "broken\n";
  streams.push_back({"fifth", two});
  return RuleSet::FromStreams(streams);
}

TEST(RulesOfCount, SamplesByTheSeed) {
  const RuleSet rules = FiveRules();
  std::set<std::string> chosen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const RuleSet sample = RulesOfCount(rules, 2, seed);
    ASSERT_EQ(sample.rules().size(), 2u);
    EXPECT_NE(sample.rules()[0].file, sample.rules()[1].file);
    EXPECT_EQ(sample.rules()[0].file,
              RulesOfCount(rules, 2, seed).rules()[0].file);
    for (const Rule& rule : sample.rules()) chosen.insert(rule.file);
  }
  EXPECT_THAT(chosen, ::testing::UnorderedElementsAre("first", "second",
                                                      "third", "fourth"));
}

TEST(RulesOfCount, AddsCopiesToAllRules) {
  const RuleSet rules = FiveRules();
  ASSERT_EQ(rules.rules().size(), 5u);
  const RuleSet more = RulesOfCount(rules, 17, 1);
  ASSERT_EQ(more.rules().size(), 17u);
  EXPECT_EQ(more.rules()[4].file, "fifth");
  std::set<std::string> texts;
  for (std::size_t i = 5; i < more.texts().size(); ++i) {
    EXPECT_THAT(more.texts()[i].yaml, Not(HasSubstr("fifth")));
    texts.insert(more.texts()[i].yaml);
  }
  EXPECT_EQ(texts.size(), 12u);
}

TEST(RulesOfCount, CopiesOnlyWhatItMay) {
  const RuleSet more =
      RulesOfCount(FiveRules(), 25, 1, {"first", "third", "fourth"});
  ASSERT_EQ(more.rules().size(), 25u);
  for (std::size_t i = 5; i < more.texts().size(); ++i) {
    EXPECT_TRUE(VariedRule(more.texts()[i].yaml).has_text());
    EXPECT_EQ(more.texts()[i].yaml.size(), more.texts()[1].yaml.size());
  }
}

TEST(CopiesOf, NamesTheFilesOfTheRules) {
  const RuleSet copies = CopiesOf(FiveRules(), 2, 1);
  std::vector<std::string> files;
  for (const Rule& rule : copies.rules()) files.push_back(rule.file);
  EXPECT_THAT(files,
              ::testing::ElementsAre("first", "first", "second", "second",
                                     "third", "third", "fourth", "fourth"));
}

TEST(CopiesOf, LeavesOutRulesWithoutAText) {
  const RuleSet rules = RuleSet::FromYaml(RuleOf("  s:\n    a: 12\n"));
  EXPECT_EQ(CopiesOf(rules, 2, 1).rules().size(), 0u);
}

TEST(RulesOfCount, IsAllRulesForTheirNumber) {
  EXPECT_EQ(RulesOfCount(FiveRules(), 5, 1).rules().size(), 5u);
}

}  // namespace
}  // namespace hypersigma::bench
