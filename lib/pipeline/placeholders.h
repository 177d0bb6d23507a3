// Gives placeholders the values that pipelines have for them.
//
// The loader replaces placeholders while it applies modifiers, in the order of
// the modifiers. So the rules are loaded again, with more values.

#ifndef HYPERSIGMA_LIB_PIPELINE_PLACEHOLDERS_H_
#define HYPERSIGMA_LIB_PIPELINE_PLACEHOLDERS_H_

#include <span>

#include "absl/status/statusor.h"
#include "hypersigma/rule_set.h"
#include "lib/pipeline/pipeline_definition.h"

namespace hypersigma::internal {

// Returns `rules` with the placeholders that had no values replaced, as the
// items of `pipelines` say, in order: the first item that is for a placeholder
// decides. `value_placeholders` takes the values from the variables of all
// pipelines, of which the later ones win; `wildcard_placeholders` gives any run
// of characters. Without such items, `rules` itself. Errors:
// kFailedPrecondition when pipelines were applied to `rules` already, which a
// second loading would undo.
absl::StatusOr<RuleSet> ReplacePlaceholdersOf(
    const RuleSet& rules, std::span<const PipelineDefinition* const> pipelines);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_PLACEHOLDERS_H_
