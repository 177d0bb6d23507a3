// sweep/rules:N: all events against N rules: a sample of those that there are,
// or all of them and varied copies.

#include <cstddef>
#include <memory>
#include <string>

#include "bench/support/lazy.h"
#include "bench/support/or_die.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/vary_rules.h"
#include "bench/sweeps/sweep.h"

namespace hypersigma::bench {
namespace {

// Copies that matched much more often than rules do would be no rules.
constexpr std::size_t kMostMatchesPerEvent = 5;

void CheckMatches(const std::string& name, const Engine& engine,
                  const Events& events) {
  Scanner scanner = MakeScanner(engine, {.details = false});
  const std::size_t matches = ScanPass(scanner, events);
  if (matches <= kMostMatchesPerEvent * events.lines().size()) return;
  Die(name + ": " + std::to_string(matches) + " matches are more than " +
          std::to_string(kMostMatchesPerEvent) + " an event",
      kWrongResults);
}

MadeEngine Make(const std::string& name, const SweepContext& context,
                std::size_t count) {
  const RuleSet rules =
      RulesOfCount(context.workload.rules, count, context.seed);
  if (rules.rules().size() != count) {
    Die(name + ": only " + std::to_string(rules.rules().size()) + " rules");
  }
  MadeEngine made = MakeEngine(name, rules, context);
  CheckMatches(name, made.engine, context.workload.events);
  return made;
}

}  // namespace

void RegisterRuleSweep(const SweepContext& context) {
  constexpr std::size_t kLarge = 100'000;
  for (const std::size_t count :
       {100u, 314u, 1'000u, 3'141u, 10'000u, 31'410u, 100'000u}) {
    if (count >= kLarge && !context.large) continue;
    const std::string name = "sweep/rules:" + std::to_string(count);
    const auto made = std::make_shared<Lazy<MadeEngine>>(
        [name, context, count] { return Make(name, context, count); });
    Register(name, [made, context](auto& state) {
      MeasureSweep(state, context.workload.events, made->Get().engine);
      made->Get().AddTo(state.counters);
    });
  }
}

}  // namespace hypersigma::bench
