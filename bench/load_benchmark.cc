// From rules to an engine that is ready to scan: built from YAML, loaded from
// an engine file, and saved to one; and to a scanner, which each thread needs.
//
// Usage: load_benchmark [--rules=DIR] [--events=FILE] [--check=N]
//   [Google Benchmark flags]
// Without paths it takes the project's examples. Items are rules, bytes those
// of what is read or written; times are real, since several threads compile.
// peak_mib is the most memory of the whole process meanwhile, file_bytes the
// size of the engine file. N events are compared with the reference evaluator
// before anything is timed.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/memory.h"
#include "bench/support/or_die.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/engine.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::bench {
namespace {

// A folder of its own, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path =
        (std::filesystem::temp_directory_path() / "load_benchmark.XXXXXX")
            .string();
    if (mkdtemp(path.data()) == nullptr) Die("cannot make a folder: " + path);
    path_ = path;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string FilePath() const { return (path_ / "rules.engine").string(); }

 private:
  std::filesystem::path path_;
};

// What is measured, without the rules and events themselves: they would count
// as memory.
struct Sizes {
  std::string rules_path;
  std::string engine_file;
  std::size_t rule_count = 0;
  std::size_t yaml_bytes = 0;
  std::size_t file_bytes = 0;
};

// Times `make`; letting go of what it returns is not timed.
template <typename Make>
void MeasureMaking(benchmark::State& state, const Sizes& sizes,
                   std::size_t byte_count, const Make& make) {
  ResetPeak();
  for (auto _ : state) {
    std::optional made = make();
    benchmark::DoNotOptimize(made);
    state.PauseTiming();
    made.reset();
    state.ResumeTiming();
  }
  state.counters["peak_mib"] = PeakMib();
  state.counters["file_bytes"] = static_cast<double>(sizes.file_bytes);
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(sizes.rule_count));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(byte_count));
}

Engine Build(const Sizes& sizes, int threads) {
  return OrDie(
      Engine::Build(LoadRules(sizes.rules_path), {.compile_threads = threads}));
}

void MeasureSave(benchmark::State& state, const Sizes& sizes,
                 const std::string& path) {
  const Engine engine = Build(sizes, 0);
  ResetPeak();
  for (auto _ : state) OrDie(engine.Save(path));
  state.counters["peak_mib"] = PeakMib();
  state.counters["file_bytes"] = static_cast<double>(sizes.file_bytes);
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(sizes.rule_count));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(sizes.file_bytes));
}

// Saves an engine, and holds it and what is loaded from the file against the
// reference evaluator and against each other.
Sizes Prepare(Flags& flags, const TemporaryFolder& folder) {
  const Workload workload = ReadWorkload(flags);
  Sizes sizes{workload.rules_path, folder.FilePath(),
              workload.rules.rules().size()};
  for (const internal::RuleText& text : workload.rules.texts()) {
    sizes.yaml_bytes += text.yaml.size();
  }
  const Engine built = BuildEngine(workload.rules);
  CheckAgainstReference("load/build", built, workload.events,
                        workload.check_count);
  OrDie(built.Save(sizes.engine_file));
  sizes.file_bytes = std::filesystem::file_size(sizes.engine_file);
  Scanner scanner = MakeScanner(built);
  Scanner loaded = MakeScanner(OrDie(Engine::Load(sizes.engine_file)));
  CheckEqual("load/file", ScanPass(loaded, workload.events),
             ScanPass(scanner, workload.events));
  return sizes;
}

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const TemporaryFolder folder;
  const Sizes sizes = Prepare(flags, folder);
  const auto build = [&sizes](int threads) {
    return [&sizes, threads](auto& state) {
      MeasureMaking(state, sizes, sizes.yaml_bytes,
                    [&] { return Build(sizes, threads); });
    };
  };
  Register("load/build", build(0))->UseRealTime();
  Register("load/build/threads:1", build(1))->UseRealTime();
  Register("load/file", [&](auto& state) {
    MeasureMaking(state, sizes, sizes.file_bytes,
                  [&] { return OrDie(Engine::Load(sizes.engine_file)); });
  })->UseRealTime();
  Register("load/scanner", [&](auto& state) {
    const Engine engine = OrDie(Engine::Load(sizes.engine_file));
    MeasureMaking(state, sizes, 0, [&] { return MakeScanner(engine); });
  })->UseRealTime();
  Register("save", [&](auto& state) {
    MeasureSave(state, sizes, sizes.engine_file + ".again");
  })->UseRealTime();
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
