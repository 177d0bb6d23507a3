// Events in columns against the same events as JSON text, in one run.
//
// Usage: columnar_benchmark [--rules=DIR] [--events=FILE] [--having=TEXT]
//   [--check=N] [Google Benchmark flags]
// Lines without TEXT are left out, and so are those that were there before and
// events with objects in them, which are more than a row. Without paths it
// takes the project's examples. N events are compared with the reference
// evaluator, and all ways must find the same, before anything is timed. Each
// pass has a scanner of its own, whose making is not timed. Interleave on a
// noisy machine:
// --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::bench {
namespace {

using internal::ArrowTable;
using internal::ListCells;
using internal::NumberCells;
using internal::TextCells;

bool IsRow(std::string_view line) {
  simdjson::dom::parser parser;
  simdjson::dom::object event;
  const simdjson::padded_string padded(line);
  if (parser.parse(padded).get(event)) Die("an event is malformed");
  return std::none_of(event.begin(), event.end(),
                      [](const auto field) { return field.value.is_object(); });
}

// Returns the events that can be rows of a table, each once.
Events RowsOf(const Events& events) {
  absl::flat_hash_set<std::string> known;
  std::vector<std::string_view> rows;
  for (const std::string_view line : events.lines()) {
    if (IsRow(line) && known.emplace(line).second) rows.push_back(line);
  }
  return Events::FromLines(std::span<const std::string_view>(rows));
}

// A member of all events.
struct Member {
  TextCells texts;
  NumberCells numbers;
  ListCells lists;
  bool all_numbers = true;
  bool any_list = false;
};

struct Members {
  std::size_t row_count = 0;
  std::map<std::string, Member> by_name;
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

void AddEvent(std::string_view line, Members& members) {
  simdjson::dom::parser parser;
  simdjson::dom::object event;
  const simdjson::padded_string padded(line);
  if (parser.parse(padded).get(event)) Die("an event is malformed");
  const std::size_t count = ++members.row_count;
  for (const auto field : event) {
    Member& member = members.by_name[std::string(field.key)];
    member.texts.resize(count);
    member.numbers.resize(count);
    member.lists.resize(count);
    if (!field.value.is_null()) AddCell(field.value, member);
  }
}

// `text_format` as for ArrowTable; `index`: of dictionaries, or empty.
void AddColumns(Members& members, std::string_view text_format,
                std::string_view index, ArrowTable& table) {
  for (auto& [name, member] : members.by_name) {
    member.texts.resize(members.row_count);
    member.numbers.resize(members.row_count);
    member.lists.resize(members.row_count);
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

Found ScanLines(Scanner& scanner, const Events& events) {
  Found found;
  for (std::size_t row = 0; row < events.lines().size(); ++row) {
    const std::string_view line = events.lines()[row];
    const absl::StatusOr<ScanResult> result =
        scanner.ScanJson(line, events.ReadableBehind(line));
    if (!result.ok()) Die(result.status().ToString());
    for (const Match& match : result->matches) {
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

// Times passes with a scanner of its own each.
template <typename AnyScanner, typename Scan>
void Measure(benchmark::State& state, const Engine& engine,
             const Events& events, const Scan& scan) {
  PassTimer timer(state, events);
  std::optional<AnyScanner> scanner;
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin([&] { scanner.emplace(OrDie(AnyScanner::Create(engine))); });
    matches = scan(*scanner).size();
    timer.End();
  }
  state.counters["matches"] = static_cast<double>(matches);
  timer.Report();
}

// The events as tables, and what they give as lines.
class Benchmarks {
 public:
  Benchmarks(const Workload& workload, std::string_view having)
      : engine_(BuildEngine(workload.rules)),
        events_(RowsOf(workload.events.Having(having))) {
    CheckAgainstReference("columns/json", engine_, events_,
                          workload.check_count);
    for (const std::string_view line : events_.lines()) {
      AddEvent(line, members_);
    }
    Scanner scanner = MakeScanner(engine_);
    expected_ = ScanLines(scanner, events_);
  }

  void AddJson() {
    Register("columns/json", [this](auto& state) {
      Measure<Scanner>(state, engine_, events_, [this](Scanner& scanner) {
        return ScanLines(scanner, events_);
      });
    });
  }

  // As for AddColumns().
  void AddTable(const std::string& name, std::string_view text_format,
                std::string_view index) {
    ArrowTable& table =
        *tables_.emplace_back(std::make_unique<ArrowTable>(members_.row_count));
    AddColumns(members_, text_format, index, table);
    BatchScanner scanner = OrDie(BatchScanner::Create(engine_));
    if (ScanTable(scanner, table) != expected_) {
      Die(name + ": not what the JSON text gives", kWrongResults);
    }
    Register(name, [this, &table](auto& state) {
      Measure<BatchScanner>(
          state, engine_, events_,
          [&table](BatchScanner& any) { return ScanTable(any, table); });
    });
  }

 private:
  Engine engine_;
  Events events_;
  Members members_;
  Found expected_;
  std::vector<std::unique_ptr<ArrowTable>> tables_;
};

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const std::string having = flags.TakeText("having", "");
  Benchmarks benchmarks(ReadWorkload(flags), having);
  benchmarks.AddJson();
  benchmarks.AddTable("columns/text", "u", "");
  benchmarks.AddTable("columns/text_view", "vu", "");
  benchmarks.AddTable("columns/dictionary", "u", "i");
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
