// Parses filters. Source: Sigma filters specification; design document
// "semantics", 8.1 and 8.2.

#ifndef HYPERSIGMA_LIB_RULE_FILTER_PARSER_H_
#define HYPERSIGMA_LIB_RULE_FILTER_PARSER_H_

#include "lib/rule/filter.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Parses a document that has the key `filter`, and reports everything that is
// wrong with it; the result is meaningless after an error. The references are
// not looked up.
FilterRule ParseFilter(const YamlNode& root,
                       const PlaceholderValues& placeholders,
                       Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_FILTER_PARSER_H_
