// Random rules x random events: the engine must say what the reference
// evaluator says, for JSON text and for events handed over as pairs.
//
// Flags: --seed=N (a difference prints the seed of its batch), --cases=N
// ((rule, event) pairs).

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "lib/reference/json_value.h"
#include "tests/property/coverage.h"
#include "tests/property/minimize.h"
#include "tests/property/run.h"
#include "tests/property/verdicts.h"
#include "tests/support/event_generator.h"
#include "tests/support/item_generator.h"
#include "tests/support/json_writer.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::property {
namespace {

using generator::Example;
using generator::GeneratedRule;
using generator::Random;
using reference::JsonValue;
using reference::ReferenceEvent;

constexpr std::size_t kRulesPerBatch = 25;
constexpr std::size_t kEventsPerBatch = 40;
constexpr std::uint64_t kLoneRules = 3;
constexpr std::size_t kMaxFailures = 5;
// From so many cases on, coverage is asserted.
constexpr std::uint64_t kCasesForCoverage = 250'000;

std::uint64_t seed = 1;
std::uint64_t case_count = 250'000;

// Whether engine and reference differ about one rule alone.
bool DifferAlone(const std::string& document, const JsonValue& event) {
  const auto pair = LoadPair({document});
  if (!pair.ok() || pair->references.empty()) return false;
  const auto engine = Engine::Build(pair->rule_set);
  if (!engine.ok()) return false;
  auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
  if (!scanner.ok()) return false;
  ReferenceEvent parsed(event);
  const Verdicts expected = Expected(pair->references, parsed);
  const auto actual = ScanText(*scanner, reference::WriteJson(event));
  const auto from_pairs = ScanPairs(*engine, *scanner, event);
  return !actual.ok() || !Differences(expected, *actual).empty() ||
         !from_pairs.ok() || !Differences(expected, *from_pairs).empty();
}

std::string Show(const Verdicts& verdicts, std::size_t rule) {
  const auto match = verdicts.matches.find(rule);
  if (match == verdicts.matches.end()) return "no match";
  std::string text = "match, selections";
  for (const std::string& selection : match->second) text += " " + selection;
  return text;
}

// One engine with its rules, and events against it.
class Batch {
 public:
  Batch(std::uint64_t batch_seed, std::size_t rule_count, Coverage& coverage)
      : rule_count_(rule_count),
        random_(batch_seed),
        decoys_(batch_seed),
        coverage_(coverage) {}

  void Run() {
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < rule_count_; ++i) {
      rules_.push_back(RandomRule("R" + std::to_string(i), random_));
      documents.push_back(rules_.back().yaml);
    }
    auto pair = LoadPair(documents);
    ASSERT_TRUE(pair.ok()) << pair.status();
    pair_ = *std::move(pair);
    const auto engine = Engine::Build(pair_.rule_set);
    ASSERT_TRUE(engine.ok()) << engine.status();
    auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
    ASSERT_TRUE(scanner.ok()) << scanner.status();
    for (std::size_t i = 0; i < kEventsPerBatch; ++i) {
      RunEvent(*engine, *scanner);
    }
  }

 private:
  void RunEvent(const Engine& engine, Scanner& scanner) {
    JsonValue generated = RandomEvent(rules_, random_);
    AddDecoys(generated);
    const std::string json = WriteJsonRandomly(generated, random_);
    const auto event = reference::ParseJson(json);
    ASSERT_TRUE(event.ok()) << json << event.status();
    ReferenceEvent parsed(*event);
    const Verdicts expected = Expected(pair_.references, parsed);
    for (const reference::ReferenceRule& rule : pair_.references) {
      AddToCoverage(rule, parsed, coverage_);
    }
    const auto actual = ScanText(scanner, json);
    ASSERT_TRUE(actual.ok()) << json << actual.status();
    Compare("ScanJson", expected, *actual, *event);
    const auto from_pairs = ScanPairs(engine, scanner, *event);
    ASSERT_TRUE(from_pairs.ok()) << json << from_pairs.status();
    Compare("Scan", expected, *from_pairs, *event);
  }

  // Adds members whose names have what keywords look for in values.
  void AddDecoys(JsonValue& event) {
    for (const GeneratedRule& rule : rules_) {
      for (const Example& example : rule.examples) {
        const bool is_keyword = example.field.empty() && !example.missing;
        if (!is_keyword || !decoys_.Chance(30)) continue;
        event.members.emplace_back("n" + example.value.text + "n",
                                   JsonValue::String(""));
      }
    }
  }

  void Compare(const char* what, const Verdicts& expected,
               const Verdicts& actual, const JsonValue& event) {
    for (const std::size_t rule : Differences(expected, actual)) {
      const std::string& document = pair_.documents[rule];
      const auto fails = [&](const JsonValue& smaller) {
        return DifferAlone(document, smaller);
      };
      const bool alone = fails(event);
      ADD_FAILURE() << what << "\n"
                    << document
                    << WriteJson(alone ? Minimize(event, fails) : event)
                    << "\nexpected: " << Show(expected, rule)
                    << "\nactual:   " << Show(actual, rule)
                    << (alone ? "" : "\nonly among the batch's other rules");
    }
  }

  const std::size_t rule_count_;
  Random random_;
  Random decoys_;  // of its own, so that the rest stays what it was
  Coverage& coverage_;
  std::vector<GeneratedRule> rules_;
  Pair pair_;
};

std::size_t FailureCount() {
  return static_cast<std::size_t>(testing::UnitTest::GetInstance()
                                      ->current_test_info()
                                      ->result()
                                      ->total_part_count());
}

void CheckCoverage(const Coverage& coverage) {
  std::printf("%llu cases, %.1f %% match\n",
              static_cast<unsigned long long>(coverage.cases),
              100.0 * static_cast<double>(coverage.matches) /
                  static_cast<double>(coverage.cases));
  for (const auto& [key, counts] : coverage.items) {
    std::printf("%-12s true %8llu, false %8llu\n", key.c_str(),
                static_cast<unsigned long long>(counts.holds),
                static_cast<unsigned long long>(counts.fails));
    if (coverage.cases < kCasesForCoverage) continue;
    EXPECT_GE(counts.holds, 1000u) << key;
    EXPECT_GE(counts.fails, 1000u) << key;
  }
  EXPECT_GE(coverage.matches * 5, coverage.cases) << "fewer than 20 % match";
}

TEST(Engine, JudgesRandomCasesLikeTheReference) {
  Coverage coverage;
  for (std::uint64_t next = seed; coverage.cases < case_count; ++next) {
    SCOPED_TRACE("--seed=" + std::to_string(next));
    Batch(next, kRulesPerBatch, coverage).Run();
    // Of many rules one nearly always matches: what a scanner remembers of
    // events without a match is seen with a single one.
    for (std::uint64_t i = 1; i <= kLoneRules; ++i) {
      Batch(next + (i << 32), 1, coverage).Run();
    }
    ASSERT_LT(FailureCount(), kMaxFailures) << "and perhaps more";
    if (HasFatalFailure()) break;
  }
  CheckCoverage(coverage);
}

}  // namespace
}  // namespace hypersigma::property

int main(int argc, char** argv) {
  namespace property = hypersigma::property;
  return property::RunTests(argc, argv, {"seed", property::seed},
                            {"cases", property::case_count});
}
