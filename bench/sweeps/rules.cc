// sweep/rules:N: all events against N rules: a sample of those that there are,
// or all of them and varied copies. Rules of which a few copies match any event
// are not copied: those that match everything but what they list.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "bench/support/lazy.h"
#include "bench/support/or_die.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/vary_rules.h"
#include "bench/sweeps/sweep.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kMostMatchesOfCopies = 5;
constexpr std::size_t kTrialCopies = 3;

// Files of rules whose copies match an event.
FileNames FindLoud(const SweepContext& context) {
  const Engine engine =
      BuildEngine(CopiesOf(context.workload.rules, kTrialCopies, context.seed));
  Scanner scanner = MakeScanner(engine, {.details = false});
  FileNames loud;
  for (const std::string_view line : context.workload.events.lines()) {
    const std::size_t behind = context.workload.events.ReadableBehind(line);
    for (const Match& match : OrDie(scanner.ScanJson(line, behind)).matches) {
      loud.insert(engine.rules()[static_cast<std::size_t>(match.rule)].file);
    }
  }
  return loud;
}

// Copies that matched as often as rules, or more, would not be what is asked.
void CheckMatches(const std::string& name, const Engine& engine,
                  const SweepContext& context) {
  const std::size_t known = context.workload.rules.rules().size();
  Scanner scanner = MakeScanner(engine, {.details = false});
  for (const std::string_view line : context.workload.events.lines()) {
    const std::size_t behind = context.workload.events.ReadableBehind(line);
    const ScanResult result = OrDie(scanner.ScanJson(line, behind));
    const auto count = std::count_if(
        result.matches.begin(), result.matches.end(), [known](const Match& m) {
          return static_cast<std::size_t>(m.rule) >= known;
        });
    if (static_cast<std::size_t>(count) <= kMostMatchesOfCopies) continue;
    Die(name + ": " + std::to_string(count) + " copies match one event, '" +
            engine.rules()[static_cast<std::size_t>(result.matches.back().rule)]
                .title +
            "' among them",
        kWrongResults);
  }
}

MadeEngine Make(const std::string& name, const SweepContext& context,
                std::size_t count, Lazy<FileNames>& loud) {
  const RuleSet& known = context.workload.rules;
  const RuleSet rules =
      RulesOfCount(known, count, context.seed,
                   count > known.rules().size() ? loud.Get() : FileNames());
  if (rules.rules().size() != count) {
    Die(name + ": only " + std::to_string(rules.rules().size()) + " rules");
  }
  MadeEngine made = MakeEngine(name, rules, context);
  CheckMatches(name, made.engine, context);
  return made;
}

}  // namespace

void RegisterRuleSweep(const SweepContext& context) {
  constexpr std::size_t kLarge = 100'000;
  const auto loud = std::make_shared<Lazy<FileNames>>(
      [context] { return FindLoud(context); });
  for (const std::size_t count :
       {100u, 314u, 1'000u, 3'141u, 10'000u, 31'410u, 100'000u}) {
    if (count >= kLarge && !context.large) continue;
    const std::string name = "sweep/rules:" + std::to_string(count);
    const auto made = std::make_shared<Lazy<MadeEngine>>(
        [=] { return Make(name, context, count, *loud); });
    Register(name, [made, context](auto& state) {
      MeasureSweep(state, context.workload.events, made->Get().engine);
      made->Get().AddTo(state.counters);
    });
  }
}

}  // namespace hypersigma::bench
