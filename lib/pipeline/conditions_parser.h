// Parses the conditions of a pipeline item.

#ifndef HYPERSIGMA_LIB_PIPELINE_CONDITIONS_PARSER_H_
#define HYPERSIGMA_LIB_PIPELINE_CONDITIONS_PARSER_H_

#include "lib/pipeline/conditions.h"
#include "lib/pipeline/map_reader.h"

namespace hypersigma::internal {

// Read `rule_conditions`, `rule_cond_op`, `rule_cond_not` and `rule_cond_expr`
// of an item, and the same of `detection_item_` and `field_name_`. Report
// everything that is wrong; the result is meaningless after an error.
ConditionGroup<RuleCondition> ParseRuleConditions(MapReader& item);
ConditionGroup<ItemCondition> ParseItemConditions(MapReader& item);
ConditionGroup<FieldCondition> ParseFieldConditions(MapReader& item);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_CONDITIONS_PARSER_H_
