// Scan and load speed, each as a share of the ceiling in the same run.
//
// Usage: scan_benchmark [--rules=DIR] [--events=FILE] [Google Benchmark flags]
// Without paths it takes the project's examples. Interleave repetitions on a
// noisy machine: --benchmark_repetitions=5
// --benchmark_enable_random_interleaving=true

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/ceiling_walk.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "lib/compile/plan.h"

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

RuleSet LoadRules(const Workload& workload) {
  return OrDie(RuleSet::FromPaths(workload.rule_paths));
}

// The rules that search no keyword in every value of an event.
RuleSet LoadFieldRules(const Workload& workload) {
  std::vector<std::string> paths;
  for (const std::string& root : workload.rule_paths) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".yml") continue;
      const std::string path = entry.path().string();
      const RuleSet rules = OrDie(RuleSet::FromPaths({&path, 1}));
      const internal::Plan plan =
          internal::CompilePlan(rules.detection_rules());
      if (!plan.has_keywords) paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  return OrDie(RuleSet::FromPaths(paths));
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
          const Engine& engine, Routing routing = Routing::kAuto) {
  std::size_t matches = 0;
  const auto behind = [&workload](std::string_view line) {
    return static_cast<std::size_t>(workload.text.data() +
                                    workload.text.size() -
                                    (line.data() + line.size())) +
           simdjson::SIMDJSON_PADDING;
  };
  for (auto _ : state) {
    Scanner scanner = OrDie(Scanner::Create(engine, {.routing = routing}));
    matches = 0;
    for (std::string_view line : workload.lines) {
      matches += OrDie(scanner.ScanJson(line, behind(line))).matches.size();
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
std::string TakeFlag(std::string_view name, std::string value, int& argc,
                     char** argv) {
  const std::string prefix = "--" + std::string(name) + "=";
  for (int i = 1; i < argc; ++i) {
    if (!std::string_view(argv[i]).starts_with(prefix)) continue;
    value = argv[i] + prefix.size();
    std::copy(argv + i + 1, argv + argc, argv + i);
    --argc;
    break;
  }
  return value;
}

void Register(const char* name,
              const std::function<void(benchmark::State&)>& run) {
  benchmark::RegisterBenchmark(name, run)->Unit(benchmark::kMillisecond);
}

int Main(int argc, char** argv) {
  const std::string examples = HYPERSIGMA_EXAMPLES_DIR;
  Workload workload;
  workload.rule_paths = {TakeFlag("rules", examples + "/rules", argc, argv)};
  const std::string events =
      TakeFlag("events", examples + "/events/windows.ndjson", argc, argv);
  if (simdjson::padded_string::load(events).get(workload.text)) {
    std::fprintf(stderr, "cannot read %s\n", events.c_str());
    return 2;
  }
  workload.lines = SplitLines(workload.text);
  const Engine engine = OrDie(Engine::Build(LoadRules(workload)));
  const Engine field_engine = OrDie(Engine::Build(LoadFieldRules(workload)));
  benchmark::AddCustomContext("pattern_library", PatternLibraryVersion());
  Register("ceiling", [&](auto& state) { Ceiling(state, workload); });
  Register("scan", [&](auto& state) { Scan(state, workload, engine); });
  Register("scan/routing_off",
           [&](auto& state) { Scan(state, workload, engine, Routing::kOff); });
  Register("scan/without_keyword_rules",
           [&](auto& state) { Scan(state, workload, field_engine); });
  Register("load", [&](auto& state) { Load(state, workload); });
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace hypersigma

int main(int argc, char** argv) { return hypersigma::Main(argc, argv); }
