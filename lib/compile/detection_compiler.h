// Selections of the AST -> their predicates.
//
// Applies modifiers to values, left to right, and decides which predicates each
// value asks. Source: design document "semantics", 2, 4.6, 5 and 6.

#ifndef HYPERSIGMA_LIB_COMPILE_DETECTION_COMPILER_H_
#define HYPERSIGMA_LIB_COMPILE_DETECTION_COMPILER_H_

#include "lib/base/field_table.h"
#include "lib/compile/plan.h"
#include "lib/compile/predicate_table.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Interns what `detection` needs in both tables.
DetectionPlan CompileDetection(const Detection& detection, FieldTable& fields,
                               PredicateTable& predicates);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_DETECTION_COMPILER_H_
