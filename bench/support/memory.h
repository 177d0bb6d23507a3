// Memory of this process.

#ifndef HYPERSIGMA_BENCH_SUPPORT_MEMORY_H_
#define HYPERSIGMA_BENCH_SUPPORT_MEMORY_H_

namespace hypersigma::bench {

// What is free goes back to the system, and the peak counts from now on, where
// the system allows that.
void ResetPeak();

// The most that was resident since ResetPeak(), and what is now.
double PeakMib();
double ResidentMib();

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_MEMORY_H_
