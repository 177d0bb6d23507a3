// Time parts of event values. Source: design document "semantics", 5.3.

#ifndef HYPERSIGMA_LIB_REFERENCE_TIME_H_
#define HYPERSIGMA_LIB_REFERENCE_TIME_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hypersigma::reference {

enum class TimePart : std::uint8_t {
  kMinute,
  kHour,
  kDay,
  kWeek,  // ISO 8601
  kMonth,
  kYear,
};

// Reads a date, or a date and time; an offset is ignored. Returns nullopt for
// other text, and for hour and minute of a date alone.
std::optional<int> PartOfTimeText(TimePart part, std::string_view text);

// Reads seconds since 1970 in UTC; above 1e12, milliseconds.
std::optional<int> PartOfEpoch(TimePart part, double epoch);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_TIME_H_
