// sweep/threads:N: the events as a file in memory, scanned by N threads, by the
// wall clock. "share" is of the ceiling on one core.

#include <memory>
#include <string>

#include "bench/support/file_pass.h"
#include "bench/support/lazy.h"
#include "bench/support/registration.h"
#include "bench/sweeps/sweep.h"

namespace hypersigma::bench {

void RegisterThreadSweep(const SweepContext& context) {
  const auto file =
      std::make_shared<Lazy<std::unique_ptr<EventFile>>>([context] {
        return std::make_unique<EventFile>(context.workload.events);
      });
  for (const int threads : {1, 2, 4, 8, 16}) {
    Register("sweep/threads:" + std::to_string(threads), [file, context,
                                                          threads](
                                                             auto& state) {
      MeasureFile(state, context.workload.events, context.engine.Get(),
                  *file->Get(), threads);
    })->UseRealTime();
  }
}

}  // namespace hypersigma::bench
