#include "hypersigma/profiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kRules = R"(
title: two texts
logsource: {product: a}
detection:
  s: {F|contains: long and common, F|endswith: end}
  condition: s
---
title: keyword
logsource: {product: b}
detection:
  s: [word]
  condition: s
)";

Engine Build(const Profile& profile = {}) {
  return Engine::Build(RuleSet::FromYaml(kRules),
                       {.taxonomy = Taxonomy::Empty(),
                        .log_source_field = "said",
                        .profile = profile})
      .value();
}

std::string EventOf(std::string_view product, std::string_view text) {
  return R"({"said":{"product":")" + std::string(product) + R"("},"F":")" +
         std::string(text) + R"("})";
}

void Observe(Profiler& profiler, int count, const std::string& event) {
  for (int i = 0; i < count; ++i) {
    const absl::Status status = profiler.ObserveJson(event);
    ASSERT_TRUE(status.ok()) << status;
  }
}

// Of rule 0 and its product: 9 with the common text, one of them a match.
void ObserveSample(Profiler& profiler) {
  Observe(profiler, 8, EventOf("a", "long and common x"));
  Observe(profiler, 1, EventOf("a", "long and common end"));
  Observe(profiler, 3, EventOf("b", "word"));
  Observe(profiler, 2, EventOf("A", "other"));
}

TEST(Profiler, CountsWhatFiresByLogSource) {
  Profiler profiler = Profiler::Create(Build()).value();
  ObserveSample(profiler);
  EXPECT_EQ(profiler.events(), 14u);
  EXPECT_EQ(
      profiler.MakeProfile().ToNdjson(),
      R"({"hypersigma_profile":1,"events":14,"log_sources":2,"predicates":3})"
      "\n"
      R"({"log_sources":[["a","",""]],"events":11})"
      "\n"
      R"({"log_sources":[["b","",""]],"events":3})"
      "\n"
      R"({"op":"keyword contains","operand":"word","fired":[[1,3]]})"
      "\n"
      R"({"field":"F","op":"contains","operand":"long and common",)"
      R"("fired":[[0,9]]})"
      "\n"
      R"({"field":"F","op":"ends_with","operand":"end","fired":[[0,1]]})"
      "\n");
}

TEST(Profiler, CountsWhatEachRuleCosts) {
  Profiler profiler = Profiler::Create(Build()).value();
  ObserveSample(profiler);
  const std::vector<RuleCost> costs = profiler.Costs();
  ASSERT_EQ(costs.size(), 2u);
  EXPECT_EQ(costs[0].evaluated, 9u);
  EXPECT_EQ(costs[0].matched, 1u);
  EXPECT_EQ(costs[1].evaluated, 3u);
  EXPECT_EQ(costs[1].matched, 3u);
}

TEST(Profiler, ItsProfileMakesRulesCostLess) {
  Profiler before = Profiler::Create(Build()).value();
  ObserveSample(before);
  const Profile profile = before.MakeProfile();
  Profiler after = Profiler::Create(Build(profile)).value();
  ObserveSample(after);
  EXPECT_EQ(after.Costs()[0].evaluated, 1u);
  EXPECT_EQ(after.Costs()[0].matched, 1u);
  // What fires does not depend on what wakes rules.
  EXPECT_EQ(after.MakeProfile().ToNdjson(), profile.ToNdjson());
}

TEST(Profiler, CountsParsedEvents) {
  const Engine engine = Build();
  Profiler profiler =
      Profiler::Create(engine, {.routing = Routing::kOff}).value();
  const FieldValue value{engine.FindField("F"), Value::String("the end")};
  ASSERT_TRUE(profiler.Observe({&value, 1}).ok());
  EXPECT_THAT(profiler.MakeProfile().ToNdjson(),
              HasSubstr(R"("ends_with","operand":"end","fired":[[0,1]])"));
}

TEST(Profiler, MalformedEventsAndOptionsAreErrors) {
  Profiler profiler = Profiler::Create(Build()).value();
  EXPECT_TRUE(absl::IsInvalidArgument(profiler.ObserveJson("{\"F\":")));
  EXPECT_EQ(profiler.events(), 0u);
  EXPECT_FALSE(Profiler::Create(Build(), {.layout = "none such"}).ok());
}

TEST(Profiler, LongOperandsAreNotCounted) {
  const std::string rules =
      "title: t\nlogsource: {product: a}\ndetection: {s: {F: [short, " +
      std::string(1025, 'x') + "]}, condition: s}\n";
  Profiler profiler =
      Profiler::Create(Engine::Build(RuleSet::FromYaml(rules)).value()).value();
  EXPECT_EQ(profiler.MakeProfile().predicates(), 1u);
}

TEST(Profiler, ThreadsCountTogether) {
  Profiler profiler = Profiler::Create(Build()).value();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&profiler] { ObserveSample(profiler); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(profiler.events(), 56u);
  EXPECT_EQ(profiler.Costs()[0].evaluated, 36u);
  EXPECT_THAT(profiler.MakeProfile().ToNdjson(),
              HasSubstr(R"("contains","operand":"long and common",)"
                        R"("fired":[[0,36]])"));
}

}  // namespace
}  // namespace hypersigma
