// Rules that hold for the same events, or for a part of another's.
//
// Only what is proved is claimed. Candidates come from events that are made up
// for each rule: what does not hold for all of them is not implied.
// entailment.h proves the rest or gives up.

#ifndef HYPERSIGMA_LIB_CATALOG_RELATIONS_H_
#define HYPERSIGMA_LIB_CATALOG_RELATIONS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {

struct Relations {
  std::vector<std::vector<RuleId>> equal;  // groups of two or more, sorted
  std::vector<Implication> implied;        // not of equal rules, sorted
  std::vector<Implication> not_decided;    // sorted
  // Every rule was compared; else the budget ended before, or nobody asked.
  bool is_complete = false;
};

// REQUIRES: `plan` is of `rules`.
Relations FindRelations(const RuleSet& rules, const Plan& plan,
                        const CatalogOptions& options);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_RELATIONS_H_
