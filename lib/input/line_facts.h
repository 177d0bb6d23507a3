// What one pass over a JSON text tells before it is parsed.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
#define HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_

#include <cstddef>

namespace hypersigma::internal {

struct LineFacts {
  bool is_ascii = true;
  // Every backslash begins an escape of one character that JSON has: there is
  // neither `\u` nor anything malformed.
  bool has_short_escapes_only = true;
  bool has_slash_escape = false;  // `\/`, which is `/` as well
};

// Looks at `size` bytes. REQUIRES: kTextSlack readable bytes behind them. Cost:
// 64 bytes a step, and one for each escape.
LineFacts LookAtLine(const char* text, std::size_t size);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
