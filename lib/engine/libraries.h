// What is known of versions of the pattern library.

#ifndef HYPERSIGMA_LIB_ENGINE_LIBRARIES_H_
#define HYPERSIGMA_LIB_ENGINE_LIBRARIES_H_

#include <string_view>

namespace hypersigma::internal {

// Returns "Hyperscan" or "Vectorscan" for a version of libhs.
std::string_view PatternLibraryName(std::string_view version, bool is_x86);

// Returns whether databases of a version of libhs need a guard literal: those
// of Vectorscan do. A guard of one byte has a search look at each byte by
// itself, where it would look at every other one.
bool NeedsGuard(std::string_view version);

// Returns whether this version was seen to lose matches.
bool IsKnownToLoseMatches(std::string_view name, std::string_view version);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_LIBRARIES_H_
