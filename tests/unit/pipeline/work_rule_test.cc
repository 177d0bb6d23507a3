#include "lib/pipeline/work_rule.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

TEST(WorkRule, GoesThereAndBack) {
  const RuleSet rules = RuleSet::FromYaml(
      RuleOf("a: {A: 1, B: [x, y]}, b: [{C: 2}, {D: 3}], k: [w]",
             "a and not 1 of b* or k"));
  DetectionRule rule = rules.detection_rules().front();
  Rule attributes;
  WorkRule work = MakeWorkRule(attributes, rule);
  DetectionRule again;
  ASSERT_TRUE(FinishWorkRule(work, again));
  EXPECT_EQ(Show(again), Show(rule));
}

TEST(WorkRule, LeavesOutWhatIsEmptyAtAnyDepth) {
  const RuleSet rules =
      RuleSet::FromYaml(RuleOf("a: [{A: 1}, {B: 2}], b: {C: 3}", "a or b"));
  Rule attributes;
  WorkRule work = MakeWorkRule(attributes, rules.detection_rules().front());
  for (WorkDetection& map : work.selections[0].detection.children) {
    map.children.clear();
  }
  DetectionRule left;
  ASSERT_TRUE(FinishWorkRule(work, left));
  EXPECT_EQ(Show(left), "b={C: int 3} | b");
}

TEST(WorkRule, CostsMoreWithItsTexts) {
  DetectionItem item;
  item.values.resize(2);
  EXPECT_EQ(CostOf(item), 3);
  item.values[0].text = std::string(640, 'x');
  EXPECT_EQ(CostOf(item), 13);
}

}  // namespace
}  // namespace hypersigma::internal
