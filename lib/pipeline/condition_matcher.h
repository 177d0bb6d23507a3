// Whether the conditions of a pipeline item hold.

#ifndef HYPERSIGMA_LIB_PIPELINE_CONDITION_MATCHER_H_
#define HYPERSIGMA_LIB_PIPELINE_CONDITION_MATCHER_H_

#include <string>

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"
#include "lib/pipeline/work_rule.h"

namespace hypersigma::internal {

// Whether the item is for the rule at all.
bool RuleMatches(const PipelineItem& item, RuleRun& run);

// Whether its conditions on detection items hold.
bool ItemConditionsHold(const PipelineItem& item,
                        const WorkDetection& detection, RuleRun& run);

// Whether its conditions on field names hold for `name`, null for a keyword;
// `applied`: what was done to the name.
bool NameMatches(const PipelineItem& item, const std::string* name,
                 const AppliedIds& applied, RuleRun& run);

// The same of a name without a detection item of its own: in a `fieldref` value
// or in a correlation.
bool OtherNameMatches(const PipelineItem& item, const std::string& name,
                      RuleRun& run);

// Whether the item is for the detection item: conditions on detection items
// hold, and each on field names for its field or for one in its `fieldref`
// values.
bool ItemMatches(const PipelineItem& item, const WorkDetection& detection,
                 RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_CONDITION_MATCHER_H_
