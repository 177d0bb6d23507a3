// Which libhs this process runs, and on what CPU. A version number cannot tell
// Hyperscan from Vectorscan, the file that was loaded can.

#ifndef HYPERSIGMA_TESTS_PLANTED_LOADED_LIBRARY_H_
#define HYPERSIGMA_TESTS_PLANTED_LOADED_LIBRARY_H_

#include <string>

namespace hypersigma::planted {

// Path of the file that holds hs_version(), as the loader found it.
std::string LoadedLibraryPath();

bool CpuHasAvx2();

// "sse4.2 avx2": those of the CPU's features that libhs has code for.
std::string CpuFeatures();

}  // namespace hypersigma::planted

#endif  // HYPERSIGMA_TESTS_PLANTED_LOADED_LIBRARY_H_
