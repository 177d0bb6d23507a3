// Scan speed of whole events, each way to hand them over, as a share of the
// ceiling in the same run.
//
// Usage: scan_benchmark [--rules=DIR] [--events=FILE] [--check=N]
//   [Google Benchmark flags]
// Without paths it takes the project's examples. N events are compared with the
// reference evaluator before anything is timed. Each pass is one over all
// events with a scanner of its own, whose making is timed. Interleave on a
// noisy machine: --benchmark_repetitions=5
// --benchmark_enable_random_interleaving=true

#include <benchmark/benchmark.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bench/support/check.h"
#include "bench/support/file_pass.h"
#include "bench/support/flags.h"
#include "bench/support/or_die.h"
#include "bench/support/parsed_events.h"
#include "bench/support/pass_timer.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::bench {
namespace {

void MeasureCeiling(benchmark::State& state, const Events& events) {
  PassTimer timer(state, events);
  Ceiling ceiling;
  for (auto _ : state) {
    timer.Begin();
    ceiling.Pass(events);
    timer.End();
  }
  timer.Report();
}

void MeasureScan(benchmark::State& state, const Events& events,
                 const Engine& engine, Routing routing = Routing::kAuto) {
  PassTimer timer(state, events);
  std::optional<Scanner> scanner;
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin([&] { scanner.reset(); });
    scanner.emplace(MakeScanner(engine, {.routing = routing}));
    matches = ScanPass(*scanner, events);
    timer.End();
  }
  state.counters["matches"] = static_cast<double>(matches);
  timer.Report();
}

std::size_t ScanParsed(Scanner& scanner, const ParsedEvents& parsed) {
  std::size_t matches = 0;
  for (const Event event : parsed.all()) {
    const absl::StatusOr<ScanResult> result = scanner.Scan(event);
    if (!result.ok()) Die(result.status().ToString());
    matches += result->matches.size();
  }
  return matches;
}

void MeasureParsed(benchmark::State& state, const Events& events,
                   const Engine& engine, const ParsedEvents& parsed) {
  PassTimer timer(state, events);
  std::optional<Scanner> scanner;
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin([&] { scanner.reset(); });
    scanner.emplace(MakeScanner(engine));
    matches = ScanParsed(*scanner, parsed);
    timer.End();
  }
  state.counters["matches"] = static_cast<double>(matches);
  timer.Report();
}

// The engines, and what a pass over the events finds in each way.
struct Setup {
  explicit Setup(const Workload& workload)
      : engine(BuildEngine(workload.rules)),
        field_engine(BuildEngine(LoadFieldRules(workload.rules_path))),
        parsed(engine, workload.events),
        file(workload.events) {
    const Events& events = workload.events;
    CheckAgainstReference("scan", engine, events, workload.check_count);
    CheckAgainstReference("scan/without_keyword_rules", field_engine, events,
                          workload.check_count);
    if (workload.check_count == 0) return;
    Scanner scanner = MakeScanner(engine);
    const std::size_t matches = ScanPass(scanner, events);
    CheckEqual("scan/parsed", ScanParsed(scanner, parsed), matches);
    for (const int threads : {1, 2}) {
      CheckEqual("scan/file", FilePass(engine, file, threads), matches);
    }
  }

  Engine engine;
  Engine field_engine;
  ParsedEvents parsed;
  EventFile file;
};

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const Workload workload = ReadWorkload(flags);
  const Events& events = workload.events;
  const Setup setup(workload);
  Register("ceiling", [&](auto& state) { MeasureCeiling(state, events); });
  Register("scan",
           [&](auto& state) { MeasureScan(state, events, setup.engine); });
  Register("scan/routing_off", [&](auto& state) {
    MeasureScan(state, events, setup.engine, Routing::kOff);
  });
  Register("scan/without_keyword_rules", [&](auto& state) {
    MeasureScan(state, events, setup.field_engine);
  });
  Register("scan/parsed", [&](auto& state) {
    MeasureParsed(state, events, setup.engine, setup.parsed);
  });
  for (const int threads : {1, 2}) {
    Register("scan/file/threads:" + std::to_string(threads), [&, threads](
                                                                 auto& state) {
      MeasureFile(state, events, setup.engine, setup.file, threads);
    })->UseRealTime();
  }
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
