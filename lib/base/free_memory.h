// What malloc keeps of memory that is free.

#ifndef HYPERSIGMA_LIB_BASE_FREE_MEMORY_H_
#define HYPERSIGMA_LIB_BASE_FREE_MEMORY_H_

namespace hypersigma::internal {

// Gives it back to the system, where malloc knows how to. For after work that
// took much and leaves little. Thread safe. Cost: a pass over the heap.
void ReturnFreeMemory();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_FREE_MEMORY_H_
