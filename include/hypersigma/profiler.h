// Looks at a sample of events: which predicates occur, and which rules cost.
//
// Beside the data's way RuleSet -> Engine -> Scanner: its profile goes into
// EngineOptions::profile of the next engine.

#ifndef HYPERSIGMA_PROFILER_H_
#define HYPERSIGMA_PROFILER_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/export.h"
#include "hypersigma/profile.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"

namespace hypersigma {

// What became of a rule on the events of a sample.
struct RuleCost {
  // Events for which its condition was evaluated, and those of them for which
  // it held. All others cost nothing.
  std::uint64_t evaluated = 0;
  std::uint64_t matched = 0;
};

// Evaluates events as a Scanner does, and counts.
//
// Thread safety: full; memory grows with the threads that observe at once.
// Keeps its engine alive.
class HYPERSIGMA_EXPORT Profiler {
 public:
  // Of `options` those count that say which rules are tested: routing, log
  // source, layout and mask, which should be those of the scans to come.
  // Errors: those of Scanner::Create().
  static absl::StatusOr<Profiler> Create(Engine engine,
                                         const ScannerOptions& options = {});

  Profiler(Profiler&&) noexcept;
  Profiler& operator=(Profiler&&) noexcept;
  ~Profiler();

  // Counts an event. Errors: those of Scanner::Scan(); it does not count then.
  // Cost: that of scanning, and as much again.
  absl::Status Observe(Event event);

  // The same for one JSON object. Errors: those of Scanner::ScanJson().
  absl::Status ObserveJson(std::string_view json);

  // Returns what was counted until now, whether or not the engine was built
  // with a profile itself. Cost: linear in the predicates of the engine.
  Profile MakeProfile() const;

  // By RuleId. Cost: linear in the rules.
  std::vector<RuleCost> Costs() const;

  // Events that were counted.
  std::uint64_t events() const;

 private:
  struct State;
  explicit Profiler(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_PROFILER_H_
