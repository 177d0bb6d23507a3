// Parses correlations. Source: Sigma correlation rules specification; design
// document "semantics", 9.

#ifndef HYPERSIGMA_LIB_RULE_CORRELATION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_CORRELATION_PARSER_H_

#include "lib/rule/correlation.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Parses a document that has the key `correlation`, and reports everything that
// is wrong with it; the result is meaningless after an error. The references
// are not looked up.
CorrelationRule ParseCorrelation(const YamlNode& root, Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CORRELATION_PARSER_H_
