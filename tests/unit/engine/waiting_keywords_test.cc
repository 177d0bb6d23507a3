#include "lib/engine/waiting_keywords.h"

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
  const WaitingKeywords waiting(plan);
  std::set<std::string> operands;
  for (std::uint32_t i = 0; i < plan.predicates.size(); ++i) {
    if (!waiting.Contains(PredicateId{i})) continue;
    EXPECT_EQ(waiting.HalfOf(PredicateId{i}), KeywordHalf::kWaits);
    operands.insert(plan.predicates[i].operand);
  }
  return operands;
}

TEST(WaitingKeywords, WhatNoRuleIsWokenByWaits) {
  EXPECT_THAT(Waiting("  k: {'|all': [rather long, ab]}\n"
                      "  f: [filtered]\n"
                      "  condition: k and not f\n"),
              UnorderedElementsAre("ab", "filtered"));
}

TEST(WaitingKeywords, AnyOfSeveralWitnessesWakes) {
  EXPECT_THAT(Waiting("  k: [a1, b2, c3]\n  condition: k\n"), IsEmpty());
}

TEST(WaitingKeywords, FieldsDoNotWait) {
  EXPECT_THAT(Waiting("  s: {F|contains|all: [rather long, ab]}\n"
                      "  condition: s\n"),
              IsEmpty());
}

TEST(WaitingKeywords, ARuleForEveryEventWaitsForNothing) {
  EXPECT_THAT(Waiting("  f: [abc]\n  condition: not f\n"), IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
