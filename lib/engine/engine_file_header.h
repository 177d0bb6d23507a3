// The beginning of an engine file: what it is, whether it is whole, and where
// its sections are. docs/engine_file.md has the format.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_HEADER_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_HEADER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace hypersigma::internal {

// Counts up with each change of what a file holds.
inline constexpr std::uint32_t kEngineFileFormat = 4;

// Whose file it is.
struct EngineFileOrigin {
  std::string hypersigma;  // version
  std::string library;     // that finds literals, with its version
  std::string unicode;     // version of the tables that fold text
  std::string cpu;         // features of the CPU of the self-test
  std::string rules_hash;  // of the caller, may be empty

  friend bool operator==(const EngineFileOrigin&,
                         const EngineFileOrigin&) = default;
};

// Returns the whole file: header, then `sections`.
std::string JoinEngineFile(const EngineFileOrigin& origin,
                           std::span<const std::string> sections);

struct EngineFileParts {
  EngineFileOrigin origin;
  std::vector<std::string_view> sections;  // borrow from the file
};

// Takes a file apart, every byte of it checked by sums. REQUIRES: `file` begins
// at a multiple of 16, and so does every section then. Errors: kDataLoss when
// it is damaged or no engine file; kFailedPrecondition when its format is
// another one. Cost: some 0.1 ns a byte.
absl::StatusOr<EngineFileParts> SplitEngineFile(std::string_view file);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_HEADER_H_
