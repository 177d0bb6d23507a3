// Replacement texts as Python's re.sub() takes them.

#ifndef HYPERSIGMA_LIB_PIPELINE_REPLACEMENT_H_
#define HYPERSIGMA_LIB_PIPELINE_REPLACEMENT_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lib/base/regex.h"
#include "lib/pipeline/transformation.h"

namespace hypersigma::internal {

// Splits `text` into texts and groups of `pattern`: `\1`, `\g<1>`, `\g<name>`,
// `\n` and its like, octal `\0` and `\123`; a backslash before anything but a
// letter or digit stands for itself, or for one of two. Returns what is wrong
// otherwise: a group that the pattern does not have, another letter.
std::variant<std::vector<ReplacementPart>, std::string> ParseReplacement(
    std::string_view text, const Regex& pattern);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_REPLACEMENT_H_
