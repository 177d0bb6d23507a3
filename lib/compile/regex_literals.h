// Literals that every match of a regular expression contains.
//
// The pattern sets hand them to libhs as triggers: only a value that contains
// one of them is given to PCRE2. The parser here knows the common part of
// PCRE2's syntax; for the rest it proves nothing, which costs speed, never a
// match.

#ifndef HYPERSIGMA_LIB_COMPILE_REGEX_LITERALS_H_
#define HYPERSIGMA_LIB_COMPILE_REGEX_LITERALS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/regex.h"

namespace hypersigma::internal {

// Shorter literals stand in too many values to be worth a trigger.
inline constexpr std::size_t kMinRegexLiteralBytes = 3;

// Returns literals such that every text that `pattern` matches under `flags`
// contains, when folded (base/text.h), at least one of them. They are folded
// ASCII without NUL, sorted, none within another, at most 64, each of
// `min_bytes` to 256 bytes. Empty when nothing could be proved.
// REQUIRES: Regex::Compile accepts the pattern. Cost: linear in the pattern.
std::vector<std::string> RequiredLiterals(
    std::string_view pattern, RegexFlags flags,
    std::size_t min_bytes = kMinRegexLiteralBytes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_REGEX_LITERALS_H_
