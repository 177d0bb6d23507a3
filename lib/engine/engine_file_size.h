// How large a section of an engine file may be.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_SIZE_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_SIZE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace hypersigma::internal {

// FlatBuffers point 31 bits far and abort beyond.
inline constexpr std::size_t kMaxFileSectionBytes = std::size_t{2000} << 20;

// Errors: kResourceExhausted past the limit; `what` says in the plural or the
// singular, with its verb, what is too large: "the rules are".
inline absl::Status CheckFileSectionBytes(std::string_view what,
                                          std::size_t bytes) {
  if (bytes <= kMaxFileSectionBytes) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      std::string(what) +
      " too large for an engine file, expected at most 2,000 MiB");
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_SIZE_H_
