// An engine file of all SigmaHQ rules gives the same engine back. Skipped when
// ../shared/corpus is not there.

#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "tests/corpus/corpus.h"

namespace hypersigma {
namespace {

constexpr std::size_t kEventCount = 5'000;

std::string Describe(const Match& match) {
  std::string text = std::to_string(static_cast<unsigned>(match.rule));
  for (const std::string_view name : match.selections) {
    text.append(" ").append(name);
  }
  for (const Indicator& indicator : match.indicators) {
    text.append(" [").append(indicator.field).append(" ");
    text.append(IndicatorKindName(indicator.kind)).append(" ");
    text.append(indicator.value).append("]");
  }
  return text.append(" ").append(match.time);
}

std::vector<std::string> Found(Scanner& scanner, const std::string& event) {
  std::vector<std::string> found;
  const ScanResult result = scanner.ScanJson(event).value();
  for (const Match& match : result.matches) found.push_back(Describe(match));
  for (const LogSource& source : result.log_sources) {
    found.push_back(source.product + source.category + source.service);
  }
  return found;
}

TEST(EngineFile, GivesTheSameMatchesAndReport) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const Engine built = Engine::Build(RuleSet::FromPaths(paths).value()).value();
  const std::string path =
      ::testing::TempDir() + "corpus_engine_file_" + std::to_string(getpid());
  ASSERT_TRUE(built.Save(path).ok());
  const absl::StatusOr<Engine> loaded = Engine::Load(path);
  std::remove(path.c_str());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(ToJson(loaded->report()), ToJson(built.report()));
  ASSERT_EQ(loaded->rules().size(), built.rules().size());
  for (std::size_t i = 0; i < built.rules().size(); ++i) {
    EXPECT_EQ(loaded->rules()[i].description, built.rules()[i].description);
    EXPECT_EQ(loaded->rules()[i].tags, built.rules()[i].tags);
  }
  std::size_t match_count = 0;
  for (const Routing routing : {Routing::kAuto, Routing::kOff}) {
    Scanner one = Scanner::Create(built, {.routing = routing}).value();
    Scanner other = Scanner::Create(*loaded, {.routing = routing}).value();
    for (const std::string& event : SampledEvents(kEventCount)) {
      const std::vector<std::string> expected = Found(one, event);
      ASSERT_EQ(Found(other, event), expected) << event;
      match_count += expected.size();
    }
  }
  EXPECT_GT(match_count, 1000u);
}

}  // namespace
}  // namespace hypersigma
