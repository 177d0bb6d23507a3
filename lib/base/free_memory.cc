#include "lib/base/free_memory.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace hypersigma::internal {

void ReturnFreeMemory() {
#if defined(__GLIBC__)
  ::malloc_trim(0);
#endif
}

}  // namespace hypersigma::internal
