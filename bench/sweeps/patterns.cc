// sweep/patterns:N: all events against rules that look for N texts in one
// field, that of which the rules ask most. The texts are what the rules look
// for in any field, varied where more are needed.

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/support/event_texts.h"
#include "bench/support/lazy.h"
#include "bench/support/registration.h"
#include "bench/sweeps/sweep.h"
#include "hypersigma/rule_set.h"
#include "tests/support/random.h"

namespace hypersigma::bench {
namespace {

// Texts of one rule.
constexpr std::size_t kTextsPerRule = 10;

// As a Sigma string in single quotes.
std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    if (c == '\\' || c == '*' || c == '?') quoted += '\\';
    quoted += c;
  }
  return quoted + '\'';
}

// Returns `count` different texts of those in `literals`, varied when they are
// there already.
std::set<std::string> Choose(const std::vector<std::string>& literals,
                             std::size_t count, generator::Random& random) {
  std::set<std::string> chosen;
  while (chosen.size() < count) {
    std::string text = random.Pick(literals);
    while (!chosen.insert(text).second) {
      text[random.Below(text.size())] =
          static_cast<char>('a' + static_cast<char>(random.Below(26)));
    }
  }
  return chosen;
}

RuleSet RulesOfPatterns(const Engine& engine, std::size_t count,
                        std::uint64_t seed) {
  const std::string field = LiteralsOfLargestField(engine).field;
  const std::vector<std::string> literals = LiteralsOfAllFields(engine);
  generator::Random random(seed);
  std::vector<RuleStream> streams;
  std::size_t text_count = 0;
  for (const std::string& text : Choose(literals, count, random)) {
    if (text_count++ % kTextsPerRule == 0) {
      streams.push_back({"patterns " + std::to_string(text_count),
                         "title: Patterns\nlogsource:\n  product: windows\n"
                         "detection:\n  condition: texts\n  texts:\n    " +
                             field + "|contains:\n"});
    }
    streams.back().yaml += "      - " + Quoted(text) + "\n";
  }
  return RuleSet::FromStreams(streams);
}

}  // namespace

void RegisterPatternSweep(const SweepContext& context) {
  for (const std::size_t count : {10u, 100u, 1'000u, 10'000u, 100'000u}) {
    const std::string name = "sweep/patterns:" + std::to_string(count);
    const auto made =
        std::make_shared<Lazy<MadeEngine>>([name, context, count] {
          return MakeEngine(
              name, RulesOfPatterns(context.engine.Get(), count, context.seed),
              context);
        });
    Register(name, [made, context](auto& state) {
      MeasureSweep(state, context.workload.events, made->Get().engine);
      made->Get().AddTo(state.counters);
    });
  }
}

}  // namespace hypersigma::bench
