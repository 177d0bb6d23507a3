// How a value of a rule is named in explanations.
// Source: design document "catalog", "Indicators".

#ifndef HYPERSIGMA_LIB_COMPILE_INDICATOR_KIND_H_
#define HYPERSIGMA_LIB_COMPILE_INDICATOR_KIND_H_

#include "hypersigma/scanner.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

IndicatorKind IndicatorKindOf(const DetectionItem& item,
                              const RuleValue& value);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_INDICATOR_KIND_H_
