// What one rule makes of an event: its plan's tree with truths and places.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_PARTS_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_PARTS_H_

#include "hypersigma/explanation.h"
#include "lib/catalog/explain_fields.h"
#include "lib/catalog/explain_predicates.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {

// Fills everything but RuleExplanation::is_admitted. Values that the
// explanation speaks of are added to `fields`. The result is meaningless unless
// judge.status() is ok.
RuleExplanation ExplainRule(const Plan& plan, RuleId rule,
                            PredicateJudge& judge, FieldList& fields);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_PARTS_H_
