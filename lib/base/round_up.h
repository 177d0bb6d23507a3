#ifndef HYPERSIGMA_LIB_BASE_ROUND_UP_H_
#define HYPERSIGMA_LIB_BASE_ROUND_UP_H_

#include <cstddef>

namespace hypersigma::internal {

// The least multiple of `to` that is not less than `bytes`.
constexpr std::size_t RoundUp(std::size_t bytes, std::size_t to) {
  return (bytes + to - 1) / to * to;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_ROUND_UP_H_
