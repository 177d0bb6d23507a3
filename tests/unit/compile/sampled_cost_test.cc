#include "lib/compile/sampled_cost.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

// By estimate the longer text is rarer.
constexpr std::string_view kRule = R"(
title: t
logsource: {product: windows, category: process_creation}
detection:
  s: {A|contains: long and common, A|endswith: rare}
  condition: s
)";

PredicateName Name(std::string_view operation, std::string_view operand) {
  return {"A", std::string(operation), std::string(operand), false};
}

std::vector<std::string> WitnessWith(const FiringSample* sample,
                                     std::string_view yaml = kRule) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  const Plan plan = CompilePlan(rules.detection_rules(), kMaxFieldPatterns,
                                {.sample = sample, .rules = rules.rules()});
  std::vector<std::string> operands;
  for (const PredicateId id : plan.rules.at(0).witness) {
    operands.push_back(plan.predicates[Index(id)].operand);
  }
  std::sort(operands.begin(), operands.end());
  return operands;
}

// What each slice says of the two predicates of kRule.
FiringSample Sample(std::vector<SampleSlice> slices,
                    std::vector<SliceCount> common,
                    std::vector<SliceCount> rare) {
  FiringSample sample{std::move(slices), {}};
  sample.fired[Name("contains", "long and common")] = std::move(common);
  sample.fired[Name("ends_with", "rare")] = std::move(rare);
  return sample;
}

const SampleSlice kUnclassified{{}, 1000};
const SampleSlice kProcesses{{{"windows", "process_creation", ""}}, 1000};
const SampleSlice kFiles{{{"windows", "file_event", ""}}, 1000};

TEST(SampledCost, WithoutASampleTheEstimateDecides) {
  EXPECT_THAT(WitnessWith(nullptr), ElementsAre("long and common"));
  const FiringSample empty;
  EXPECT_THAT(WitnessWith(&empty), ElementsAre("long and common"));
}

TEST(SampledCost, WhatFiredLessIsCheaper) {
  const FiringSample sample = Sample({kUnclassified}, {{0, 900}}, {{0, 3}});
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("rare"));
}

TEST(SampledCost, WhatNeverFiredIsCheapestButNotFree) {
  FiringSample sample = Sample({kUnclassified}, {{0, 1}}, {});
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("rare"));
  // Of two that never fired the estimate decides.
  sample = Sample({kUnclassified}, {}, {});
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("long and common"));
}

TEST(SampledCost, WhatWasNotCountedIsEstimatedForAllEvents) {
  FiringSample sample = Sample({kUnclassified}, {}, {});
  sample.fired.erase(Name("ends_with", "rare"));
  sample.fired[Name("contains", "long and common")] = {{0, 2}};
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("long and common"));
  sample.fired[Name("contains", "long and common")] = {{0, 900}};
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("rare"));
}

TEST(SampledCost, EventsThatDoNotAdmitTheRuleCountLess) {
  // 500 files against 100 processes.
  const FiringSample sample =
      Sample({kFiles, kProcesses}, {{0, 500}}, {{1, 100}});
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("long and common"));
  // But they count.
  const FiringSample many = Sample({kFiles, kProcesses}, {{0, 900}}, {{1, 50}});
  EXPECT_THAT(WitnessWith(&many), ElementsAre("rare"));
}

TEST(SampledCost, RulesOfUnseenLogSourcesLearnFromOtherEvents) {
  const FiringSample sample = Sample({kFiles}, {{0, 500}}, {{0, 3}});
  EXPECT_THAT(WitnessWith(&sample), ElementsAre("rare"));
}

TEST(SampledCost, NoSampleMakesAWitnessOfWhatNeedNotFire) {
  constexpr std::string_view kNegated = R"(
title: t
logsource: {product: windows}
detection:
  n: {A|endswith: rare}
  s: {A|re: '.'}
  condition: not n and s
)";
  const RuleSet rules = RuleSet::FromYaml(kNegated);
  const Plan plain = CompilePlan(rules.detection_rules());
  FiringSample sample = Sample({kUnclassified}, {}, {});
  sample.fired[{"A", "regex", ".", false}] = {};
  const Plan sampled = CompilePlan(rules.detection_rules(), kMaxFieldPatterns,
                                   {.sample = &sample, .rules = rules.rules()});
  EXPECT_EQ(sampled.rules.at(0).always, plain.rules.at(0).always);
  EXPECT_EQ(sampled.rules.at(0).witness, plain.rules.at(0).witness);
}

}  // namespace
}  // namespace hypersigma::internal
