// What the catalogue says of equal and implied rules, against the engine: no
// event may be found for which it is not so.
//
// HYPERSIGMA_PAIR_EVENTS sets the number of events a pair.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/compile/plan.h"
#include "tests/corpus/corpus.h"
#include "tests/corpus/pair_events.h"

namespace hypersigma {
namespace {

std::size_t EventsOfPair() {
  const char* given = std::getenv("HYPERSIGMA_PAIR_EVENTS");
  return given == nullptr ? 2'000 : std::strtoull(given, nullptr, 10);
}

std::vector<std::string> Folders() {
  return {CorpusPath("sigma/rules"), CorpusPath("sigma/rules-emerging-threats"),
          CorpusPath("sigma/rules-threat-hunting")};
}

// What happened to events of a pair.
struct Trial {
  std::size_t narrow_held = 0;
  // For which only the first held.
  std::size_t contradictions = 0;
};

// Engine and events of two rules, from their files: rule 0 and rule 1.
Trial Try(const RuleSet& all, const Implication& pair, std::size_t events) {
  const auto file = [&all](RuleId rule) {
    return all.rules()[static_cast<std::size_t>(rule)].file;
  };
  const std::vector<RuleStream> streams{
      {.label = "narrow", .yaml = ReadFile(file(pair.narrow))},
      {.label = "wide", .yaml = ReadFile(file(pair.wide))}};
  const RuleSet rules = RuleSet::FromStreams(streams);
  Trial trial;
  const absl::StatusOr<Engine> engine = Engine::Build(rules);
  EXPECT_TRUE(engine.ok()) << engine.status();
  EXPECT_EQ(rules.rules().size(), 2U);
  if (!engine.ok() || rules.rules().size() != 2) return trial;
  absl::StatusOr<Scanner> scanner =
      Scanner::Create(*engine, {.details = false, .routing = Routing::kOff});
  EXPECT_TRUE(scanner.ok()) << scanner.status();
  PairEvents source(rules, generator::Random(std::uint64_t{7}));
  for (std::size_t i = 0; i < events; ++i) {
    const std::vector<FieldValue> event = source.Next(RuleId{0});
    const absl::StatusOr<ScanResult> result = scanner->Scan(event);
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result.ok() || !result->undecided.empty()) continue;
    if (result->matches.empty() || result->matches[0].rule != RuleId{0}) {
      continue;
    }
    ++trial.narrow_held;
    if (result->matches.size() < 2) ++trial.contradictions;
  }
  return trial;
}

class ImpliedRules : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasCorpus()) GTEST_SKIP() << "no corpus beside the checkout";
    const std::vector<std::string> folders = Folders();
    const absl::StatusOr<RuleSet> rules = RuleSet::FromPaths(folders);
    ASSERT_TRUE(rules.ok()) << rules.status();
    rules_ = *rules;
    const absl::StatusOr<Catalog> catalog = Catalog::Build(rules_);
    ASSERT_TRUE(catalog.ok()) << catalog.status();
    for (const std::vector<RuleId>& group : catalog->equal_rules()) {
      for (const RuleId rule : group) {
        if (rule != group.front()) {
          claims_.push_back({group.front(), rule});
          claims_.push_back({rule, group.front()});
        }
      }
    }
    for (const Implication& pair : catalog->implied_rules()) {
      claims_.push_back(pair);
      one_way_.push_back(pair);
    }
  }

  std::string Title(RuleId rule) const {
    return rules_.rules()[static_cast<std::size_t>(rule)].title;
  }

  RuleSet rules_;
  std::vector<Implication> claims_;
  std::vector<Implication> one_way_;
};

TEST_F(ImpliedRules, NoEventContradictsAClaim) {
  EXPECT_GT(claims_.size(), 100U);
  const std::size_t events = EventsOfPair();
  std::size_t silent = 0;
  for (const Implication& pair : claims_) {
    const Trial trial = Try(rules_, pair, events);
    EXPECT_EQ(trial.contradictions, 0U)
        << Title(pair.narrow) << " => " << Title(pair.wide);
    if (trial.narrow_held == 0) {
      ++silent;
      std::cout << "never held: " << Title(pair.narrow) << '\n';
    }
  }
  std::cout << claims_.size() << " claims, " << events << " events each, "
            << silent << " whose rule never held\n";
  EXPECT_LE(silent, claims_.size() / 20);
}

// The same search finds what is wrong with a claim turned round.
TEST_F(ImpliedRules, SearchContradictsClaimsTurnedRound) {
  std::size_t found = 0;
  for (const Implication& pair : one_way_) {
    const Trial trial = Try(rules_, {pair.wide, pair.narrow}, 500);
    if (trial.contradictions > 0) ++found;
  }
  std::cout << found << " of " << one_way_.size() << " contradicted\n";
  EXPECT_GE(found * 100, one_way_.size() * 95);
}

}  // namespace
}  // namespace hypersigma
