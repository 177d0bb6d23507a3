// How all benchmarks are registered.

#ifndef HYPERSIGMA_BENCH_SUPPORT_REGISTRATION_H_
#define HYPERSIGMA_BENCH_SUPPORT_REGISTRATION_H_

#include <benchmark/benchmark.h>

#include <functional>
#include <string>

namespace hypersigma::bench {

// `run` is kept. Rates are those of this thread's CPU time unless
// UseRealTime() is called on what is returned.
inline benchmark::internal::Benchmark* Register(
    const std::string& name, std::function<void(benchmark::State&)> run) {
  return benchmark::RegisterBenchmark(name.c_str(), std::move(run))
      ->Unit(benchmark::kMillisecond);
}

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_REGISTRATION_H_
