// An engine as bytes, and again as an engine. docs/engine_file.md has the
// format, and says when a file is refused.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "lib/engine/engine_file_header.h"
#include "lib/engine/engine_state.h"

namespace hypersigma::internal {

// The origin of files that this process writes.
EngineFileOrigin OriginOfThisProcess(std::string_view rules_hash);

// Errors: kResourceExhausted past a limit; kInternal from libhs.
absl::StatusOr<std::string> WriteEngineFile(const EngineState& state,
                                            std::string_view rules_hash);

// REQUIRES: `file` begins at a multiple of 16; it may go afterwards. Errors:
// those of Engine::Load(), but for reading.
absl::StatusOr<std::shared_ptr<const EngineState>> ReadEngineFile(
    std::string_view file, const EngineLoadOptions& options);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_H_
