#include "lib/catalog/condition_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "hypersigma/rule_set.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

DetectionRule RuleWith(std::string_view condition) {
  const RuleSet rules = RuleSet::FromYaml(
      "title: T\nlogsource: {product: p}\ndetection:\n  a: {X: 1}\n"
      "  b_1: {X: 2}\n  b_2: {X: 3}\n  condition: " +
      std::string(condition) + "\n");
  EXPECT_EQ(rules.rules().size(), 1U);
  return rules.detection_rules()[0];
}

TEST(ConditionText, NamesWhatPatternsStandFor) {
  EXPECT_EQ(ConditionText(RuleWith("a and 1 of b_*")), "a and 1 of (b_1, b_2)");
  EXPECT_EQ(ConditionText(RuleWith("all of b_*")), "all of (b_1, b_2)");
  EXPECT_EQ(ConditionText(RuleWith("not (a or b_1) and b_2")),
            "not (a or b_1) and b_2");
}

TEST(ConditionText, LinksSeveralByOr) {
  EXPECT_EQ(ConditionText(RuleWith("[a, 'not b_1 and b_2']")),
            "a or (not b_1 and b_2)");
}

TEST(SelectionUses, TellWhatIsDenied) {
  EXPECT_THAT(SelectionUses(RuleWith("a and not 1 of b_*")),
              ElementsAre(Use::kAsserted, Use::kDenied, Use::kDenied));
  EXPECT_THAT(SelectionUses(RuleWith("(a or b_1) and not (not a and b_1)")),
              ElementsAre(Use::kAsserted, Use::kBoth, Use::kNone));
}

}  // namespace
}  // namespace hypersigma::internal
