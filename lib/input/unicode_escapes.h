// A JSON text without its `\u` escapes: what they stand for is written where
// they were, so that the text can be read and searched as one that never had
// any.

#ifndef HYPERSIGMA_LIB_INPUT_UNICODE_ESCAPES_H_
#define HYPERSIGMA_LIB_INPUT_UNICODE_ESCAPES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hypersigma::internal {

struct ResolvedText {
  std::size_t byte_count = 0;
  // Every character that was written is.
  bool is_ascii = true;
};

// Copies `text` to `out`, each `\u` escape replaced by its character, or by the
// escape of one character if JSON demands one; moves `tokens`, ascending
// positions in `text`, to where the same bytes are. Never writes more than the
// text has. nullopt: an escape is malformed, a lone surrogate, a control
// character that can only be written so, or is not in a string; `tokens` and
// what was written are unspecified then. REQUIRES: every other backslash begins
// an escape; `tokens` are those that LineLook finds; kTextSlack + 1 readable
// bytes behind the text, room for it at `out`, and kTextSlack bytes behind
// that. Cost: 64 bytes a step, some 5 ns for an escape.
std::optional<ResolvedText> ResolveUnicodeEscapes(
    std::string_view text, std::span<std::uint32_t> tokens, char* out);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_UNICODE_ESCAPES_H_
