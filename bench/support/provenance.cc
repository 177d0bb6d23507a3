#include "bench/support/provenance.h"

#include <benchmark/benchmark.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <fstream>

#include "bench/support/commit.h"
#include "hypersigma/engine.h"
#include "lib/base/checksum.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::bench {
namespace {

std::string CpuModel() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

}  // namespace

void AddProvenance(const Workload& workload) {
  const auto add = [](const char* key, const std::string& value) {
    benchmark::AddCustomContext(key, value);
  };
  add("cpu", CpuModel());
  add("pattern_library", PatternLibraryVersion());
  add("library_version", HYPERSIGMA_VERSION);
  add("commit", kCommit);
  add("rule_set_hash", HashOfRules(workload.rules));
  add("rules", std::to_string(workload.rules.rules().size()));
  add("events", std::to_string(workload.events.lines().size()));
  add("events_bytes", std::to_string(workload.events.byte_count()));
  add("build_type", HYPERSIGMA_BUILD_TYPE);
}

std::string HashOfRules(const RuleSet& rules) {
  std::uint64_t hash = 0;
  for (const internal::RuleText& text : rules.texts()) {
    hash = internal::Checksum(text.yaml, hash);
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016" PRIx64, hash);
  return digits;
}

}  // namespace hypersigma::bench
