#include "bench/support/memory.h"

#include <malloc.h>

#include <fstream>
#include <string>
#include <string_view>

namespace hypersigma::bench {
namespace {

// A line of /proc/self/status that counts KiB, as MiB; 0 if there is none.
double StatusMib(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name)) {
      return std::stod(line.substr(name.size())) / 1024;
    }
  }
  return 0;
}

}  // namespace

void ResetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

double PeakMib() { return StatusMib("VmHWM:"); }
double ResidentMib() { return StatusMib("VmRSS:"); }

}  // namespace hypersigma::bench
