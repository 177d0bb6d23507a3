// Wildcard patterns against whole texts.
// Source: design document "semantics", 4.2 and 4.3.

#ifndef HYPERSIGMA_LIB_ENGINE_GLOB_H_
#define HYPERSIGMA_LIB_ENGINE_GLOB_H_

#include <optional>
#include <span>
#include <string_view>

#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// Returns whether `pattern` matches the whole of `text`, byte for byte; for
// caseless matching both are folded before. An invalid byte of `text` counts as
// one character that equals nothing. Nullopt when that would take more than
// kMaxGlobSteps: a text and a run of parts between two `*` that almost match at
// every place. Cost: else linear in `text` for each run; no allocation.
std::optional<bool> GlobMatches(std::span<const PatternPart> pattern,
                                std::string_view text);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_GLOB_H_
