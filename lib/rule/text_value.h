// Values that are texts: one becomes patterns, modifier by modifier.
// Source: design document "semantics", 4 and 5.

#ifndef HYPERSIGMA_LIB_RULE_TEXT_VALUE_H_
#define HYPERSIGMA_LIB_RULE_TEXT_VALUE_H_

#include <vector>

#include "lib/rule/sigma_string.h"
#include "lib/rule/value_context.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Returns the patterns, linked by OR, that the string `value` stands for under
// the modifiers of the context, applied from left to right; each is the pattern
// of a whole field value. Nothing after an error, which is reported at `node`.
// REQUIRES: the chain asks for a text.
std::vector<SigmaString> MakeTextPatterns(const YamlNode& node,
                                          SigmaString value,
                                          const ValueContext& context);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_TEXT_VALUE_H_
