// Which detection items of a rule are at fault when engine and slow path differ
// about it.

#ifndef HYPERSIGMA_LIB_VERIFY_ITEM_DIFFERENCES_H_
#define HYPERSIGMA_LIB_VERIFY_ITEM_DIFFERENCES_H_

#include <span>
#include <vector>

#include "hypersigma/verifier.h"
#include "lib/engine/item_trace.h"
#include "lib/reference/evaluator.h"

namespace hypersigma::internal {

Truth ToTruth(reference::Truth truth);
Truth ToTruth(Verdict verdict);

// Returns every value of which the two differ, and every item of which they
// differ though they agree about its values. `traces` are the engine's.
std::vector<ItemDifference> ItemDifferences(
    const reference::ReferenceBody& rule, reference::ReferenceEvent& event,
    std::span<const SelectionTrace> traces);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_VERIFY_ITEM_DIFFERENCES_H_
