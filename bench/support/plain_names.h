// Names of benchmarks in the output as they are registered: Google Benchmark
// adds to them what its options are, such as "/real_time".

#ifndef HYPERSIGMA_BENCH_SUPPORT_PLAIN_NAMES_H_
#define HYPERSIGMA_BENCH_SUPPORT_PLAIN_NAMES_H_

#include <benchmark/benchmark.h>

#include <memory>
#include <utility>
#include <vector>

namespace hypersigma::bench {

// Hands everything on to another reporter, without these additions.
class PlainNames : public benchmark::BenchmarkReporter {
 public:
  explicit PlainNames(std::unique_ptr<benchmark::BenchmarkReporter> to)
      : to_(std::move(to)) {}

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override { to_->Finalize(); }

 private:
  std::unique_ptr<benchmark::BenchmarkReporter> to_;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_PLAIN_NAMES_H_
