#include "bench/sweeps/sweep.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "bench/support/check.h"
#include "bench/support/memory.h"
#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "bench/support/scan_pass.h"
#include "hypersigma/scanner.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::bench {

void MadeEngine::AddTo(
    std::map<std::string, benchmark::Counter>& counters) const {
  counters["build_seconds"] = build_seconds;
  counters["build_cpu_seconds"] = build_cpu_seconds;
  counters["peak_mib"] = peak_mib;
  counters["engine_mib"] = engine_mib;
}

MadeEngine MakeEngine(std::string_view what, const RuleSet& rules,
                      const SweepContext& context) {
  // Of a pair of rule and event.
  constexpr std::size_t kMostChecks = 3'000'000;
  std::vector<RuleStream> streams;
  for (const internal::RuleText& text : rules.texts()) {
    streams.push_back({text.label, text.yaml});
  }
  ResetPeak();
  const double resident = ResidentMib();
  const double begin = Now(Clock::kWall);
  const double cpu_begin = Now(Clock::kProcess);
  MadeEngine made{BuildEngine(RuleSet::FromStreams(streams, rules.options()))};
  made.build_seconds = Now(Clock::kWall) - begin;
  made.build_cpu_seconds = Now(Clock::kProcess) - cpu_begin;
  made.peak_mib = PeakMib() - resident;
  made.engine_mib = ResidentMib() - resident;
  CheckAgainstReference(
      what, made.engine, context.workload.events,
      std::min(context.workload.check_count,
               kMostChecks / std::max<std::size_t>(rules.rules().size(), 1)));
  return made;
}

void MeasureSweep(benchmark::State& state, const Events& events,
                  const Engine& engine) {
  PassTimer timer(state, events);
  std::optional<Scanner> scanner;
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin([&] { scanner.emplace(MakeScanner(engine)); });
    matches = ScanPass(*scanner, events);
    timer.End();
  }
  state.counters["matches_per_event"] =
      static_cast<double>(matches) / static_cast<double>(events.lines().size());
  timer.Report();
}

}  // namespace hypersigma::bench
