#include "lib/compile/pattern_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hypersigma/rule_set.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// Compiles a rule for each item.
Plan Compile(const std::vector<std::string>& items, std::size_t limit) {
  std::string yaml;
  for (const std::string& item : items) {
    yaml += "---\ntitle: T\nlogsource: {product: x}\ndetection:\n  s: " + item +
            "\n  condition: s\n";
  }
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_EQ(rules.rules().size(), items.size());
  return CompilePlan(rules.detection_rules(), limit);
}

std::vector<RuleId> Refused(const std::vector<std::string>& items,
                            std::size_t limit) {
  std::vector<RuleId> ids;
  for (const Refusal& refusal : Compile(items, limit).refused) {
    ids.push_back(refusal.first);
  }
  return ids;
}

TEST(PatternLimit, CountsEachPatternOfAFieldOnce) {
  const std::vector<std::string> items = {"{f|contains: [a1, a2]}",
                                          "{f|endswith: [a1, a2]}",
                                          "{g|contains: [a1, a2]}", "[a1, a2]"};
  EXPECT_THAT(Refused(items, 2), IsEmpty());
  EXPECT_THAT(Refused(items, 1),
              ElementsAre(RuleId{0}, RuleId{1}, RuleId{2}, RuleId{3}));
}

TEST(PatternLimit, LeavesNoRoomToWhatIsRefused) {
  const Plan plan = Compile({"{f|contains: a1}", "{f|contains: [a2, a3, a4]}",
                             "{f|contains: [a2, a5]}", "{f|contains: a6}"},
                            3);
  EXPECT_THAT(plan.refused,
              ElementsAre(Pair(RuleId{1},
                               "field 'f' has too many patterns in all rules, "
                               "expected at most 3"),
                          Pair(RuleId{3},
                               "field 'f' has too many patterns in all rules, "
                               "expected at most 3")));
  EXPECT_EQ(plan.field_plans.at(0).patterns.size(), 3);
  EXPECT_TRUE(plan.rules.at(1).selections.empty());
  EXPECT_FALSE(plan.rules.at(1).always);
}

TEST(PatternLimit, GivesBackWhatARefusedRuleTookInAnotherField) {
  EXPECT_THAT(Refused({"{g|contains: [a1, a2], f|contains: [b1, b2, b3]}",
                       "{g|contains: [a3, a4]}"},
                      2),
              ElementsAre(RuleId{0}));
}

// Equality is looked up, not sought.
TEST(PatternLimit, CountsNoWholeValues) {
  EXPECT_THAT(Refused({"{f: [a1, a2, a3]}"}, 1), IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
