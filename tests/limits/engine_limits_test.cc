// Limits of compiled rules: tests of a rule, patterns of a field; and the
// number of matches, which only the rules limit.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "hypersigma/scanner.h"
#include "lib/base/limits.h"
#include "lib/engine/engine_file_size.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::CheckFileSectionBytes;
using internal::kMaxFileSectionBytes;
using internal::kMaxProgramTests;
using ::testing::ElementsAre;

TEST(FileSection, PastTheLimitIsNotSaved) {
  EXPECT_EQ(CheckFileSectionBytes("the plan is", kMaxFileSectionBytes),
            absl::OkStatus());
  EXPECT_EQ(CheckFileSectionBytes("the plan is", kMaxFileSectionBytes + 1),
            absl::ResourceExhaustedError("the plan is too large for an engine "
                                         "file, expected at most 2,000 MiB"));
}

TEST(ProgramTests, PastTheLimitRefuseTheRuleAndNoOther) {
  constexpr std::size_t kSelections = 500;
  std::string detection;
  for (std::size_t i = 0; i < kSelections; ++i) {
    const std::string name = "s" + std::to_string(i);
    detection += "  " + name + ": {f: " + name + "}\n";
  }
  detection += "  condition: 1 of them" +
               Repeat(" and 1 of them", kMaxProgramTests / kSelections) + "\n";
  const RuleSet rules =
      RuleSet::FromYaml(RuleText(detection) + "---\n" + ItemRule("f: s3"));
  EXPECT_THAT(Outcomes(rules.report()), ElementsAre("loaded", "loaded"));
  const auto engine = Engine::Build(rules);
  ASSERT_TRUE(engine.ok()) << engine.status();
  EXPECT_THAT(Outcomes(engine->report()),
              ElementsAre("refused: condition expands to more than 200000 "
                          "tests",
                          "loaded"));
  EXPECT_EQ(ScanOne(*engine, "{\"f\": \"s3\"}"), Verdict::kMatch);
}

TEST(FieldPatterns, PastTheLimitRefuseTheRulesAndNoOther) {
  EXPECT_EQ(EngineOptions{}.max_field_patterns, internal::kMaxFieldPatterns);
  const RuleSet rules = RuleSet::FromYaml(
      ItemRule("f|contains: [one, two]") + "---\n" +
      ItemRule("f|contains: [two, three, four]") + "---\n" +
      ItemRule("f|startswith: [two, three]") + "---\n" +
      ItemRule("f: [four, five, six, seven]") + "---\n" +
      ItemRule("g|contains: [one, two, three]") + "---\n" +
      ItemRule("g|contains: four") + "---\n" +
      RuleText("  s: [one, two, three, four]\n  condition: s\n"));
  const auto engine = Engine::Build(rules, {.max_field_patterns = 3});
  ASSERT_TRUE(engine.ok()) << engine.status();
  EXPECT_THAT(
      Outcomes(engine->report()),
      ElementsAre("loaded",
                  "refused: field 'f' has too many patterns in all rules, "
                  "expected at most 3",
                  "loaded", "loaded", "loaded",
                  "refused: field 'g' has too many patterns in all rules, "
                  "expected at most 3",
                  "refused: keywords have too many patterns in all rules, "
                  "expected at most 3"));
  EXPECT_EQ(ScanOne(*engine, R"({"f": "x four one"})"), Verdict::kMatch);
  auto scanner = Scanner::Create(*engine);
  ASSERT_TRUE(scanner.ok());
  const auto result = scanner->ScanJson(R"({"f": "three four", "g": "four"})");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->matches.size(), 1);
  EXPECT_EQ(result->matches[0].rule, RuleId{2});
}

// There is no limit but the number of rules: each is reported.
TEST(Matches, OfOneEventAreAsManyAsThereAreRules) {
  constexpr std::size_t kCount = 20'000;
  const Engine engine =
      BuildEngine(Repeat(ItemRule("f|contains: v") + "---\n", kCount));
  auto scanner = Scanner::Create(engine);
  ASSERT_TRUE(scanner.ok());
  const auto result = scanner->ScanJson(R"({"f": "a value"})");
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->matches.size(), kCount);
  EXPECT_EQ(result->matches.back().rule, RuleId{kCount - 1});
  EXPECT_THAT(result->matches.back().selections, ElementsAre("s"));
}

}  // namespace
}  // namespace hypersigma
