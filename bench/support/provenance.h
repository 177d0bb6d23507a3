// What a measurement is of, so that two files of results can be compared.

#ifndef HYPERSIGMA_BENCH_SUPPORT_PROVENANCE_H_
#define HYPERSIGMA_BENCH_SUPPORT_PROVENANCE_H_

#include <string>

#include "bench/support/workload.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::bench {

// Adds to the context of Google Benchmark's output: cpu, pattern_library,
// library_version, commit, rule_set_hash, rules, events, events_bytes,
// build_type.
void AddProvenance(const Workload& workload);

// Returns 16 hexadecimal digits for the texts of the rules, in load order,
// whatever their files are called.
std::string HashOfRules(const RuleSet& rules);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_PROVENANCE_H_
