// Passes over a file of events, which several threads may read.

#ifndef HYPERSIGMA_BENCH_SUPPORT_FILE_PASS_H_
#define HYPERSIGMA_BENCH_SUPPORT_FILE_PASS_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>

#include "bench/support/events.h"
#include "hypersigma/engine.h"

namespace hypersigma::bench {

// Events as an uncompressed file in memory, so that neither a disk nor a
// decompressor is timed. Lives as long as the object.
class EventFile {
 public:
  // Ends the program if there is no room for it.
  explicit EventFile(const Events& events);
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;
  ~EventFile();

  const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

// Scans the file to NDJSON that is dropped; returns how many rules match, event
// by event.
std::size_t FilePass(const Engine& engine, const EventFile& file, int threads);

// Times such passes over `events`, which are those of `file`, by the wall
// clock. "share" is of the ceiling on one core.
void MeasureFile(benchmark::State& state, const Events& events,
                 const Engine& engine, const EventFile& file, int threads);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_FILE_PASS_H_
