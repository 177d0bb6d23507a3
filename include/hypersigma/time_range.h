// Stretches of time, as people and events write them.

#ifndef HYPERSIGMA_TIME_RANGE_H_
#define HYPERSIGMA_TIME_RANGE_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "hypersigma/export.h"

namespace hypersigma {

// A stretch of time: from `begin`, and before `end`.
struct TimeRange {
  absl::Time begin = absl::InfinitePast();
  absl::Time end = absl::InfiniteFuture();
};

// Returns the stretch of time that `text` names: 2024-05-01 is a day, with a
// clock behind it a minute, a second or less. Without an offset it is UTC. Also
// takes what events write: a number of seconds since 1970, or one so large that
// it must be milliseconds, microseconds or nanoseconds. Nullopt for anything
// else. Events are read the same way. Source: docs/output.md.
HYPERSIGMA_EXPORT std::optional<TimeRange> ParseTime(std::string_view text);

}  // namespace hypersigma

#endif  // HYPERSIGMA_TIME_RANGE_H_
