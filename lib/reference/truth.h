// What the reference evaluator says of an item, a condition or a rule: true,
// false, or unknown after a regular expression that was given up.
//
// Unknown spreads only where it could change the outcome: false and unknown is
// false, true or unknown is true.

#ifndef HYPERSIGMA_LIB_REFERENCE_TRUTH_H_
#define HYPERSIGMA_LIB_REFERENCE_TRUTH_H_

#include <algorithm>
#include <cstdint>

namespace hypersigma::reference {

// In this order AND is the least of its parts and OR the greatest.
enum class Truth : std::uint8_t { kFalse, kUnknown, kTrue };

inline Truth ToTruth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

inline Truth Not(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return ToTruth(truth == Truth::kFalse);
}

// Returns the AND of what `truth_of` says of each element.
template <typename Range, typename Function>
Truth AllOf(const Range& range, const Function& truth_of) {
  Truth result = Truth::kTrue;
  for (const auto& element : range) {
    result = std::min(result, truth_of(element));
    if (result == Truth::kFalse) break;
  }
  return result;
}

// Returns the OR of what `truth_of` says of each element.
template <typename Range, typename Function>
Truth AnyOf(const Range& range, const Function& truth_of) {
  Truth result = Truth::kFalse;
  for (const auto& element : range) {
    result = std::max(result, truth_of(element));
    if (result == Truth::kTrue) break;
  }
  return result;
}

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_TRUTH_H_
