#include "lib/pipeline/rule_run.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

class RuleRunTest : public testing::Test {
 protected:
  WorkRule rule_;
  ReferredRules referred_;
  RegexScratch scratch_ = *RegexScratch::Create();
  std::size_t nodes_left_ = kMaxPipelineNodes;
};

TEST_F(RuleRunTest, KeepsTheFirstFailure) {
  RuleRun run(rule_, referred_, scratch_, nodes_left_);
  run.NameFailure("none");
  EXPECT_FALSE(run.failed());
  run.Fail("one");
  run.NameFailure("inner");
  run.Fail("two");
  run.NameFailure("outer");
  EXPECT_EQ(run.failure(), "one");
  EXPECT_EQ(run.failed_item(), "inner");
}

TEST_F(RuleRunTest, ChargesARuleAndAllRules) {
  RuleRun run(rule_, referred_, scratch_, nodes_left_);
  EXPECT_TRUE(run.Charge(kMaxPipelineRuleNodes));
  EXPECT_EQ(nodes_left_, kMaxPipelineNodes - kMaxPipelineRuleNodes);
  EXPECT_FALSE(run.Charge(1));
  EXPECT_TRUE(run.failed());
  nodes_left_ = 1;
  RuleRun next(rule_, referred_, scratch_, nodes_left_);
  EXPECT_FALSE(next.Charge(2));
  EXPECT_EQ(next.failure(),
            "pipelines make the rules grow by too many nodes, expected at most "
            "4000000");
}

TEST_F(RuleRunTest, CountsTheStepsOfAllSearches) {
  RuleRun run(rule_, referred_, scratch_, nodes_left_);
  auto compiled = Regex::Compile("(a|b)*[cd]$");
  const Regex& regex = std::get<Regex>(compiled);
  const std::string text(2'000, 'a');
  int searches = 0;
  while (!run.failed() && searches < 1'000'000) {
    EXPECT_FALSE(run.Finds(regex, text));
    ++searches;
  }
  EXPECT_TRUE(run.failed());
  EXPECT_TRUE(run.FindAll(regex, "c").empty());
}

}  // namespace
}  // namespace hypersigma::internal
