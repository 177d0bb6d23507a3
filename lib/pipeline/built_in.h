// The pipelines of data/pipelines, within the library.

#ifndef HYPERSIGMA_LIB_PIPELINE_BUILT_IN_H_
#define HYPERSIGMA_LIB_PIPELINE_BUILT_IN_H_

#include <optional>
#include <span>
#include <string_view>

namespace hypersigma::internal {

// Sorted.
std::span<const std::string_view> BuiltInPipelineNames();

// Returns the YAML text of the pipeline; nullopt for other names.
std::optional<std::string_view> BuiltInPipelineYaml(std::string_view name);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_BUILT_IN_H_
