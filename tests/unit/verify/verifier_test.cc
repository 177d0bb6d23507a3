#include "hypersigma/verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/pipeline.h"
#include "lib/engine/engine_state.h"
#include "lib/rule/rule_text.h"
#include "lib/verify/verifier_state.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Rule(const std::string& title, const std::string& item,
                 const std::string& condition = "s") {
  return "title: " + title + "\nlogsource: {product: p}\ndetection:\n  s: {" +
         item + "}\n  condition: " + condition + "\n---\n";
}

Engine Build(const std::string& yaml, const RuleSetOptions& options = {}) {
  auto engine = Engine::Build(RuleSet::FromYaml(yaml, options, "rules.yml"));
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

// A verifier whose slow path has other rules than the engine: an engine that is
// wrong, to whoever compares.
Verifier WithOtherRules(const Engine& engine, const std::string& yaml) {
  const std::vector<internal::RuleText> texts = {{"rules.yml", yaml, 0}};
  return Verifier(internal::MakeVerifierState(engine, texts));
}

class VerifierTest : public testing::Test {
 protected:
  void SetUp() override {
    engine_ = Build(Rule("A", "a: 1") + Rule("B", "b|contains: x"));
    auto scanner = Scanner::Create(*engine_, {.routing = Routing::kOff});
    ASSERT_TRUE(scanner.ok());
    scanner_.emplace(*std::move(scanner));
  }

  std::optional<Engine> engine_;
  std::optional<Scanner> scanner_;
};

TEST_F(VerifierTest, FindsNoDifferenceInWhatTheEngineSays) {
  const Verifier verifier = *Verifier::Create(*engine_);
  EXPECT_THAT(verifier.load_differences(), IsEmpty());
  EXPECT_EQ(verifier.rule_count(), 2u);
  for (const std::string_view json :
       {R"({"a": 1})", R"({"b": "axb"})", R"({"a": 1, "b": "x"})", "{}", "{",
        "[]", R"({"a": "\ud800"})"}) {
    const auto verification = verifier.Verify(json, scanner_->ScanJson(json));
    EXPECT_THAT(verification.differences, IsEmpty()) << json;
    EXPECT_TRUE(verification.compared) << json;
    EXPECT_EQ(verification.undecided, 0u);
  }
}

TEST_F(VerifierTest, ReportsAMatchThatIsMissing) {
  const Verifier verifier = *Verifier::Create(*engine_);
  const std::string_view json = R"({"a": 1, "b": "x"})";
  ScanResult result = *scanner_->ScanJson(json);
  ASSERT_THAT(result.matches, SizeIs(2));
  result.matches = result.matches.subspan(1);
  const Verification verification = verifier.Verify(json, result);
  ASSERT_THAT(verification.differences, SizeIs(1));
  const Difference& difference = verification.differences[0];
  EXPECT_EQ(difference.rule, RuleId{0});
  EXPECT_EQ(difference.engine, Truth::kFalse);
  EXPECT_EQ(difference.slow_path, Truth::kTrue);
  // The engine itself is right: the result was changed.
  EXPECT_THAT(difference.items, IsEmpty());
}

TEST_F(VerifierTest, ReportsAMatchThatIsTooMuch) {
  const Verifier verifier = *Verifier::Create(*engine_);
  const std::vector<Match> matches = {{RuleId{0}, {}, {}}, {RuleId{1}, {}, {}}};
  ScanResult result;
  result.matches = matches;
  const auto verification = verifier.Verify(R"({"b": "x"})", result);
  ASSERT_THAT(verification.differences, SizeIs(1));
  EXPECT_EQ(verification.differences[0].rule, RuleId{0});
  EXPECT_EQ(verification.differences[0].engine, Truth::kTrue);
  EXPECT_EQ(verification.differences[0].slow_path, Truth::kFalse);
}

TEST_F(VerifierTest, CountsWhatIsUndecidedAndDoesNotCompareIt) {
  const Verifier verifier = *Verifier::Create(*engine_);
  const std::vector<Undecided> undecided = {{RuleId{1}, "b"}};
  ScanResult result;
  result.undecided = undecided;
  const auto verification = verifier.Verify(R"({"b": "x"})", result);
  EXPECT_THAT(verification.differences, IsEmpty());
  EXPECT_EQ(verification.undecided, 1u);
}

TEST_F(VerifierTest, ReportsAnEventThatOneSideRefuses) {
  const Verifier verifier = *Verifier::Create(*engine_);
  const auto refused =
      verifier.Verify("{}", absl::InvalidArgumentError("byte 1: why"));
  ASSERT_THAT(refused.differences, SizeIs(1));
  EXPECT_EQ(refused.differences[0].rule, std::nullopt);
  EXPECT_EQ(refused.differences[0].reason, "byte 1: why");
  EXPECT_EQ(refused.differences[0].engine, Truth::kFalse);
  const auto read = verifier.Verify("{", ScanResult());
  ASSERT_THAT(read.differences, SizeIs(1));
  EXPECT_EQ(read.differences[0].slow_path, Truth::kFalse);
  EXPECT_FALSE(
      verifier.Verify("{}", absl::ResourceExhaustedError("deep")).compared);
  const std::string deep(100'000, '[');
  EXPECT_FALSE(verifier.Verify(deep, ScanResult()).compared);
}

TEST_F(VerifierTest, NamesTheValueAtFault) {
  const Engine engine =
      Build(Rule("A", "a|startswith: [p, q], b: 1") + Rule("B", "a: p1"));
  const Verifier verifier = WithOtherRules(
      engine, Rule("A", "a|startswith: [p, r], b: 1") + Rule("B", "a: p1"));
  auto scanner = Scanner::Create(engine, {.routing = Routing::kOff});
  ASSERT_TRUE(scanner.ok());
  const std::string_view json = R"({"a": "r2", "b": 1})";
  const auto verification = verifier.Verify(json, scanner->ScanJson(json));
  ASSERT_THAT(verification.differences, SizeIs(1));
  const std::vector<ItemDifference>& items = verification.differences[0].items;
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].selection, "s");
  EXPECT_EQ(items[0].item, "a|startswith: 'r'");
  EXPECT_EQ(items[0].engine, Truth::kFalse);
  EXPECT_EQ(items[0].slow_path, Truth::kTrue);
}

TEST_F(VerifierTest, NamesTheItemWhereItsValuesAreAlike) {
  const Engine engine = Build(Rule("A", "a|contains|all: [p, q]"));
  const Verifier verifier =
      WithOtherRules(engine, Rule("A", "a|contains: [p, q]"));
  auto scanner = Scanner::Create(engine, {.routing = Routing::kOff});
  ASSERT_TRUE(scanner.ok());
  const std::string_view json = R"({"a": "p"})";
  const auto verification = verifier.Verify(json, scanner->ScanJson(json));
  ASSERT_THAT(verification.differences, SizeIs(1));
  const std::vector<ItemDifference>& items = verification.differences[0].items;
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].item, "a|contains: ['p', 'q']");
}

