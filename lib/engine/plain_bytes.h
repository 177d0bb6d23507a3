// Where a JSON string that a person reads must differ from its text.

#ifndef HYPERSIGMA_LIB_ENGINE_PLAIN_BYTES_H_
#define HYPERSIGMA_LIB_ENGINE_PLAIN_BYTES_H_

#include <cstddef>
#include <string_view>

namespace hypersigma::internal {

// Returns the position, `from` or behind it, of the first byte that is not
// plain, or text.size(). Plain is what stands in a JSON string as it is and is
// shown by every screen: ASCII but control characters, quotes and backslashes.
// Cost: 16 bytes a few cycles. REQUIRES: from <= text.size().
std::size_t SkipPlain(std::string_view text, std::size_t from);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_PLAIN_BYTES_H_
