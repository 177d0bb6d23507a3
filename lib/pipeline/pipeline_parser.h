// Parses the file of a pipeline.
//
// First step: YAML -> PipelineDefinition, which rule_changer.h applies.
// Source: pySigma documentation, "Processing Pipelines".

#ifndef HYPERSIGMA_LIB_PIPELINE_PIPELINE_PARSER_H_
#define HYPERSIGMA_LIB_PIPELINE_PIPELINE_PARSER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/pipeline/pipeline_definition.h"

namespace hypersigma::internal {

// Parses `yaml`; `label` stands for the file. Errors: kInvalidArgument, whose
// message has every problem on a line of its own, as
// `file:line:column: message`. Cost: linear.
absl::StatusOr<PipelineDefinition> ParsePipeline(std::string_view yaml,
                                                 const std::string& label);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_PIPELINE_PARSER_H_
