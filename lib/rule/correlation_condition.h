// The condition of a correlation: thresholds, or an expression over rules.
// Source: Sigma correlation rules specification; design document "semantics",
// 9.3 and 9.8.

#ifndef HYPERSIGMA_LIB_RULE_CORRELATION_CONDITION_H_
#define HYPERSIGMA_LIB_RULE_CORRELATION_CONDITION_H_

#include "lib/rule/correlation.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Parses `condition` into thresholds, fields, percentile, or expression; the
// rules that only an expression names are added to `correlation.rules`. Null:
// there is no condition. Reports everything that is wrong with it or does not
// fit the type. REQUIRES: range, type and the listed rules are set.
void ParseCorrelationCondition(const YamlNode* condition,
                               CorrelationRule& correlation,
                               Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CORRELATION_CONDITION_H_
