// Turns YAML scalars into the values of a detection item, checked against its
// modifiers. Source: design document "semantics", 2 to 6.

#ifndef HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_
#define HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_

#include <span>
#include <vector>

#include "lib/rule/ast.h"
#include "lib/rule/modifier_chain.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// What the values of an item depend on. Borrows all of it.
struct ValueContext {
  const ModifierChain& chain;
  bool is_keyword = false;
  const PlaceholderValues& placeholders;
  Reporter& reporter;
};

// Parses `node`, any YAML node; the value is meaningless after an error.
// REQUIRES: the chain is valid.
RuleValue ParseRuleValue(const YamlNode& node, const ValueContext& context);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_VALUE_PARSER_H_
