// The modifier `windash`: flag dashes stand for each other.
// Source: Sigma modifiers appendix, "windash"; design document "semantics",
// 5.1.

#ifndef HYPERSIGMA_LIB_RULE_WINDASH_H_
#define HYPERSIGMA_LIB_RULE_WINDASH_H_

#include <array>
#include <string_view>
#include <vector>

#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// The dashes that windash takes for each other: - / en dash, em dash,
// horizontal bar.
inline constexpr std::array<std::string_view, 5> kDashes = {"-", "/", "\u2013",
                                                            "\u2014", "\u2015"};

// Returns patterns, linked by OR, that match `value` with every flag dash
// replaced independently by each of kDashes. A flag dash stands at the start of
// a literal run or after a non-word character, and before a word character.
// Values past kMaxWindashVariants or kMaxWindashBytes get one pattern with
// PatternPart::kAnyDash instead.
std::vector<SigmaString> ExpandWindash(const SigmaString& value);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_WINDASH_H_
