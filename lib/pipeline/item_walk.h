// Walks the detection items of a rule and lets each be replaced.

#ifndef HYPERSIGMA_LIB_PIPELINE_ITEM_WALK_H_
#define HYPERSIGMA_LIB_PIPELINE_ITEM_WALK_H_

#include <functional>

#include "lib/pipeline/rule_run.h"
#include "lib/pipeline/work_rule.h"

namespace hypersigma::internal {

// Calls `change` for each item, of filters too, in the order of the rule, until
// the run has failed. What it makes of an item is not looked at again; a group
// of items is put into a group around it of the same kind, so that many
// replacements do not nest.
void ForEachItem(RuleRun& run,
                 const std::function<void(WorkDetection&)>& change);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_ITEM_WALK_H_
