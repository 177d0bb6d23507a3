// Real rules x real events: 2,000 events of otrf_dev40k, evenly sampled, and
// all rules of SigmaHQ. The engine must say what the reference evaluator says.
// Skipped when ../shared/corpus is not there.

#include <cstddef>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/event.h"
#include "lib/reference/json_value.h"
#include "tests/corpus/corpus.h"
#include "tests/corpus/references.h"

namespace hypersigma {
namespace {

// Titles with true selections, so that a difference shows what it is about.
using Verdicts = std::map<std::string, std::vector<std::string>>;

Verdicts EngineVerdicts(Scanner& scanner, const RuleSet& rules,
                        const std::string& json) {
  Verdicts verdicts;
  const auto result = scanner.ScanJson(json);
  EXPECT_TRUE(result.ok()) << json << result.status();
  if (!result.ok()) return verdicts;
  EXPECT_TRUE(result->undecided.empty());
  for (const Match& match : result->matches) {
    const auto index = static_cast<std::size_t>(match.rule);
    const Rule& rule = rules.rules()[index];
    verdicts[rule.id + " " + rule.title].assign(match.selections.begin(),
                                                match.selections.end());
  }
  return verdicts;
}

Verdicts ReferenceVerdicts(
    const std::vector<reference::ReferenceRule>& references,
    const RuleSet& rules, const std::string& json) {
  Verdicts verdicts;
  const auto object = reference::ParseJson(json);
  EXPECT_TRUE(object.ok()) << json << object.status();
  if (!object.ok()) return verdicts;
  reference::ReferenceEvent event(*object);
  for (std::size_t i = 0; i < references.size(); ++i) {
    if (RuleHolds(references[i], event) != reference::Truth::kTrue) continue;
    const Rule& rule = rules.rules()[i];
    verdicts[rule.id + " " + rule.title] = TrueSelections(references[i], event);
  }
  return verdicts;
}

TEST(Engine, JudgesRealEventsLikeTheReference) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const auto rules = RuleSet::FromPaths(paths);
  ASSERT_TRUE(rules.ok()) << rules.status();
  const auto engine = Engine::Build(*rules);
  ASSERT_TRUE(engine.ok()) << engine.status();
  auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
  ASSERT_TRUE(scanner.ok()) << scanner.status();
  const auto references = References(*rules);
  ASSERT_EQ(references.size(), rules->rules().size());
  std::size_t match_count = 0;
  const std::vector<std::string> events = SampledEvents(2'000);
  ASSERT_EQ(events.size(), 2'000u);
  for (const std::string& json : events) {
    const Verdicts expected = ReferenceVerdicts(references, *rules, json);
    match_count += expected.size();
    ASSERT_EQ(EngineVerdicts(*scanner, *rules, json), expected) << json;
  }
  std::printf("%zu rules, %zu events, %zu matches\n", references.size(),
              events.size(), match_count);
  EXPECT_GT(match_count, 0u);
}

}  // namespace
}  // namespace hypersigma
