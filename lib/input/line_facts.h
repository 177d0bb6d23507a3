// What one pass over a JSON text tells before it is read: its escapes, and
// where its tokens begin.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
#define HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hypersigma::internal {

struct LineFacts {
  bool is_ascii = true;
  // Every backslash begins an escape of one character that JSON has: there is
  // neither `\u` nor anything malformed.
  bool has_short_escapes_only = true;
  // The same, but that there may be `\u`, of which nothing else is known.
  bool has_json_escapes_only = true;
  bool has_slash_escape = false;  // `\/`, which is `/` as well
  // The rest is told by looks that find tokens.
  bool has_raw_control = false;  // a byte below 0x20 inside a string
  bool is_closed = true;         // every string ends
  std::size_t token_count = 0;
};

// A way to look at a text. Cost: 64 bytes a step.
struct LineLook {
  // Beyond the tokens of a text, how many may be written.
  static constexpr std::size_t kTokenSlack = 64;

  // Whether it fills `tokens`. A token is a bracket, colon or comma outside
  // strings, or the first byte of anything else but blanks; it begins there
  // even if it is malformed.
  bool finds_tokens;
  // Looks at `size` bytes, less than 4 GiB. REQUIRES: room for `size` +
  // kTokenSlack positions at `tokens`, if it finds them.
  LineFacts (*look)(const char* text, std::size_t size, std::uint32_t* tokens);
};

// Those that this CPU has, the best one first.
std::vector<LineLook> LineLooks();
LineLook BestLineLook();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
