#include "lib/engine/waiting_patterns.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/plan.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// The operands of predicates that wait.
std::set<std::string> Waiting(std::string_view detection) {
  const RuleSet rules =
      RuleSet::FromYaml("title: R\nlogsource: {product: x}\ndetection:\n" +
                        std::string(detection));
  const Plan plan = CompilePlan(rules.detection_rules());
  EXPECT_EQ(plan.rules.size(), 1) << detection;
  const WaitingPatterns waiting(plan);
  std::set<std::string> operands;
  for (std::uint32_t i = 0; i < plan.predicates.size(); ++i) {
    if (!waiting.Contains(PredicateId{i})) continue;
    EXPECT_EQ(waiting.HalfOf(PredicateId{i}), PatternHalf::kWaits);
    operands.insert(plan.predicates[i].operand);
  }
  return operands;
}

TEST(WaitingPatterns, WhatNoRuleIsWokenByWaits) {
  EXPECT_THAT(Waiting("  s: {F|contains|all: [rather long, ab]}\n"
                      "  f: {F|startswith: filtered}\n"
                      "  condition: s and not f\n"),
              UnorderedElementsAre("ab", "filtered"));
}

TEST(WaitingPatterns, AnyOfSeveralWitnessesWakes) {
  EXPECT_THAT(Waiting("  s: {F|contains: [a1, b2, c3]}\n  condition: s\n"),
              IsEmpty());
}

TEST(WaitingPatterns, KeywordsWaitToo) {
  EXPECT_THAT(Waiting("  k: {'|all': [rather long, ab]}\n  condition: k\n"),
              UnorderedElementsAre("ab"));
}

TEST(WaitingPatterns, EqualValuesDoNotWait) {
  EXPECT_THAT(Waiting("  s: {F|contains: rather long, G: x}\n"
                      "  condition: s\n"),
              IsEmpty());
}

TEST(WaitingPatterns, ARuleForEveryEventWaitsForNothing) {
  EXPECT_THAT(Waiting("  f: {F|contains: abc}\n  condition: not f\n"),
              IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
