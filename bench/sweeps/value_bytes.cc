// sweep/value_bytes:N: starts of processes with N bytes in the field of which
// the rules ask most, cut out of what the events say. No value repeats before
// all text of the events is used up. The rate in bytes is what tells.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/support/check.h"
#include "bench/support/event_texts.h"
#include "bench/support/json_line.h"
#include "bench/support/lazy.h"
#include "bench/support/registration.h"
#include "bench/sweeps/sweep.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kMostEvents = 20'000;
constexpr std::size_t kBytes = std::size_t{8} << 20;
// The reference evaluator takes its time for long values.
constexpr std::size_t kMostCheckedBytes = std::size_t{1} << 20;

Events Make(const std::string& name, const SweepContext& context,
            std::size_t value_bytes) {
  const Engine& engine = context.engine.Get();
  const std::string field = LiteralsOfLargestField(engine).field;
  EventTexts texts(engine, context.workload.events, kBytes);
  std::vector<std::string> lines;
  const std::size_t count = std::min(kBytes / value_bytes, kMostEvents);
  for (std::size_t i = 0; i < count; ++i) {
    lines.push_back(
        JsonLine::ProcessStart().Add(field, texts.Next(value_bytes)).Finish());
  }
  Events events = Events::FromLines(lines);
  CheckAgainstReference(
      name, engine, events,
      std::min(context.workload.check_count, kMostCheckedBytes / value_bytes));
  return events;
}

}  // namespace

void RegisterValueSweep(const SweepContext& context) {
  for (std::size_t bytes = 16; bytes <= std::size_t{1} << 20; bytes *= 4) {
    const std::string name = "sweep/value_bytes:" + std::to_string(bytes);
    const auto events = std::make_shared<Lazy<Events>>(
        [name, context, bytes] { return Make(name, context, bytes); });
    Register(name, [events, context](auto& state) {
      MeasureSweep(state, events->Get(), context.engine.Get());
    });
  }
}

}  // namespace hypersigma::bench
