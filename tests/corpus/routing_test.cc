// Routing on real events: no match is lost, and none is of another category.
// Skipped when ../shared/corpus is not there.

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"
#include "tests/corpus/corpus.h"

namespace hypersigma {
namespace {

constexpr std::size_t kEventCount = 40'000;

// Written for the test alone. Rules of the corpus write log sources in lower
// case, as the taxonomy does.
bool IsAdmitted(const Rule& rule, const LogSource& source) {
  return (rule.product.empty() || rule.product == source.product) &&
         (rule.category.empty() || rule.category == source.category) &&
         (rule.service.empty() || rule.service == source.service);
}

bool IsAdmitted(const Rule& rule, const std::vector<LogSource>& sources) {
  return std::any_of(
      sources.begin(), sources.end(),
      [&rule](const LogSource& source) { return IsAdmitted(rule, source); });
}

std::set<RuleId> RulesOf(const ScanResult& result) {
  std::set<RuleId> rules;
  for (const Match& match : result.matches) rules.insert(match.rule);
  return rules;
}

TEST(Routing, FindsWhatTheLogSourceAdmitsAndNothingElse) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const RuleSet rules = RuleSet::FromPaths(paths).value();
  const Engine engine = Engine::Build(rules).value();
  Scanner routed = Scanner::Create(engine).value();
  Scanner off = Scanner::Create(engine, {.routing = Routing::kOff}).value();
  Scanner strict =
      Scanner::Create(engine, {.routing = Routing::kStrict}).value();
  std::size_t match_count = 0;
  std::size_t off_count = 0;
  std::size_t classified_count = 0;
  for (const std::string& event : SampledEvents(kEventCount)) {
    const ScanResult result = routed.ScanJson(event).value();
    const std::vector<LogSource> sources(result.log_sources.begin(),
                                         result.log_sources.end());
    const std::set<RuleId> found = RulesOf(result);
    match_count += found.size();
    classified_count += sources.empty() ? 0 : 1;
    for (const RuleId id : found) {
      const Rule& rule = rules.rules()[static_cast<std::size_t>(id)];
      EXPECT_TRUE(sources.empty() || IsAdmitted(rule, sources))
          << rule.title << "\n"
          << event;
    }
    for (const RuleId id : RulesOf(off.ScanJson(event).value())) {
      const Rule& rule = rules.rules()[static_cast<std::size_t>(id)];
      ++off_count;
      const bool is_wanted = sources.empty() || IsAdmitted(rule, sources);
      EXPECT_EQ(found.contains(id), is_wanted) << rule.title << "\n" << event;
    }
    EXPECT_EQ(RulesOf(strict.ScanJson(event).value()),
              sources.empty() ? std::set<RuleId>() : found);
  }
  EXPECT_GT(match_count, 200u);
  EXPECT_GT(off_count, 50'000u);
  EXPECT_GT(classified_count, kEventCount * 99 / 100);
}

}  // namespace
}  // namespace hypersigma
