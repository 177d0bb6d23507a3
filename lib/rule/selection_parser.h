// Parses the body of one selection: maps, lists, items and keywords.
// Source: Sigma rules specification, "Detection"; design document "semantics",
// 2.

#ifndef HYPERSIGMA_LIB_RULE_SELECTION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_SELECTION_PARSER_H_

#include "lib/rule/ast.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"
#include "lib/rule/value_context.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Parses `body`, any YAML node, and reports everything that is wrong with it;
// the result is meaningless after an error. Takes what its patterns need from
// `budget`.
Detection ParseSelectionBody(const YamlNode& body,
                             const PlaceholderValues& placeholders,
                             PatternBudget& budget, Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_SELECTION_PARSER_H_
