#include "hypersigma/profiler.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/compile/firing_sample.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/profile_text.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma {
namespace internal {
namespace {

// Product, category, service, one after the other.
using SliceKey = std::vector<std::string>;

SliceKey KeyOf(std::span<const LogSource> log_sources) {
  SliceKey key;
  for (const LogSource& source : log_sources) {
    LogSource folded = FoldLogSource(source);
    key.push_back(std::move(folded.product));
    key.push_back(std::move(folded.category));
    key.push_back(std::move(folded.service));
  }
  return key;
}

// Events of the same log sources.
struct Slice {
  std::uint64_t events = 0;
  absl::flat_hash_map<std::uint32_t, std::uint64_t> fired;  // by PredicateId
};

using Slices = std::map<SliceKey, Slice>;

// Adds a slice, to the unclassified ones if there are too many: events that are
// believed may state any number of log sources.
Slice& FindSlice(SliceKey key, Slices& slices) {
  if (slices.size() + 1 >= kMaxRoutes && !slices.contains(key)) key.clear();
  return slices[std::move(key)];
}

// A scanner and what it counted, for one thread at a time.
struct Counter {
  explicit Counter(Scanner given, std::size_t rule_count)
      : scanner(std::move(given)), costs(rule_count) {}

  // Counts what the scanner says of its last event.
  void Count(const ScanResult& result) {
    Slice& slice = FindSlice(KeyOf(result.log_sources), slices);
    ++slice.events;
    for (const std::uint32_t predicate : scanner.evaluator().FireAll()) {
      ++slice.fired[predicate];
    }
    for (const std::uint32_t rule : scanner.evaluator().judged()) {
      ++costs[rule].evaluated;
    }
    for (const Match& match : result.matches) {
      ++costs[static_cast<std::size_t>(match.rule)].matched;
    }
  }

  std::mutex mutex;  // guards all of it
  Scanner scanner;
  Slices slices;
  std::vector<RuleCost> costs;
};

bool IsNamedInProfiles(const PredicateName& name) {
  return name.field.size() <= kMaxProfileNameBytes &&
         name.operand.size() <= kMaxProfileNameBytes;
}

}  // namespace
}  // namespace internal

using internal::Counter;

struct Profiler::State {
  // Returns a counter that no other thread has; it goes back by Return().
  absl::StatusOr<Counter*> Take();
  void Return(Counter* counter) {
    const std::lock_guard lock(mutex);
    idle.push_back(counter);
  }

  template <typename Scan>
  absl::Status Observe(const Scan& scan) {
    HS_ASSIGN_OR_RETURN(Counter* const counter, Take());
    absl::Status status;
    {
      const std::lock_guard lock(counter->mutex);
      const absl::StatusOr<ScanResult> result = scan(counter->scanner);
      status = result.status();
      if (result.ok()) counter->Count(*result);
    }
    Return(counter);
    return status;
  }

  // Calls `visit` with each counter, locked.
  template <typename Visit>
  void ForEach(const Visit& visit) {
    const std::lock_guard lock(mutex);
    for (const std::unique_ptr<Counter>& counter : counters) {
      const std::lock_guard counter_lock(counter->mutex);
      visit(*counter);
    }
  }

  internal::Slices Merged();

  const Engine engine;
  const ScannerOptions options;
  std::mutex mutex;  // guards what follows
  std::vector<std::unique_ptr<Counter>> counters;
  std::vector<Counter*> idle;
};

absl::StatusOr<Counter*> Profiler::State::Take() {
  {
    const std::lock_guard lock(mutex);
    if (!idle.empty()) {
      Counter* const counter = idle.back();
      idle.pop_back();
      return counter;
    }
  }
  HS_ASSIGN_OR_RETURN(Scanner scanner, Scanner::Create(engine, options));
  auto counter =
      std::make_unique<Counter>(std::move(scanner), engine.rules().size());
  const std::lock_guard lock(mutex);
  return counters.emplace_back(std::move(counter)).get();
}

internal::Slices Profiler::State::Merged() {
  internal::Slices merged;
  ForEach([&merged](const Counter& counter) {
    for (const auto& [key, slice] : counter.slices) {
      internal::Slice& into = internal::FindSlice(key, merged);
      into.events += slice.events;
      for (const auto& [predicate, events] : slice.fired) {
        into.fired[predicate] += events;
      }
    }
  });
  return merged;
}

Profiler::Profiler(std::unique_ptr<State> state) : state_(std::move(state)) {}
Profiler::Profiler(Profiler&&) noexcept = default;
Profiler& Profiler::operator=(Profiler&&) noexcept = default;
Profiler::~Profiler() = default;

absl::StatusOr<Profiler> Profiler::Create(Engine engine,
                                          const ScannerOptions& options) {
  ScannerOptions own = options;
  own.details = false;
  own.fields = false;
  std::unique_ptr<State> state(
      new State{std::move(engine), std::move(own), {}, {}, {}});
  // So that what is wrong with the options is said now.
  HS_ASSIGN_OR_RETURN(Counter* const counter, state->Take());
  state->Return(counter);
  return Profiler(std::move(state));
}

absl::Status Profiler::Observe(Event event) {
  return state_->Observe(
      [event](Scanner& scanner) { return scanner.Scan(event); });
}

absl::Status Profiler::ObserveJson(std::string_view json) {
  return state_->Observe(
      [json](Scanner& scanner) { return scanner.ScanJson(json); });
}

Profile Profiler::MakeProfile() const {
  const internal::Plan& plan = state_->engine.state().plan();
  std::vector<std::vector<internal::SliceCount>> fired(plan.predicates.size());
  internal::FiringSample sample;
  for (const auto& [key, slice] : state_->Merged()) {
    const auto position = static_cast<std::uint32_t>(sample.slices.size());
    internal::SampleSlice& written = sample.slices.emplace_back();
    written.events = slice.events;
    for (std::size_t i = 0; i + 2 < key.size(); i += 3) {
      written.log_sources.push_back({key[i], key[i + 1], key[i + 2]});
    }
    for (const auto& [predicate, events] : slice.fired) {
      fired[predicate].push_back({position, events});
    }
  }
  for (std::size_t i = 0; i < plan.predicates.size(); ++i) {
    internal::PredicateName name = NameOf(plan.predicates[i], plan.fields);
    if (!internal::IsNamedInProfiles(name)) continue;
    sample.fired.emplace(std::move(name), std::move(fired[i]));
  }
  return internal::ProfileParts::Join(std::move(sample));
}

std::vector<RuleCost> Profiler::Costs() const {
  std::vector<RuleCost> costs(state_->engine.rules().size());
  state_->ForEach([&costs](const Counter& counter) {
    for (std::size_t i = 0; i < costs.size(); ++i) {
      costs[i].evaluated += counter.costs[i].evaluated;
      costs[i].matched += counter.costs[i].matched;
    }
  });
  return costs;
}

std::uint64_t Profiler::events() const {
  std::uint64_t events = 0;
  state_->ForEach([&events](const Counter& counter) {
    for (const auto& [key, slice] : counter.slices) events += slice.events;
  });
  return events;
}

}  // namespace hypersigma
