// Changes the field names of a rule.

#ifndef HYPERSIGMA_LIB_PIPELINE_FIELD_CHANGER_H_
#define HYPERSIGMA_LIB_PIPELINE_FIELD_CHANGER_H_

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"

namespace hypersigma::internal {

// Gives fields their new names, in items, in the values of `fieldref`, and in
// correlations. An item whose field gets several names holds where it holds
// under any of them: several items linked by OR, and by AND if they are
// negated. A correlation's alias and the field that it counts cannot have
// several: the correlation is refused.
void ChangeFields(const MapFieldNames& map, const PipelineItem& item,
                  RuleRun& run);
void ChangeFields(const MapFieldPrefixes& map, const PipelineItem& item,
                  RuleRun& run);
void ChangeFields(const ExtendFieldNames& extend, const PipelineItem& item,
                  RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_FIELD_CHANGER_H_
