// A pipeline as parsed. Plain data, immutable once parsed.

#ifndef HYPERSIGMA_LIB_PIPELINE_PIPELINE_DEFINITION_H_
#define HYPERSIGMA_LIB_PIPELINE_PIPELINE_DEFINITION_H_

#include <map>
#include <string>
#include <vector>

#include "lib/pipeline/conditions.h"
#include "lib/pipeline/transformation.h"
#include "lib/rule/placeholder.h"

namespace hypersigma::internal {

// One step: a transformation and when it is applied.
struct PipelineItem {
  std::string id;  // may be empty
  // For messages: "item 3 'id' (set_state)".
  std::string label;
  ConditionGroup<RuleCondition> rule_conditions;
  ConditionGroup<ItemCondition> item_conditions;
  ConditionGroup<FieldCondition> field_conditions;
  Transformation transformation;
};

struct PipelineDefinition {
  // What it was parsed from.
  std::string label;
  std::string text;
  std::string name;  // or the label of its text
  int priority = 0;
  // `vars`, from which placeholders take their values.
  PlaceholderValues vars;
  std::vector<PipelineItem> items;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_PIPELINE_DEFINITION_H_
