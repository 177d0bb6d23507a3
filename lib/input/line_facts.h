// What one pass over a JSON text tells before it is parsed.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
#define HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_

#include <cstddef>
#include <vector>

namespace hypersigma::internal {

struct LineFacts {
  bool is_ascii = true;
  // Every backslash begins an escape of one character that JSON has: there is
  // neither `\u` nor anything malformed.
  bool has_short_escapes_only = true;
  bool has_slash_escape = false;  // `\/`, which is `/` as well
};

// Looks at `size` bytes. Cost: 64 bytes a step.
LineFacts LookAtLine(const char* text, std::size_t size);

// The ways to do so that this CPU has, the best one first.
using LineLook = LineFacts (*)(const char* text, std::size_t size);
std::vector<LineLook> LineLooks();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_FACTS_H_
