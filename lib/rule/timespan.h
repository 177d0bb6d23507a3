// Lengths of time as correlations write them: `90s`, `1M`.
// Source: Sigma correlation rules specification; design document "semantics",
// 9.2.

#ifndef HYPERSIGMA_LIB_RULE_TIMESPAN_H_
#define HYPERSIGMA_LIB_RULE_TIMESPAN_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hypersigma::internal {

// How diagnostics describe a timespan.
inline constexpr std::string_view kTimespanForm =
    "digits and one of s, m (minutes), h, d, w, M (months), y";

// Returns the seconds of digits followed by one unit, case-sensitive; nullopt
// for anything else, or past what 64 bits hold. A month is a twelfth of a year
// of 365.2425 days.
std::optional<std::int64_t> ParseTimespan(std::string_view text);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_TIMESPAN_H_
