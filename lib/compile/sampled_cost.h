// What waking a rule by a predicate costs, from a sample of events.
//
// Beside EstimateFiringCost(), which it takes where the sample says nothing.
// Source: design document "architecture", decision 4; docs/design/0009.

#ifndef HYPERSIGMA_LIB_COMPILE_SAMPLED_COST_H_
#define HYPERSIGMA_LIB_COMPILE_SAMPLED_COST_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "hypersigma/taxonomy.h"
#include "lib/compile/firing_sample.h"
#include "lib/compile/plan.h"
#include "lib/compile/witness.h"

namespace hypersigma::internal {

// Borrows the plan, whose predicates must be final, and the sample.
class SampledCost {
 public:
  // Cost: a look-up for each predicate.
  SampledCost(const Plan& plan, const FiringSample& sample);

  // Returns costs for the rules of a log source, valid as long as this object.
  FiringCost For(const LogSource& rule_source);

 private:
  // The events on which rules of one log source are tested.
  struct Admitted {
    std::vector<char> slices;
    double events = 0;
  };
  const Admitted& Find(const LogSource& rule_source);
  std::optional<double> CostOf(PredicateId predicate,
                               const Admitted& admitted) const;

  const Plan& plan_;
  const FiringSample& sample_;
  double events_ = 0;  // of all slices
  // By PredicateId; null where it was not counted.
  std::vector<const std::vector<SliceCount>*> fired_;
  // By product, category and service, folded.
  std::map<std::tuple<std::string, std::string, std::string>, Admitted>
      admitted_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_SAMPLED_COST_H_
