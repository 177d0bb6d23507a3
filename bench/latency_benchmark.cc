// The time of single events, warm: percentiles over all events, and how many
// times the ceiling of the same event that is.
//
// Usage: latency_benchmark [--rules=DIR] [--events=FILE] [--check=N]
//   [--passes=N] [Google Benchmark flags]
// Without paths it takes the project's examples. An event's time is its least
// in N passes, so that interrupts do not count; the reading of the clock is
// taken off. Under latency/stream an event is scanned once a pass, and all
// others before it is scanned again; under latency/repeat many times in a row,
// of which the mean counts. Counters: p50_ns, p90_ns, p99_ns, p99_9_ns and
// the same of the ceiling; ratio_p50 to ratio_p99_9, which are percentiles of
// each event's time divided by the same event's ceiling; share, of the sums.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/ceiling_walk.h"
#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/or_die.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::bench {
namespace {

// Returns the time of a call in nanoseconds, the mean of `repeats` in a row.
// What the clock itself takes is in it.
template <typename Call>
double Nanoseconds(int repeats, const Call& call) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < repeats; ++i) call();
  const std::chrono::duration<double, std::nano> took =
      std::chrono::steady_clock::now() - begin;
  return took.count() / repeats;
}

// The least time of each event so far, the clock's own time included.
struct EventTimes {
  explicit EventTimes(std::size_t count) : nanoseconds(count, 1e18) {}

  // With several repeats the event is seen once before.
  template <typename Call>
  void Pass(const Events& events, int repeats, const Call& call) {
    for (std::size_t i = 0; i < nanoseconds.size(); ++i) {
      const std::string_view line = events.lines()[i];
      if (repeats > 1) call(line);
      nanoseconds[i] =
          std::min(nanoseconds[i], Nanoseconds(repeats, [&] { call(line); }));
    }
  }

  void TakeOff(double clock_nanoseconds) {
    for (double& time : nanoseconds) {
      time = std::max(time - clock_nanoseconds, 1.0);
    }
  }

  double Sum() const {
    double sum = 0;
    for (const double time : nanoseconds) sum += time;
    return sum;
  }

  std::vector<double> nanoseconds;
};

// REQUIRES: values are not empty; 0 < share <= 1.
double Percentile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::size_t>(
      std::ceil(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void AddPercentiles(benchmark::State& state, const std::string& before,
                    const std::string& unit,
                    const std::vector<double>& values) {
  const auto add = [&](const std::string& name, double share) {
    state.counters[before + name + unit] = Percentile(values, share);
  };
  add("p50", 0.5);
  add("p90", 0.9);
  add("p99", 0.99);
  add("p99_9", 0.999);
}

void Report(benchmark::State& state, const Events& events, EventTimes& scan,
            EventTimes& ceiling, int repeats) {
  double clock = 1e18;
  for (int i = 0; i < 10'000; ++i) {
    clock = std::min(clock, Nanoseconds(1, [] {}));
  }
  clock /= repeats;
  scan.TakeOff(clock);
  ceiling.TakeOff(clock);
  std::vector<double> ratios;
  for (std::size_t i = 0; i < scan.nanoseconds.size(); ++i) {
    ratios.push_back(scan.nanoseconds[i] / ceiling.nanoseconds[i]);
  }
  AddPercentiles(state, "", "_ns", scan.nanoseconds);
  AddPercentiles(state, "ceiling_", "_ns", ceiling.nanoseconds);
  AddPercentiles(state, "ratio_", "", ratios);
  state.counters["share"] = ceiling.Sum() / scan.Sum();
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(events.lines().size()));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(events.byte_count()));
}

void Measure(benchmark::State& state, const Events& events,
             const Engine& engine, int repeats) {
  Scanner scanner = MakeScanner(engine);
  ScanPass(scanner, events);
  simdjson::ondemand::parser parser;
  EventTimes scan(events.lines().size());
  EventTimes ceiling(events.lines().size());
  std::size_t matches = 0;
  std::uint64_t sum = 0;
  for (auto _ : state) {
    state.PauseTiming();
    ceiling.Pass(events, repeats,
                 [&](std::string_view line) { sum += WalkLine(parser, line); });
    state.ResumeTiming();
    scan.Pass(events, repeats, [&](std::string_view line) {
      matches += OrDie(scanner.ScanJson(line, events.ReadableBehind(line)))
                     .matches.size();
    });
  }
  benchmark::DoNotOptimize(sum);
  benchmark::DoNotOptimize(matches);
  Report(state, events, scan, ceiling, repeats);
}

int Main(int argc, char** argv) {
  // The CPU needs some twenty calls to learn the branches of an event after all
  // others: with 5 the p99 of the ratio is a tenth more, with 100 the same.
  constexpr int kRepeats = 30;
  Flags flags(argc, argv);
  const auto passes = static_cast<std::int64_t>(flags.TakeCount("passes", 9));
  const Workload workload = ReadWorkload(flags);
  const Engine engine = BuildEngine(workload.rules);
  CheckAgainstReference("latency", engine, workload.events,
                        workload.check_count);
  const auto add = [&](const std::string& name, int repeats) {
    Register(name, [&, repeats](auto& state) {
      Measure(state, workload.events, engine, repeats);
    })->Iterations(passes);
  };
  add("latency/stream", 1);
  add("latency/repeat", kRepeats);
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
