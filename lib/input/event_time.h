// When an event happened: the text of its time -> a moment.
//
// Beside the data's way: json_reader finds the text, file_scanner compares it
// with the stretch of time that a scan is about.

#ifndef HYPERSIGMA_LIB_INPUT_EVENT_TIME_H_
#define HYPERSIGMA_LIB_INPUT_EVENT_TIME_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace hypersigma::internal {

struct EventTime {
  absl::Time begin;
  // How much the text leaves open: a day for a date, a minute for HH:MM, down
  // to a nanosecond.
  absl::Duration precision;
};

// Reads ISO 8601 as logs write it: `YYYY-MM-DD` (or with slashes), after it
// perhaps `T` or a blank and `HH:MM`, `:SS`, a fraction behind a point or a
// comma, and `Z`, ` UTC` or an offset (+01, +0100, +01:00). Without an offset
// the time is UTC. Or a decimal number since 1970: seconds, above 1e12
// milliseconds, above 1e15 microseconds, above 1e18 nanoseconds. Nullopt for
// any other text and for impossible dates. Allocates nothing.
std::optional<EventTime> ParseEventTime(std::string_view text);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_EVENT_TIME_H_
