// Keywords that no rule is woken by wait: they are sought only in events that
// have woken a rule which asks for one of them.
// Source: docs/design/0014-keywords-that-wait.md.

#ifndef HYPERSIGMA_LIB_ENGINE_WAITING_KEYWORDS_H_
#define HYPERSIGMA_LIB_ENGINE_WAITING_KEYWORDS_H_

#include <cstdint>
#include <vector>

#include "lib/compile/plan.h"

namespace hypersigma::internal {

// The two halves of the keywords, each sought in a search of its own.
enum class KeywordHalf : std::uint8_t { kWakes, kWaits };

// Which keywords wait. Immutable.
class WaitingKeywords {
 public:
  // None waits.
  WaitingKeywords() = default;

  // Cost: linear in the plan.
  explicit WaitingKeywords(const Plan& plan);

  bool Contains(PredicateId predicate) const {
    return Index(predicate) < waits_.size() && waits_[Index(predicate)] != 0;
  }

  KeywordHalf HalfOf(PredicateId predicate) const {
    return Contains(predicate) ? KeywordHalf::kWaits : KeywordHalf::kWakes;
  }

 private:
  std::vector<char> waits_;  // by PredicateId; empty: none
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_WAITING_KEYWORDS_H_
