// Limits of the catalogue: steps by which rules are compared.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A rule that wants two of many values that stand in each other, which takes
// long to compare with its like.
std::string HardRule(std::size_t values, std::size_t wanted) {
  std::string detection;
  for (std::size_t i = 1; i <= values; ++i) {
    detection += "  s" + std::to_string(i) + ": {f|contains: " +
                 std::string(1, static_cast<char>('a' + i % 26)) +
                 std::to_string(i) + "}\n";
  }
  return RuleText(detection + "  condition: " + std::to_string(wanted) +
                  " of them\n");
}

TEST(PairSteps, PastTheLimitAPairIsNotDecided) {
  const RuleSet rules = RuleSet::FromYaml(
      HardRule(26, 13) + "---\n" + HardRule(26, 12) + "---\n" +
      ItemRule("f|contains: one") + "---\n" + ItemRule("f|contains: n"));
  ASSERT_THAT(rules.rules(), SizeIs(4));
  const auto catalog = Catalog::Build(rules, {.max_pair_steps = 500});
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_THAT(catalog->not_decided(),
              ElementsAre(Implication{RuleId{0}, RuleId{1}}));
  EXPECT_THAT(catalog->implied_rules(),
              ElementsAre(Implication{RuleId{2}, RuleId{3}}));
  EXPECT_TRUE(catalog->is_fully_compared());
}

TEST(CompareSteps, PastTheLimitTheCatalogueSaysSo) {
  std::string yaml;
  for (std::size_t i = 1; i <= 300; ++i) {
    yaml += ItemRule("f|contains: " + std::string(i, 'a')) + "---\n";
  }
  const RuleSet rules = RuleSet::FromYaml(yaml);
  const auto some = Catalog::Build(rules, {.max_steps = 10'000});
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_FALSE(some->is_fully_compared());
  EXPECT_THAT(some->rules(), SizeIs(300));
  const auto all = Catalog::Build(rules);
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_TRUE(all->is_fully_compared());
  EXPECT_THAT(all->implied_rules(), SizeIs(300 * 299 / 2));
  EXPECT_THAT(all->not_decided(), IsEmpty());
}

}  // namespace
}  // namespace hypersigma
