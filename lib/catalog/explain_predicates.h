// Decides predicates for one event, value by value, and tells which value made
// them true, and where in it.
//
// Shares with the engine how values are read, folded and confirmed; instead of
// the pattern library it compares each value with each operand.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_PREDICATES_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_PREDICATES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/explanation.h"
#include "hypersigma/truth.h"
#include "lib/compile/predicate.h"
#include "lib/engine/confirm.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {

struct PredicateFinding {
  Truth truth = Truth::kFalse;
  // Of kTrue: the first value that makes it so, and where in it; kNoValue where
  // the field is missing. Positions are those of EventValues.
  std::uint32_t value = kNoValue;
  std::optional<ByteSpan> span;
  std::uint32_t other = kNoValue;  // kFieldRef alone
};

// Borrows the engine; not thread safe.
class PredicateJudge {
 public:
  static absl::StatusOr<PredicateJudge> Create(const EngineState& engine);

  // Forgets the event before. `values` must outlive the calls of Judge().
  void Begin(const EventValues& values);

  // Returns what is true of the predicate; each is evaluated once. Valid until
  // Begin(). Past kMaxExplainBytes all are undecided, see status().
  const PredicateFinding& Judge(PredicateId id);

  // kResourceExhausted once the event and what is asked of it are too much.
  const absl::Status& status() const { return status_; }

 private:
  PredicateJudge(const EngineState& engine, ConfirmScratch scratch)
      : engine_(&engine),
        single_(engine.plan().fields.size()),
        scratch_(std::move(scratch)) {}

  PredicateFinding Find(PredicateId id);
  PredicateFinding FindFieldRef(PredicateId id);
  // Whether the value at `position` makes the predicate true, and where.
  PredicateFinding FindInValue(PredicateId id, std::uint32_t position);
  bool EqualsScalar(const Predicate& predicate, std::uint32_t position);
  PredicateFinding Confirm(PredicateId id, std::uint32_t position);
  bool IsTriggered(PredicateId id);
  std::string_view TextOf(const Predicate& predicate, std::uint32_t position);
  bool Spend(std::size_t bytes);

  const EngineState* engine_;
  const EventValues* values_ = nullptr;
  EventValues single_;  // the value at hand alone
  ConfirmScratch scratch_;
  absl::node_hash_map<PredicateId, PredicateFinding> findings_;
  absl::node_hash_map<std::uint32_t, std::string> folded_;  // by position
  std::size_t bytes_left_ = 0;
  absl::Status status_;
};

// What the members of IndicatorHit say of `predicate`.
std::string PatternText(const Predicate& predicate);
bool HasWildcards(const Predicate& predicate);
bool StandsAtStart(const Predicate& predicate);
bool StandsAtEnd(const Predicate& predicate);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_PREDICATES_H_
