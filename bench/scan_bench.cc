// Scan and load speed, each as a share of the ceiling in the same run.
//
// Usage: scan_bench --rules=DIR --events=FILE.ndjson [Google Benchmark flags]
// The events must be decompressed. Interleave repetitions on a noisy machine:
// --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/ceiling_walk.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma {
namespace {

// Everything the benchmarks share, read once.
struct Workload {
  std::vector<std::string> rule_paths;
  simdjson::padded_string text;
  std::vector<std::string_view> lines;
};

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
  std::exit(2);
}

void SplitLines(Workload& workload) {
  std::string_view rest = workload.text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) workload.lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

// Without rules that search every value of an event.
RuleSet LoadRules(const Workload& workload) {
  return OrDie(RuleSet::FromPaths(workload.rule_paths));
}

void Report(benchmark::State& state, const Workload& workload) {
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(workload.lines.size()));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(workload.text.size()));
}

void Ceiling(benchmark::State& state, const Workload& workload) {
  simdjson::ondemand::parser parser;
  std::uint64_t sum = 0;
  for (auto _ : state) {
    for (std::string_view line : workload.lines) sum += WalkLine(parser, line);
  }
  benchmark::DoNotOptimize(sum);
  Report(state, workload);
}

void Scan(benchmark::State& state, const Workload& workload,
          const Engine& engine) {
  std::size_t matches = 0;
  for (auto _ : state) {
    Scanner scanner = OrDie(Scanner::Create(engine));
    matches = 0;
    for (std::string_view line : workload.lines) {
      matches += OrDie(scanner.ScanJson(line)).matches.size();
    }
  }
  state.counters["matches"] = static_cast<double>(matches);
  Report(state, workload);
}

void Load(benchmark::State& state, const Workload& workload) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(OrDie(Engine::Build(LoadRules(workload))));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_mib"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

// Takes `--name=value` out of the arguments.
std::string TakeFlag(std::string_view name, int& argc, char** argv) {
  const std::string prefix = "--" + std::string(name) + "=";
  for (int i = 1; i < argc; ++i) {
    if (!std::string_view(argv[i]).starts_with(prefix)) continue;
    std::string value = argv[i] + prefix.size();
    for (int j = i + 1; j < argc; ++j) argv[j - 1] = argv[j];
    --argc;
    return value;
  }
  std::fprintf(stderr, "missing %s\n", prefix.c_str());
  std::exit(2);
}

int Main(int argc, char** argv) {
  Workload workload;
  workload.rule_paths = {TakeFlag("rules", argc, argv)};
  const std::string events = TakeFlag("events", argc, argv);
  if (simdjson::padded_string::load(events).get(workload.text)) {
    std::fprintf(stderr, "cannot read %s\n", events.c_str());
    return 2;
  }
  SplitLines(workload);
  const Engine engine = OrDie(Engine::Build(LoadRules(workload)));
  benchmark::AddCustomContext("pattern_library", PatternLibraryVersion());
  benchmark::RegisterBenchmark("ceiling", [&](benchmark::State& state) {
    Ceiling(state, workload);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("scan", [&](benchmark::State& state) {
    Scan(state, workload, engine);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("load", [&](benchmark::State& state) {
    Load(state, workload);
  })->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace hypersigma

int main(int argc, char** argv) { return hypersigma::Main(argc, argv); }
