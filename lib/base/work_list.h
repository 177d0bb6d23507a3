// Pieces of work that threads share.

#ifndef HYPERSIGMA_LIB_BASE_WORK_LIST_H_
#define HYPERSIGMA_LIB_BASE_WORK_LIST_H_

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace hypersigma::internal {

// Pieces that do not depend on each other. One thread fills it and runs it.
class WorkList {
 public:
  // `weight`: about what it costs, compared to the others.
  void Add(std::size_t weight, std::function<absl::Status()> work) {
    pieces_.push_back({weight, std::move(work), absl::OkStatus()});
  }

  // Does all of it, the heaviest first, so that no thread is left with that at
  // the end; the calling thread is one of `thread_count`. Fewer work where the
  // system has no more. Returns the error of the piece added first, if any.
  absl::Status Run(int thread_count);

 private:
  struct Piece {
    std::size_t weight = 0;
    std::function<absl::Status()> work;
    absl::Status status;
  };

  std::vector<Piece> pieces_;
};

// Returns `wanted`, or one per core for 0 and less.
int ThreadCount(int wanted);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_WORK_LIST_H_
