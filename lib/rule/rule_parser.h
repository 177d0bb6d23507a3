// Turns one YAML document into a rule.
//
// Between yaml.h, which gives the tree, and rule_set.h, which keeps the rules.

#ifndef HYPERSIGMA_LIB_RULE_RULE_PARSER_H_
#define HYPERSIGMA_LIB_RULE_RULE_PARSER_H_

#include <optional>
#include <string>
#include <vector>

#include "hypersigma/diagnostic.h"
#include "hypersigma/rule_set.h"
#include "lib/base/source.h"
#include "lib/rule/ast.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

struct ParsedRule {
  Rule attributes;
  DetectionRule detection;
};

struct ParsedDocument {
  // Where they can be read, also of a refused document.
  std::string title;
  std::string id;
  // Nullopt if there is a kError among the diagnostics.
  std::optional<ParsedRule> rule;
  // All problems of the document, in the order of their places.
  std::vector<Diagnostic> diagnostics;
};

// Parses `document`. Under strict loading every kStrictWarning becomes a
// kError.
ParsedDocument ParseRuleDocument(const Source& source, YamlDocument document,
                                 const RuleSetOptions& options);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_PARSER_H_
