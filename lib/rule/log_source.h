// Log sources of rules and of events, compared.

#ifndef HYPERSIGMA_LIB_RULE_LOG_SOURCE_H_
#define HYPERSIGMA_LIB_RULE_LOG_SOURCE_H_

#include "hypersigma/taxonomy.h"

namespace hypersigma::internal {

// Returns `source` with its letters A to Z in lower case.
LogSource FoldLogSource(const LogSource& source);

// Whether an event that belongs to `member` is tested against rules of `rule`:
// every attribute that the rule sets is the same. Both are folded. Source:
// design document "semantics", 1.8.
bool Admits(const LogSource& member, const LogSource& rule);

// Whether no attribute is set on both sides and differs, as for an event whose
// log source the caller states, perhaps partly.
bool Agrees(const LogSource& stated, const LogSource& rule);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_LOG_SOURCE_H_
