// Patterns that no rule is woken by wait: they are sought only in the values of
// events that have woken a rule which asks for them.
// Source: docs/design/0014-patterns-that-wait.md.

#ifndef HYPERSIGMA_LIB_ENGINE_WAITING_PATTERNS_H_
#define HYPERSIGMA_LIB_ENGINE_WAITING_PATTERNS_H_

#include <cstdint>
#include <vector>

#include "lib/compile/plan.h"

namespace hypersigma::internal {

// The two halves of a field's patterns, each sought in a search of its own.
enum class PatternHalf : std::uint8_t { kWakes, kWaits };

// Which predicates have patterns that wait. Immutable.
class WaitingPatterns {
 public:
  // None waits.
  WaitingPatterns() = default;

  // Cost: linear in the plan.
  explicit WaitingPatterns(const Plan& plan);

  bool Contains(PredicateId predicate) const {
    return Index(predicate) < waits_.size() && waits_[Index(predicate)] != 0;
  }

  PatternHalf HalfOf(PredicateId predicate) const {
    return Contains(predicate) ? PatternHalf::kWaits : PatternHalf::kWakes;
  }

 private:
  void AddField(const FieldPlan& plan, const std::vector<char>& wakes);

  std::vector<char> waits_;  // by PredicateId; empty: none
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_WAITING_PATTERNS_H_
