#include "bench/support/file_pass.h"

#include <sys/mman.h>
#include <unistd.h>

#include <string_view>

#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "hypersigma/file_scanner.h"

namespace hypersigma::bench {
namespace {

void WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) Die("cannot write events to a file in memory");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

EventFile::EventFile(const Events& events)
    : descriptor_(memfd_create("events.ndjson", 0)),
      path_("/proc/self/fd/" + std::to_string(descriptor_)) {
  if (descriptor_ < 0) Die("cannot make a file in memory");
  std::string text;
  for (const std::string_view line : events.lines()) {
    text.append(line).push_back('\n');
  }
  WriteAll(descriptor_, text);
}

EventFile::~EventFile() { close(descriptor_); }

std::size_t FilePass(const Engine& engine, const EventFile& file, int threads) {
  std::size_t bytes = 0;
  const ScanSummary summary =
      ScanToNdjson(engine, {&file.path(), 1}, {.threads = threads},
                   [&bytes](std::string_view lines) {
                     bytes += lines.size();
                     return absl::OkStatus();
                   });
  benchmark::DoNotOptimize(bytes);
  OrDie(summary.status);
  for (const FileProblem& problem : summary.file_problems) {
    OrDie(problem.status);
  }
  if (summary.malformed > 0) Die("some events are malformed");
  return summary.matches;
}

void MeasureFile(benchmark::State& state, const Events& events,
                 const Engine& engine, const EventFile& file, int threads) {
  PassTimer timer(state, events, Clock::kWall);
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin();
    matches = FilePass(engine, file, threads);
    timer.End();
  }
  state.counters["matches"] = static_cast<double>(matches);
  timer.Report();
}

}  // namespace hypersigma::bench
