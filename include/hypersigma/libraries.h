// Which libraries do the work in this process, on this CPU, and whether the one
// that finds literals can be trusted.
//
// For a program's version output and its warnings. Needs no rules.

#ifndef HYPERSIGMA_LIBRARIES_H_
#define HYPERSIGMA_LIBRARIES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/export.h"

namespace hypersigma {

struct LibraryVersion {
  std::string name;
  std::string version;
};

// Versions, as found at run time, of PCRE2, of its Unicode tables, of utf8proc,
// of its Unicode tables, and of simdjson with the CPU code that it chose.
HYPERSIGMA_EXPORT std::vector<LibraryVersion> LibraryVersions();

// The pattern library (libhs) in use.
struct PatternLibrary {
  // "Hyperscan" or "Vectorscan". Told from the version, since the libraries do
  // not say: Hyperscan ends at 5.4.2, and runs on x86 only.
  std::string name;
  std::string version;  // "5.4.0"
  // Vectorscan before 5.4.13, which loses matches of small sets of literals in
  // long texts.
  bool is_known_to_lose_matches = false;
  // What is done about it; empty for a library that is not known to.
  std::string mitigation;
  // Which code of the library this CPU gets, e.g. "avx2"; "baseline" if none of
  // those that it chooses from.
  std::string cpu_features;
  // Ok when the CPU can run the library; kFailedPrecondition otherwise.
  absl::Status platform;
  // Ok when no literal is lost of sets that are planted now, those among them
  // that Vectorscan 5.4.9 loses without a guard; kInternal otherwise.
  absl::Status self_test;
};

// Asks the library and tests it. Cost: some 5 ms.
HYPERSIGMA_EXPORT PatternLibrary PatternLibraryInUse();

}  // namespace hypersigma

#endif  // HYPERSIGMA_LIBRARIES_H_
