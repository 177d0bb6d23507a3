// Limits of explanations.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/explanation.h"
#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kExplainBytesPerValue;
using internal::kMaxExplainBytes;
using internal::kMaxFlipSteps;
using internal::kMaxMemberBytes;
using internal::kMaxSeenValues;
using ::testing::HasSubstr;
using ::testing::SizeIs;

absl::StatusOr<EventExplanation> Explain(const Engine& engine,
                                         const std::string& json) {
  const std::vector<RuleId> rules = {RuleId{0}};
  return Explainer::Create(engine)->ExplainJson(json, rules);
}

// Returns an array of `count` short texts.
std::string Texts(std::size_t count) {
  return "[\"q\"" + Repeat(",\"q\"", count - 1) + "]";
}

TEST(ExplainBytes, PastTheLimitIsAnError) {
  // Each text of the event is compared with each of the rule.
  constexpr std::size_t kTexts = 100'000;
  const std::size_t values =
      kMaxExplainBytes / kExplainBytesPerValue / kTexts + 1;
  std::string list;
  for (std::size_t i = 0; i < values; ++i) list += std::to_string(i) + "x,";
  const Engine engine = BuildEngine(ItemRule("f|contains: [" + list + "x]"));
  EXPECT_TRUE(Explain(engine, "{\"f\": " + Texts(1'000) + "}").ok());
  const absl::Status status =
      Explain(engine, "{\"f\": " + Texts(kTexts) + "}").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("the event has too many values to explain"));
}

TEST(FlipSteps, PastTheLimitThatIsSaid) {
  // Every predicate stands in many selections: a set cover. Each selection of
  // the condition asks for three of 60.
  std::string text;
  std::string condition;
  std::size_t random = 1;
  const auto next = [&random] {
    random = random * 1'103'515'245 % 2'147'483'648 + 12'345;
    return std::to_string(random / 65'536 % 60);
  };
  for (int i = 0; i < 150; ++i) {
    const std::string name = "s" + std::to_string(i);
    text += "  " + name + ": {f|contains: [<" + next() + ">, <" + next() +
            ">, <" + next() + ">]}\n";
    condition += (i == 0 ? "" : " and ") + name;
  }
  const Engine engine =
      BuildEngine(RuleText(text + "  condition: " + condition + "\n"));
  const auto explanation = Explain(engine, R"({"f": "q"})");
  ASSERT_TRUE(explanation.ok());
  const RuleExplanation& rule = explanation->rules[0];
  EXPECT_EQ(rule.changes_status, ChangesStatus::kSufficient);
  EXPECT_FALSE(rule.changes.empty());
}

TEST(FlipSteps, PastTheLimitMembersStayWithoutName) {
  const Engine engine = BuildEngine(ItemRule("f: v"));
  // The text that is sought stands too late.
  const std::string json =
      "{\"a\": " + Texts(kMaxFlipSteps) + ", \"f\": \"q\", \"z\": [\"q\"]}";
  const auto explanation = Explain(engine, json);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->fields[0].values[0].member, "");
  const auto fewer = Explain(
      engine, "{\"a\": " + Texts(1'000) + ", \"f\": \"q\", \"z\": [\"q\"]}");
  EXPECT_EQ(fewer->fields[0].values[0].member, "f");
}

TEST(SeenValues, PastTheLimitTheyAreCounted) {
  const Engine engine = BuildEngine(ItemRule("f: v"));
  const auto explanation =
      Explain(engine, "{\"f\": " + Texts(kMaxSeenValues + 5) + "}");
  ASSERT_TRUE(explanation.ok());
  EXPECT_THAT(explanation->fields[0].values, SizeIs(kMaxSeenValues));
  EXPECT_EQ(explanation->fields[0].value_count, kMaxSeenValues + 5);
}

TEST(MemberBytes, PastTheLimitTheNameIsEmpty) {
  for (const std::size_t bytes : {kMaxMemberBytes, kMaxMemberBytes + 1}) {
    const Engine engine =
        BuildEngine(RuleText("  s: [needle]\n  condition: s\n"));
    const auto explanation =
        Explain(engine, "{\"" + Repeat("n", bytes) + "\": \"needle\"}");
    ASSERT_TRUE(explanation.ok());
    EXPECT_EQ(explanation->fields[0].values[0].member.size(),
              bytes == kMaxMemberBytes ? bytes : 0);
  }
}

}  // namespace
}  // namespace hypersigma
