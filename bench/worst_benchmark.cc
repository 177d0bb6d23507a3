// What the worst events cost a byte, beside what normal ones cost.
//
// Usage: worst_benchmark [--rules=DIR] [--events=FILE] [--check=N]
//   [Google Benchmark flags]
// Without paths it takes the project's examples. worst/cases.h says what the
// cases are. Each pass has a scanner of its own, whose making is not timed, and
// a pass over normal events beside it, with a scanner that is warm. Counters:
// ns_per_byte; to_normal, which is that divided by the normal events';
// undecided rules an event. Small events of each case are compared with the
// reference evaluator before it is timed. Under worst/regex the time of an
// event is bounded by the limit of regular expressions, not by its bytes.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/lazy.h"
#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "bench/worst/cases.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kBytes = std::size_t{4} << 20;

// Real events to compare with.
struct Normal {
  const Engine& engine;
  Events events;
};

// Returns the seconds of one pass over the normal events.
double NormalPass(Scanner& scanner, const Normal& normal) {
  const double begin = Now(Clock::kThread);
  benchmark::DoNotOptimize(ScanPass(scanner, normal.events));
  return Now(Clock::kThread) - begin;
}

double UndecidedPerEvent(const Engine& engine, const Events& events) {
  Scanner scanner = MakeScanner(engine);
  std::size_t undecided = 0;
  for (const std::string_view line : events.lines()) {
    undecided += OrDie(scanner.ScanJson(line, events.ReadableBehind(line)))
                     .undecided.size();
  }
  return static_cast<double>(undecided) /
         static_cast<double>(events.lines().size());
}

void Measure(benchmark::State& state, const Engine& engine,
             const Events& events, const Normal& normal) {
  PassTimer timer(state, events);
  std::optional<Scanner> scanner;
  Scanner normal_scanner = MakeScanner(normal.engine);
  NormalPass(normal_scanner, normal);
  double normal_seconds = 0;
  for (auto _ : state) {
    timer.Begin([&] {
      normal_seconds += NormalPass(normal_scanner, normal);
      scanner.emplace(MakeScanner(engine));
    });
    benchmark::DoNotOptimize(ScanPass(*scanner, events));
    timer.End();
  }
  const auto passes = static_cast<double>(state.iterations());
  const double per_byte =
      timer.own_seconds() / passes / static_cast<double>(events.byte_count());
  const double normal_per_byte =
      normal_seconds / passes / static_cast<double>(normal.events.byte_count());
  state.counters["ns_per_byte"] = per_byte * 1e9;
  state.counters["to_normal"] = per_byte / normal_per_byte;
  state.counters["undecided"] = UndecidedPerEvent(engine, events);
  timer.Report();
}

// Events of the workload of some kBytes in all.
Events NormalEvents(const Events& events) {
  const std::size_t per_event = events.byte_count() / events.lines().size();
  return events.Sample(std::max<std::size_t>(kBytes / per_event, 1));
}

template <typename Make>
void RegisterCase(const std::string& name, const Engine& engine,
                  const Workload& workload, const Normal& normal,
                  const Make& make) {
  const auto made = std::make_shared<Lazy<WorstCase>>([=, &engine, &workload] {
    WorstCase worst = make();
    CheckAgainstReference(name, engine, worst.small, workload.check_count);
    return worst;
  });
  Register(name, [made, &engine, &normal](auto& state) {
    Measure(state, engine, made->Get().events, normal);
  });
}

void RegisterRegex(const Workload& workload, const Normal& normal,
                   const Engine& engine) {
  RegisterCase("worst/regex", engine, workload, normal, [&engine] {
    WorstCase worst = Backtracking(20);
    if (UndecidedPerEvent(engine, worst.small) < 1) {
      Die("worst/regex: the limit is not reached", kWrongResults);
    }
    return worst;
  });
}

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const Workload workload = ReadWorkload(flags);
  const Events& events = workload.events;
  const Engine engine = BuildEngine(workload.rules);
  const Engine regex_engine = BuildEngine(WithBacktrackingRule(workload.rules));
  CheckAgainstReference("worst/normal", engine, events, workload.check_count);
  const Normal normal{engine, NormalEvents(events)};
  Register("worst/normal",
           [&](auto& state) { Measure(state, engine, normal.events, normal); });
  const auto add = [&](const std::string& name, const auto& make) {
    RegisterCase(name, engine, workload, normal, make);
  };
  add("worst/value_1mib", [&] { return LongValues(engine, events, kBytes); });
  add("worst/fields_10000", [&] { return ManyFields(engine, events, kBytes); });
  add("worst/near_matches", [&] { return NearMatches(engine, kBytes); });
  add("worst/unique_values",
      [&] { return UniqueValues(engine, events, kBytes); });
  add("worst/escapes", [&] { return Escapes(events, kBytes); });
  RegisterRegex(workload, normal, regex_engine);
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
