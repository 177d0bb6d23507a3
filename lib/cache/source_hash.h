// What tells the engines of different rules and options apart.

#ifndef HYPERSIGMA_LIB_CACHE_SOURCE_HASH_H_
#define HYPERSIGMA_LIB_CACHE_SOURCE_HASH_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "hypersigma/engine_cache.h"
#include "lib/rule/rule_files.h"

namespace hypersigma::internal {

// Returns 32 hexadecimal digits for `files`, which are those of source.paths,
// and everything else in `source`. Other texts give others but for one in
// 2^128; it does not withstand someone who chooses them. Errors:
// kResourceExhausted for a taxonomy past a limit.
absl::StatusOr<std::string> HashOf(std::span<const RuleFileText> files,
                                   const EngineSource& source);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CACHE_SOURCE_HASH_H_