TEST_F(VerifierTest, ReportsWhatOneSideLoadsOnly) {
  const std::string good = Rule("G", "a: 1");
  const std::string bad = Rule("G", "a|base64: 'x*'");
  const Verifier by_engine = WithOtherRules(Build(good), bad);
  ASSERT_THAT(by_engine.load_differences(), SizeIs(1));
  EXPECT_TRUE(by_engine.load_differences()[0].loaded_by_engine);
  EXPECT_EQ(by_engine.load_differences()[0].file, "rules.yml");
  EXPECT_EQ(by_engine.load_differences()[0].title, "G");
  EXPECT_EQ(by_engine.rule_count(), 0u);
  const Verifier by_slow_path = WithOtherRules(Build(bad), good);
  ASSERT_THAT(by_slow_path.load_differences(), SizeIs(1));
  EXPECT_FALSE(by_slow_path.load_differences()[0].loaded_by_engine);
  EXPECT_THAT(by_slow_path.load_differences()[0].reason, HasSubstr("base64"));
}

TEST_F(VerifierTest, TakesOptionsFromTheRuleSet) {
  RuleSetOptions options;
  options.strict = true;
  options.placeholders["p"] = {"x"};
  const Engine engine =
      Build(Rule("A", "a|contains: 1") + Rule("B", "a|expand: '%p%'") +
                Rule("C", "a|expand: '%q%'"),
            options);
  const Verifier verifier = *Verifier::Create(engine);
  EXPECT_THAT(verifier.load_differences(), IsEmpty());
  EXPECT_EQ(verifier.rule_count(), 1u);
}

TEST_F(VerifierTest, RefusesRulesThatPipelinesChanged) {
  const std::vector<Pipeline> pipelines = {
      *Pipeline::FromYaml("name: Mine\ntransformations: []")};
  const auto rules =
      ApplyPipelines(RuleSet::FromYaml(Rule("A", "a: 1")), pipelines);
  ASSERT_TRUE(rules.ok());
  const auto engine = Engine::Build(*rules);
  ASSERT_TRUE(engine.ok());
  const absl::Status status = Verifier::Create(*engine).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(),
            "rules cannot be verified after the pipeline 'Mine': the slow path "
            "reads them as they are written");
}

}  // namespace
}  // namespace hypersigma
