// Adds a selection to a rule, and to each of its conditions.

#ifndef HYPERSIGMA_LIB_PIPELINE_CONDITION_ADDER_H_
#define HYPERSIGMA_LIB_PIPELINE_CONDITION_ADDER_H_

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"

namespace hypersigma::internal {

// Every condition C of the rule becomes `selection and (C)`, or
// `not selection and (C)`. No quantifier of the rule reaches the selection,
// whatever its name. Does nothing to correlations.
void AddSelection(const AddCondition& add, const PipelineItem& item,
                  RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_CONDITION_ADDER_H_
