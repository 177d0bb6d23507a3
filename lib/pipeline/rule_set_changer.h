// Applies pipelines to all rules of a set.

#ifndef HYPERSIGMA_LIB_PIPELINE_RULE_SET_CHANGER_H_
#define HYPERSIGMA_LIB_PIPELINE_RULE_SET_CHANGER_H_

#include <span>

#include "absl/status/status.h"
#include "lib/pipeline/pipeline_definition.h"
#include "lib/rule/rule_loader.h"

namespace hypersigma::internal {

// Applies `pipelines`, in this order, to each rule and then to each
// correlation. Rules that they refuse are taken out. Errors:
// kResourceExhausted without memory for regular expressions.
absl::Status ChangeRules(std::span<const PipelineDefinition* const> pipelines,
                         LoadedRules& loaded);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_RULE_SET_CHANGER_H_
