// sweep/cache:BYTES: all events with a value cache of so many bytes. Below the
// public interface, since the cache's size is no option of a Scanner: reading
// and evaluating as a scanner does, without describing matches.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bench/support/check.h"
#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/sweeps/sweep.h"
#include "hypersigma/scanner.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/input/json_reader.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::bench {
namespace {

// A scanner with a cache of a given size.
class CachedScan {
 public:
  CachedScan(const Engine& engine, std::size_t cache_bytes)
      : evaluator_(OrDie(internal::Evaluator::Create(
            engine.state(),
            {.routing = Routing::kAuto, .value_cache_bytes = cache_bytes}))),
        reader_(engine.state().json_paths(),
                {.unnamed_values = engine.state().plan().has_keywords}) {}

  // Returns how many rules match, event by event.
  std::size_t Pass(const Events& events) {
    std::size_t matches = 0;
    for (const std::string_view line : events.lines()) {
      Evaluate(line, events.ReadableBehind(line));
      matches += evaluator_.matched().size();
    }
    return matches;
  }

 private:
  void Evaluate(std::string_view line, std::size_t readable_behind) {
    internal::JsonEvent event =
        OrDie(reader_.ReadFields(line, readable_behind));
    evaluator_.Prepare(event.values, event.is_raw);
    const internal::Keywords keywords =
        OrDie(evaluator_.FindKeywords(reader_.text(), event.is_plain));
    if (keywords != internal::Keywords::kAny) {
      OrDie(evaluator_.Run(keywords));
      if (!evaluator_.needs_keywords()) return;
    }
    event = OrDie(reader_.Read(line, readable_behind));
    evaluator_.Prepare(event.values, event.is_raw);
    OrDie(evaluator_.Run(internal::Keywords::kAny));
  }

  internal::Evaluator evaluator_;
  internal::JsonReader reader_;
};

void Measure(benchmark::State& state, const SweepContext& context,
             std::size_t bytes, std::size_t expected) {
  const Engine& engine = context.engine.Get();
  PassTimer timer(state, context.workload.events);
  std::optional<CachedScan> scan;
  std::size_t matches = 0;
  for (auto _ : state) {
    timer.Begin([&] { scan.emplace(engine, bytes); });
    matches = scan->Pass(context.workload.events);
    timer.End();
  }
  CheckEqual("sweep/cache", matches, expected);
  timer.Report();
}

}  // namespace

void RegisterCacheSweep(const SweepContext& context) {
  const auto expected = std::make_shared<Lazy<std::size_t>>([context] {
    Scanner scanner = MakeScanner(context.engine.Get());
    return ScanPass(scanner, context.workload.events);
  });
  const auto add = [&](std::size_t bytes) {
    Register("sweep/cache:" + std::to_string(bytes),
             [expected, context, bytes](auto& state) {
               Measure(state, context, bytes, expected->Get());
             });
  };
  add(0);
  for (std::size_t mib = 1; mib <= 64; mib *= 2) add(mib << 20);
}

}  // namespace hypersigma::bench
