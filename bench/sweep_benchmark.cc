// How speed changes with one thing at a time, all else as it is in the
// workload.
//
// Usage: sweep_benchmark [--rules=DIR] [--events=FILE] [--check=N] [--seed=N]
//   [--large] [Google Benchmark flags]
// Without paths it takes the project's examples. The sweeps are in sweeps/, one
// a file: the number of rules, of patterns of one field, bytes of a value, the
// share of events that match, threads, bytes of the value cache. A point is
// made when it is first run, so --benchmark_filter saves its time; N events are
// compared with the reference evaluator before it is timed. --seed chooses
// samples and varied rules. --large adds 100,000 rules, which take minutes and
// gigabytes. build_seconds, build_cpu_seconds (of all threads) and peak_mib are
// of making an engine once; engine_mib is what it holds then.

#include <cstdint>

#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/lazy.h"
#include "bench/support/workload.h"
#include "bench/sweeps/sweep.h"
#include "hypersigma/engine.h"

namespace hypersigma::bench {
namespace {

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const Workload workload = ReadWorkload(flags);
  Lazy<Engine> engine([&workload] {
    Engine made = BuildEngine(workload.rules);
    CheckAgainstReference("sweep", made, workload.events, workload.check_count);
    return made;
  });
  const SweepContext context{workload, engine, flags.TakeCount("seed", 1),
                             flags.TakeSwitch("large")};
  RegisterRuleSweep(context);
  RegisterPatternSweep(context);
  RegisterValueSweep(context);
  RegisterMatchingSweep(context);
  RegisterThreadSweep(context);
  RegisterCacheSweep(context);
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
