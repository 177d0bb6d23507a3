// What all benchmarks are given: rules and events, from the command line.

#ifndef HYPERSIGMA_BENCH_SUPPORT_WORKLOAD_H_
#define HYPERSIGMA_BENCH_SUPPORT_WORKLOAD_H_

#include <cstddef>
#include <string>

#include "bench/support/events.h"
#include "bench/support/flags.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::bench {

struct Workload {
  std::string rules_path;
  std::string events_path;
  RuleSet rules;
  Events events;
  // Events to compare with the reference evaluator.
  std::size_t check_count = 0;
};

// Takes --rules=DIR, --events=FILE and --check=N; without paths the project's
// examples. Ends the program if they cannot be read. What they are goes into
// the output of Google Benchmark.
Workload ReadWorkload(Flags& flags);

RuleSet LoadRules(const std::string& path);

// Builds with all that is default. Ends the program if it cannot.
Engine BuildEngine(const RuleSet& rules);

// The rules of the folder `path` that search no keyword in every value of an
// event.
RuleSet LoadFieldRules(const std::string& path);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_WORKLOAD_H_
