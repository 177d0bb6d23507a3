// What all sweeps share: the workload, the engine of its rules, and how a point
// of a sweep is measured.

#ifndef HYPERSIGMA_BENCH_SWEEPS_SWEEP_H_
#define HYPERSIGMA_BENCH_SWEEPS_SWEEP_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "bench/support/events.h"
#include "bench/support/lazy.h"
#include "bench/support/workload.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::bench {

struct SweepContext {
  const Workload& workload;
  // Of the rules as they are; checked against the reference evaluator.
  Lazy<Engine>& engine;
  std::uint64_t seed = 0;
  // Also the points that take minutes and gigabytes.
  bool large = false;
};

// Each registers the benchmarks of one sweep. Borrows the context, whose
// workload and engine must outlive them.
void RegisterRuleSweep(const SweepContext& context);
void RegisterPatternSweep(const SweepContext& context);
void RegisterValueSweep(const SweepContext& context);
void RegisterMatchingSweep(const SweepContext& context);
void RegisterThreadSweep(const SweepContext& context);
void RegisterCacheSweep(const SweepContext& context);

// An engine and what it took to make it.
struct MadeEngine {
  Engine engine;
  // From YAML on, of the wall clock, and of all threads together.
  double build_seconds = 0;
  double build_cpu_seconds = 0;
  // What the process had resident more, at most meanwhile and then.
  double peak_mib = 0;
  double engine_mib = 0;

  void AddTo(std::map<std::string, benchmark::Counter>& counters) const;
};

// Builds `rules` from their texts and checks them against the reference
// evaluator, with fewer of the events the more rules there are.
MadeEngine MakeEngine(std::string_view what, const RuleSet& rules,
                      const SweepContext& context);

// Times passes over `events`, each with a scanner of its own whose making is
// not timed. Adds the counter matches_per_event.
void MeasureSweep(benchmark::State& state, const Events& events,
                  const Engine& engine);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SWEEPS_SWEEP_H_
