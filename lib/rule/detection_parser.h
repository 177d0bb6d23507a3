// Parses `detection`: selections, their items, and the conditions over them.
// Source: Sigma rules specification, "Detection"; design document "semantics",
// 2.

#ifndef HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_

#include <vector>

#include "lib/rule/ast.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// The parts of a DetectionRule that match.
struct DetectionSection {
  std::vector<Selection> selections;
  std::vector<Condition> conditions;
};

// Parses the value of `detection` and reports everything that is wrong with
// it; the result is meaningless after an error.
DetectionSection ParseDetectionSection(const YamlNode& detection,
                                       const PlaceholderValues& placeholders,
                                       Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_
