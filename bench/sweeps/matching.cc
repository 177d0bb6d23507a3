// sweep/matching:PERCENT: events of which so many in a hundred match at least
// one rule, chosen from those of the workload and repeated where there are too
// few of them.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/support/lazy.h"
#include "bench/support/or_die.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/sweeps/sweep.h"
#include "hypersigma/scanner.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kEvents = 10'000;

// Events by whether a rule matches them.
struct Kinds {
  std::vector<std::string_view> matching;
  std::vector<std::string_view> others;
};

Kinds Separate(const Engine& engine, const Events& events) {
  Kinds kinds;
  Scanner scanner = MakeScanner(engine);
  for (const std::string_view line : events.lines()) {
    const ScanResult result =
        OrDie(scanner.ScanJson(line, events.ReadableBehind(line)));
    (result.matches.empty() ? kinds.others : kinds.matching).push_back(line);
  }
  if (kinds.matching.empty() || kinds.others.empty()) {
    Die("sweep/matching: all events match, or none");
  }
  return kinds;
}

Events Mix(const Kinds& kinds, std::size_t percent) {
  std::vector<std::string_view> lines;
  std::size_t matching = 0;
  for (std::size_t i = 0; i < kEvents; ++i) {
    // Spread evenly.
    if ((i + 1) * percent / 100 > i * percent / 100) {
      lines.push_back(kinds.matching[matching++ % kinds.matching.size()]);
    } else {
      lines.push_back(kinds.others[(i - matching) % kinds.others.size()]);
    }
  }
  return Events::FromLines(lines);
}

}  // namespace

void RegisterMatchingSweep(const SweepContext& context) {
  const auto kinds = std::make_shared<Lazy<Kinds>>([context] {
    return Separate(context.engine.Get(), context.workload.events);
  });
  for (const std::size_t percent : {0u, 1u, 5u, 10u, 25u, 50u, 75u, 100u}) {
    const auto events = std::make_shared<Lazy<Events>>(
        [kinds, percent] { return Mix(kinds->Get(), percent); });
    Register("sweep/matching:" + std::to_string(percent),
             [events, context](auto& state) {
               MeasureSweep(state, events->Get(), context.engine.Get());
             });
  }
}

}  // namespace hypersigma::bench
