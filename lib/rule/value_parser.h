// Turns YAML scalars into the values of a detection item, checked against its
// modifiers. Source: design document "semantics", 2 to 6.

#ifndef HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_
#define HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_

#include "lib/rule/ast.h"
#include "lib/rule/value_context.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Parses `node`, any YAML node; the value is meaningless after an error.
// REQUIRES: the chain is valid.
RuleValue ParseRuleValue(const YamlNode& node, const ValueContext& context);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_
