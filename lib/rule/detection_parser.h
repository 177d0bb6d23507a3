// Parses `detection`, and `filter`, which is built the same way: selections,
// their items, and the conditions over them.
// Source: Sigma rules specification, "Detection"; Sigma filters specification;
// design document "semantics", 2 and 8.1.

#ifndef HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_

#include <cstdint>
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
  SourceRange condition_range;  // of the value of `condition`
};

// Whose section it is. A filter has one condition, and `rules`, which is left
// to filter_parser.
enum class SectionKind : std::uint8_t { kDetection, kFilter };

// Parses the value of `detection` or `filter` and reports everything that is
// wrong with it; the result is meaningless after an error.
DetectionSection ParseDetectionSection(
    const YamlNode& section, const PlaceholderValues& placeholders,
    Reporter& reporter, SectionKind kind = SectionKind::kDetection);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_DETECTION_PARSER_H_
