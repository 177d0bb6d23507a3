// Parts of a time: what the modifiers minute, hour, day, week, month and year
// compare. Source: design document "semantics", 5.3.

#ifndef HYPERSIGMA_LIB_BASE_TIME_PART_H_
#define HYPERSIGMA_LIB_BASE_TIME_PART_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hypersigma::internal {

enum class TimePart : std::uint8_t {
  kMinute,
  kHour,
  kDay,
  kWeek,  // ISO 8601, 1 to 53
  kMonth,
  kYear,
};

// Returns the part of `text`: `YYYY-MM-DD`, after it perhaps `T` or a blank and
// `HH:MM`, `:SS`, a fraction, `Z` or an offset. The digits count as written,
// whatever the offset. Nullopt for other text, an impossible date or time, and
// for hour and minute of a date alone.
std::optional<int> TimePartOfText(TimePart part, std::string_view text);

// Returns the part, in UTC, of a decimal number of seconds since 1970, or above
// 1e12 of milliseconds. Nullopt outside the years 0 to 9999.
std::optional<int> TimePartOfEpoch(TimePart part, std::string_view number);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_TIME_PART_H_
