// Turns one YAML document into a rule, a filter or a correlation.
//
// Between yaml.h, which gives the tree, and rule_loader.h, which lets documents
// act on one another.

#ifndef HYPERSIGMA_LIB_RULE_RULE_PARSER_H_
#define HYPERSIGMA_LIB_RULE_RULE_PARSER_H_

#include <string>
#include <variant>

#include "hypersigma/rule_set.h"
#include "lib/base/source.h"
#include "lib/rule/ast.h"
#include "lib/rule/collection.h"
#include "lib/rule/correlation.h"
#include "lib/rule/filter.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

struct ParsedRule {
  Rule attributes;
  DetectionRule detection;
};

struct ParsedDocument {
  DocumentKind kind = DocumentKind::kRule;
  // Where they can be read, also of a document that will be refused.
  std::string title;
  std::string id;
  std::string name;
  // Of the id, or of the document where the id comes from another one.
  SourceRange id_range;
  // Nothing for a collection's own documents and where `reporter` got an error
  // before there was anything to parse; meaningless after any error.
  std::variant<std::monostate, ParsedRule, FilterRule, CorrelationRule> content;
};

// Parses the next document of a stream and reports all its problems but those
// that `document` carries already, and keeps. Its tree is used up.
ParsedDocument ParseRuleDocument(YamlDocument& document,
                                 const PlaceholderValues& placeholders,
                                 RuleCollection& collection,
                                 Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_PARSER_H_
