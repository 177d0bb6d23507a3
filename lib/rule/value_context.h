// What the values of a detection item depend on, and what they use up.

#ifndef HYPERSIGMA_LIB_RULE_VALUE_CONTEXT_H_
#define HYPERSIGMA_LIB_RULE_VALUE_CONTEXT_H_

#include <cstddef>

#include "lib/base/limits.h"
#include "lib/rule/modifier_chain.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"

namespace hypersigma::internal {

// What is left for the patterns of one rule. Modifiers multiply values; without
// a common limit a small file could ask for gigabytes.
struct PatternBudget {
  std::size_t patterns = kMaxRulePatterns;
  std::size_t bytes = kMaxRulePatternBytes;
  // The rule is refused already; said once.
  bool is_exceeded = false;
};

// Borrows all of it.
struct ValueContext {
  const ModifierChain& chain;
  bool is_keyword = false;
  const PlaceholderValues& placeholders;
  PatternBudget& budget;
  Reporter& reporter;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_VALUE_CONTEXT_H_
