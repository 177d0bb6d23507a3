// Changes the values of a rule's detection items.
//
// The modifiers are applied already: a value is the pattern of a whole field
// value, wildcards of `contains` and its like included. What a value stands for
// in several forms (windash, base64offset, placeholders) is changed in each.

#ifndef HYPERSIGMA_LIB_PIPELINE_VALUE_CHANGER_H_
#define HYPERSIGMA_LIB_PIPELINE_VALUE_CHANGER_H_

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"

namespace hypersigma::internal {

// Texts and numbers; a number becomes the text of its digits.
void ChangeValues(const ReplaceString& replace, const PipelineItem& item,
                  RuleRun& run);
// Texts that are a key of the map, as a whole.
void ChangeValues(const MapString& map, const PipelineItem& item, RuleRun& run);
// All values, whatever they are; the item then has no modifiers.
void ChangeValues(const SetValue& set, const PipelineItem& item, RuleRun& run);
// Numbers, or texts; a text that is no number refuses the rule.
void ChangeValues(const ConvertType& convert, const PipelineItem& item,
                  RuleRun& run);
// Texts.
void ChangeValues(const ChangeCase& change, const PipelineItem& item,
                  RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_VALUE_CHANGER_H_
