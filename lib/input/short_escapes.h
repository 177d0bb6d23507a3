// Strings of JSON whose escapes are known to be well formed and of one
// character, as LineFacts tells of a line: nearly all, and most long ones.

#ifndef HYPERSIGMA_LIB_INPUT_SHORT_ESCAPES_H_
#define HYPERSIGMA_LIB_INPUT_SHORT_ESCAPES_H_

#include <string_view>
#include <vector>

#include "lib/input/json_text.h"

namespace hypersigma::internal {

// As Unescape(), where `raw` has no other escapes. REQUIRES: what Unescape()
// does. Cost: 64 bytes a step where the CPU has AVX-512 with VBMI2.
UnescapedText UnescapeShort(std::string_view raw, char* out);

// The ways to do so that this CPU has, the best one first.
using ShortUnescape = UnescapedText (*)(std::string_view raw, char* out);
std::vector<ShortUnescape> ShortUnescapes();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_SHORT_ESCAPES_H_
