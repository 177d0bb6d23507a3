// A profile of real events: all SigmaHQ rules find the same with it, and fewer
// of them are evaluated, also on events that are not in the sample. Skipped
// when ../shared/corpus is not there.

#include "hypersigma/profile.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/profiler.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "tests/corpus/corpus.h"
#include "tests/support/batch_verdicts.h"

namespace hypersigma {
namespace {

constexpr std::size_t kEventCount = 8'000;

struct Halves {
  std::vector<std::string> sample;
  std::vector<std::string> others;
};

Halves SplitEvents() {
  Halves halves;
  for (const std::string& event : SampledEvents(kEventCount)) {
    const bool is_first = halves.sample.size() <= halves.others.size();
    (is_first ? halves.sample : halves.others).push_back(event);
  }
  return halves;
}

Profiler Observe(const Engine& engine, Routing routing,
                 const std::vector<std::string>& events) {
  Profiler profiler = Profiler::Create(engine, {.routing = routing}).value();
  for (const std::string& event : events) {
    EXPECT_TRUE(profiler.ObserveJson(event).ok());
  }
  return profiler;
}

std::uint64_t CandidatesOf(const Profiler& profiler) {
  std::uint64_t evaluated = 0;
  for (const RuleCost& cost : profiler.Costs()) evaluated += cost.evaluated;
  return evaluated;
}

void ExpectSameMatches(const Engine& one, const Engine& other, Routing routing,
                       const std::vector<std::string>& events) {
  Scanner expected = Scanner::Create(one, {.routing = routing}).value();
  Scanner actual = Scanner::Create(other, {.routing = routing}).value();
  std::size_t count = 0;
  for (const std::string& event : events) {
    const auto found = internal::LinesOf(expected.ScanJson(event).value());
    ASSERT_EQ(internal::LinesOf(actual.ScanJson(event).value()), found)
        << event;
    count += found.size();
  }
  EXPECT_GT(count, 100u);
}

TEST(Profile, OfRealEventsSavesEvaluations) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const Halves events = SplitEvents();
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const RuleSet rules = RuleSet::FromPaths(paths).value();
  const Engine plain = Engine::Build(rules).value();
  for (const Routing routing : {Routing::kAuto, Routing::kOff}) {
    const Profiler sample = Observe(plain, routing, events.sample);
    const Profile profile =
        Profile::FromNdjson(sample.MakeProfile().ToNdjson()).value();
    EXPECT_EQ(profile.events(), events.sample.size());
    const Engine profiled = Engine::Build(rules, {.profile = profile}).value();
    const Profiler before = Observe(plain, routing, events.others);
    const Profiler after = Observe(profiled, routing, events.others);
    EXPECT_LT(CandidatesOf(after), CandidatesOf(before) * 9 / 10);
    RecordProperty("before", std::to_string(CandidatesOf(before)));
    RecordProperty("after", std::to_string(CandidatesOf(after)));
    ExpectSameMatches(plain, profiled, routing, events.others);
  }
}

}  // namespace
}  // namespace hypersigma
