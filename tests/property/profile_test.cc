// Random rules x random events: an engine with a profile, whatever it says,
// finds what the engine without one finds, to the last indicator.
//
// Flags: --seed=N (a difference prints the seed of its batch), --batches=N

#include "hypersigma/profile.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "lib/base/limits.h"
#include "lib/compile/plan.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/profile_text.h"
#include "lib/reference/json_value.h"
#include "tests/property/run.h"
#include "tests/property/verdicts.h"
#include "tests/support/batch_verdicts.h"
#include "tests/support/event_generator.h"
#include "tests/support/json_writer.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::property {
namespace {

using generator::GeneratedRule;
using generator::Random;
using internal::FiringSample;

constexpr std::size_t kRules = 25;
constexpr std::size_t kEvents = 40;
constexpr std::size_t kProfiles = 3;

std::uint64_t seed = 1;
std::uint64_t batch_count = 60;
std::size_t changed_witnesses = 0;

// Returns a profile that is as wrong as one can be.
Profile RandomProfile(const internal::Plan& plan, Random& random) {
  FiringSample sample;
  for (std::size_t i = random.Below(5); i > 0; --i) {
    internal::SampleSlice& slice = sample.slices.emplace_back();
    slice.events = random.Chance(20) ? std::uint64_t{1} << 50
                                     : std::uint64_t{random.Below(1000)};
    if (random.Chance(70)) slice.log_sources.push_back({"windows", "", ""});
    if (random.Chance(30)) slice.log_sources.push_back({"", "a", "b"});
  }
  for (const internal::Predicate& predicate : plan.predicates) {
    const internal::PredicateName name = NameOf(predicate, plan.fields);
    if (name.operand.size() > internal::kMaxProfileNameBytes) continue;
    if (random.Chance(20)) continue;
    auto& counts = sample.fired[name];
    for (std::uint32_t i = 0; i < sample.slices.size(); ++i) {
      const std::uint64_t most = sample.slices[i].events;
      if (most > 0 && random.Chance(50)) {
        counts.push_back({i, 1 + random.Below(most)});
      }
    }
  }
  // As it comes from a file.
  return Profile::FromNdjson(WriteProfile(sample)).value();
}

class Batch {
 public:
  explicit Batch(std::uint64_t batch_seed)
      : seed_(batch_seed), random_(batch_seed) {}

  void Run() {
    SCOPED_TRACE("--seed=" + std::to_string(seed_));
    std::vector<GeneratedRule> rules;
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < kRules; ++i) {
      rules.push_back(RandomRule("R" + std::to_string(i), random_));
      documents.push_back(rules.back().yaml);
    }
    const auto pair = LoadPair(documents);
    ASSERT_TRUE(pair.ok()) << pair.status();
    const Engine plain = Engine::Build(pair->rule_set).value();
    for (std::size_t i = 0; i < kEvents; ++i) {
      events_.push_back(
          WriteJsonRandomly(RandomEvent(rules, random_), random_));
    }
    for (std::size_t i = 0; i < kProfiles; ++i) {
      const auto engine = Engine::Build(
          pair->rule_set,
          {.profile = RandomProfile(plain.state().plan(), random_)});
      ASSERT_TRUE(engine.ok()) << engine.status();
      CountChanges(plain, *engine);
      for (const Routing routing : {Routing::kAuto, Routing::kOff}) {
        Compare(plain, *engine, {.routing = routing});
      }
    }
  }

 private:
  static void CountChanges(const Engine& plain, const Engine& profiled) {
    const auto& rules = plain.state().plan().rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto& other = profiled.state().plan().rules[i];
      EXPECT_EQ(other.always, rules[i].always);
      changed_witnesses += other.witness == rules[i].witness ? 0 : 1;
    }
  }

  void Compare(const Engine& plain, const Engine& profiled,
               const ScannerOptions& options) {
    Scanner one = Scanner::Create(plain, options).value();
    Scanner other = Scanner::Create(profiled, options).value();
    for (const std::string& event : events_) {
      const auto expected = one.ScanJson(event);
      const auto actual = other.ScanJson(event);
      ASSERT_TRUE(expected.ok()) << event << expected.status();
      ASSERT_TRUE(actual.ok()) << event << actual.status();
      ASSERT_EQ(internal::LinesOf(*actual), internal::LinesOf(*expected))
          << event;
    }
  }

  const std::uint64_t seed_;
  Random random_;
  std::vector<std::string> events_;
};

TEST(Profile, ChangesNoVerdict) {
  for (std::uint64_t i = 0; i < batch_count; ++i) {
    Batch(seed + i).Run();
    if (testing::Test::HasFailure()) break;
  }
  // Else nothing was tried.
  EXPECT_GT(changed_witnesses, batch_count);
}

}  // namespace
}  // namespace hypersigma::property

int main(int argc, char** argv) {
  namespace property = hypersigma::property;
  return property::RunTests(argc, argv, {"seed", property::seed},
                            {"batches", property::batch_count});
}
