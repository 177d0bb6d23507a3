// Events in columns against the same events as JSON text, in one run.
//
// Usage: columnar_benchmark [--rules=DIR] [--events=FILE] [--having=TEXT]
//   [Google Benchmark flags]
// Lines without TEXT are left out. Without paths it takes the project's
// examples. All ways must find the same before anything is timed. Interleave on
// a noisy machine: --benchmark_repetitions=5
// --benchmark_enable_random_interleaving=true

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/ceiling_walk.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "tests/support/arrow_table.h"

namespace hypersigma {
namespace {

using internal::ArrowTable;
using internal::ListCells;
using internal::NumberCells;
using internal::TextCells;

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
  std::exit(2);
}

// A member of all events.
struct Member {
  TextCells texts;
  NumberCells numbers;
  ListCells lists;
  bool all_numbers = true;
  bool any_list = false;
};

struct Workload {
  simdjson::padded_string text;
  std::vector<std::string> lines;
  std::size_t byte_count = 0;
  std::map<std::string, Member> members;
};

std::string TextOf(simdjson::dom::element value) {
  std::string_view text;
  if (!value.get(text)) return std::string(text);
  return simdjson::minify(value);
}

void AddCell(simdjson::dom::element value, Member& member) {
  std::int64_t number = 0;
  if (value.get(number)) {
    member.all_numbers = false;
  } else {
    member.numbers.back() = number;
  }
  simdjson::dom::array elements;
  if (value.get(elements)) {
    member.texts.back() = TextOf(value);
    return;
  }
  member.any_list = true;
  TextCells& list = member.lists.back().emplace();
  for (const simdjson::dom::element element : elements) {
    list.emplace_back(TextOf(element));
  }
}

void AddEvent(std::string_view line, Workload& workload) {
  simdjson::dom::parser parser;
  simdjson::dom::object event;
  const simdjson::padded_string padded(line);
  if (parser.parse(padded).get(event)) return;
  workload.lines.emplace_back(line);
  workload.byte_count += line.size();
  const std::size_t count = workload.lines.size();
  for (const auto field : event) {
    Member& member = workload.members[std::string(field.key)];
    member.texts.resize(count);
    member.numbers.resize(count);
    member.lists.resize(count);
    if (!field.value.is_null()) AddCell(field.value, member);
  }
}

// `text_format` as for ArrowTable; `index`: of dictionaries, or empty.
void AddColumns(Workload& workload, std::string_view text_format,
                std::string_view index, ArrowTable& table) {
  for (auto& [name, member] : workload.members) {
    member.texts.resize(workload.lines.size());
    member.numbers.resize(workload.lines.size());
    member.lists.resize(workload.lines.size());
    if (member.any_list) {
      table.AddLists(name, "+l", "u", member.lists);
    } else if (member.all_numbers) {
      table.AddNumbers(name, "l", member.numbers);
    } else if (!index.empty()) {
      table.AddDictionary(name, index, text_format, member.texts);
    } else {
      table.AddText(name, text_format, member.texts);
    }
  }
  table.Finish();
}

using Found = std::vector<std::pair<std::size_t, std::uint32_t>>;

Found ScanLines(Scanner& scanner, const Workload& workload) {
  Found found;
  for (std::size_t row = 0; row < workload.lines.size(); ++row) {
    const ScanResult result = OrDie(scanner.ScanJson(workload.lines[row]));
    for (const Match& match : result.matches) {
      found.emplace_back(row, static_cast<std::uint32_t>(match.rule));
    }
  }
  return found;
}

Found ScanTable(BatchScanner& scanner, ArrowTable& table) {
  const BatchResult result =
      OrDie(scanner.ScanBatch(table.schema(), table.array()));
  Found found;
  found.reserve(result.matches.size());
  for (const RowMatch& match : result.matches) {
    found.emplace_back(match.row, static_cast<std::uint32_t>(match.match.rule));
  }
  return found;
}

void Report(benchmark::State& state, const Workload& workload,
            std::size_t matches) {
  state.counters["matches"] = static_cast<double>(matches);
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(workload.lines.size()));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(workload.byte_count));
}

void Register(const std::string& name,
              const std::function<void(benchmark::State&)>& run) {
  benchmark::RegisterBenchmark(name.c_str(), run)
      ->Unit(benchmark::kMillisecond);
}

void RegisterTable(const std::string& name, const Engine& engine,
                   const Workload& workload, const Found& expected,
                   ArrowTable& table) {
  BatchScanner scanner = OrDie(BatchScanner::Create(engine));
  if (ScanTable(scanner, table) != expected) {
    std::fprintf(stderr, "%s: not what the JSON text gives\n", name.c_str());
    std::exit(1);
  }
  // A fresh scanner for each pass, as for the text.
  Register(name, [&](auto& state) {
    std::size_t matches = 0;
    for (auto _ : state) {
      state.PauseTiming();
      BatchScanner fresh = OrDie(BatchScanner::Create(engine));
      state.ResumeTiming();
      matches = ScanTable(fresh, table).size();
    }
    Report(state, workload, matches);
  });
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

Workload ReadEvents(const std::string& path, std::string_view having) {
  Workload workload;
  if (simdjson::padded_string::load(path).get(workload.text)) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  for (const std::string_view line : SplitLines(workload.text)) {
    if (line.find(having) != std::string_view::npos) AddEvent(line, workload);
  }
  return workload;
}

int Main(int argc, char** argv) {
  const std::string examples = HYPERSIGMA_EXAMPLES_DIR;
  const std::string rules = TakeFlag("rules", examples + "/rules", argc, argv);
  const std::string events =
      TakeFlag("events", examples + "/events/windows.ndjson", argc, argv);
  Workload workload = ReadEvents(events, TakeFlag("having", "", argc, argv));
  const Engine engine =
      OrDie(Engine::Build(OrDie(RuleSet::FromPaths({&rules, 1}))));
  Scanner scanner = OrDie(Scanner::Create(engine));
  const Found expected = ScanLines(scanner, workload);
  Register("json", [&](auto& state) {
    for (auto _ : state) {
      state.PauseTiming();
      Scanner fresh = OrDie(Scanner::Create(engine));
      state.ResumeTiming();
      benchmark::DoNotOptimize(ScanLines(fresh, workload));
    }
    Report(state, workload, expected.size());
  });
  ArrowTable text(workload.lines.size());
  AddColumns(workload, "u", "", text);
  RegisterTable("columns/text", engine, workload, expected, text);
  ArrowTable views(workload.lines.size());
  AddColumns(workload, "vu", "", views);
  RegisterTable("columns/text_view", engine, workload, expected, views);
  ArrowTable dictionary(workload.lines.size());
  AddColumns(workload, "u", "i", dictionary);
  RegisterTable("columns/dictionary", engine, workload, expected, dictionary);
  benchmark::AddCustomContext("pattern_library", PatternLibraryVersion());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace hypersigma

int main(int argc, char** argv) { return hypersigma::Main(argc, argv); }
