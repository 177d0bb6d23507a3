#include "tests/planted/loaded_library.h"

#include <dlfcn.h>

namespace hypersigma::planted {

std::string LoadedLibraryPath() {
  void* symbol = dlsym(RTLD_DEFAULT, "hs_version");
  Dl_info found;
  if (symbol == nullptr || dladdr(symbol, &found) == 0) return "";
  return found.dli_fname;
}

#if defined(__x86_64__)

bool CpuHasAvx2() { return __builtin_cpu_supports("avx2") != 0; }

std::string CpuFeatures() {
  std::string features;
  if (__builtin_cpu_supports("sse4.2")) features += "sse4.2 ";
  if (__builtin_cpu_supports("avx2")) features += "avx2 ";
  if (__builtin_cpu_supports("avx512bw")) features += "avx512bw ";
  if (__builtin_cpu_supports("avx512vbmi")) features += "avx512vbmi ";
  if (features.empty()) return "none";
  features.pop_back();
  return features;
}

#else

bool CpuHasAvx2() { return false; }
std::string CpuFeatures() { return "not those of x86"; }

#endif

}  // namespace hypersigma::planted
