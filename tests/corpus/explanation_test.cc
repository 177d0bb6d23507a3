// Explanations of real rules and real events: each selection of each rule is
// what the reference evaluator says, and the verdict what the scanner says.
// Skipped when ../shared/corpus is not there.

#include "hypersigma/explanation.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/reference/event.h"
#include "lib/reference/json_value.h"
#include "tests/corpus/corpus.h"
#include "tests/corpus/references.h"

namespace hypersigma {
namespace {

constexpr std::size_t kEventCount = 100;

void Compare(const RuleExplanation& explained,
             const reference::ReferenceRule& reference,
             reference::ReferenceEvent& event) {
  ASSERT_EQ(explained.selections.size(), reference.selections.size());
  for (std::size_t i = 0; i < explained.selections.size(); ++i) {
    const bool holds = DetectionHolds(reference.selections[i].detection,
                                      event) == reference::Truth::kTrue;
    EXPECT_EQ(explained.selections[i].truth == Truth::kTrue, holds)
        << reference.title << ": " << explained.selections[i].name;
  }
}

TEST(Explainer, JudgesEverySelectionLikeTheReference) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const RuleSet rules = RuleSet::FromPaths(paths).value();
  const Engine engine = Engine::Build(rules).value();
  const ScannerOptions options = {.routing = Routing::kOff};
  Scanner scanner = Scanner::Create(engine, options).value();
  Explainer explainer = Explainer::Create(engine, options).value();
  const auto references = References(rules);
  std::vector<RuleId> all;
  for (std::uint32_t i = 0; i < references.size(); ++i) {
    all.push_back(RuleId{i});
  }
  std::size_t match_count = 0;
  std::size_t smallest_count = 0;
  for (const std::string& json : SampledEvents(kEventCount)) {
    const auto object = reference::ParseJson(json).value();
    reference::ReferenceEvent event(object);
    const ScanResult result = scanner.ScanJson(json).value();
    std::set<RuleId> matches;
    for (const Match& match : result.matches) matches.insert(match.rule);
    const EventExplanation explanation =
        explainer.ExplainJson(json, all).value();
    for (const RuleExplanation& rule : explanation.rules) {
      Compare(rule, references[static_cast<std::size_t>(rule.rule)], event);
      EXPECT_EQ(rule.truth == Truth::kTrue, matches.contains(rule.rule));
      const bool is_smallest = rule.changes_status == ChangesStatus::kSmallest;
      EXPECT_TRUE(is_smallest || rule.truth == Truth::kTrue);
      smallest_count += is_smallest ? 1 : 0;
    }
    match_count += matches.size();
  }
  std::printf("%zu matches, %zu smallest changes\n", match_count,
              smallest_count);
  EXPECT_GT(match_count, 100u);
}

}  // namespace
}  // namespace hypersigma
