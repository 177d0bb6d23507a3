// A bound on work, counted in steps of some 10 ns.

#ifndef HYPERSIGMA_LIB_CATALOG_STEP_BUDGET_H_
#define HYPERSIGMA_LIB_CATALOG_STEP_BUDGET_H_

#include <cstddef>

namespace hypersigma::internal {

class StepBudget {
 public:
  explicit StepBudget(std::size_t steps) : left_(steps) {}

  // Returns false, and from then on, when there are not so many left.
  bool Take(std::size_t steps) {
    if (steps > left_) {
      left_ = 0;
      return false;
    }
    left_ -= steps;
    return true;
  }

  std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_STEP_BUDGET_H_
