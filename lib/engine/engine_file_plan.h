// The section of an engine file that holds the plan.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_PLAN_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_PLAN_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {

// Writes what CompilePlan() made: of `plan` the first `field_count` fields,
// without those that routing added. Errors: kResourceExhausted past 2,000 MiB.
absl::StatusOr<std::string> WritePlan(const Plan& plan,
                                      std::size_t field_count);

// Returns the plan again, all of it checked: ids are in range, programs only
// jump forward, equalities are sorted, enumerators exist. Writing it again
// gives the same bytes. REQUIRES: `bytes` begin at a multiple of 16. Errors:
// kDataLoss. Cost: linear.
absl::StatusOr<Plan> ReadPlan(std::string_view bytes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_PLAN_H_
