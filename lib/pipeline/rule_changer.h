// Applies the items of a pipeline to one rule.

#ifndef HYPERSIGMA_LIB_PIPELINE_RULE_CHANGER_H_
#define HYPERSIGMA_LIB_PIPELINE_RULE_CHANGER_H_

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"

namespace hypersigma::internal {

// Applies the items that are for the rule, in order, until one fails.
void ChangeRule(const PipelineDefinition& pipeline, RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_RULE_CHANGER_H_
