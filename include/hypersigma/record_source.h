// Events that do not come from a file of text.

#ifndef HYPERSIGMA_RECORD_SOURCE_H_
#define HYPERSIGMA_RECORD_SOURCE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace hypersigma {

// An event that a RecordSource gives. Borrowed.
struct SourceRecord {
  std::string_view json;
  // For MatchPlace::index and MalformedRecord::index.
  std::uint64_t index = 0;
};

// Gives the events of one path that come next, or none at the end. They are
// valid until the next call. A status that is not ok ends the path and is put
// into ScanSummary::file_problems. Called by several threads, one at a time.
using RecordSource =
    std::function<absl::StatusOr<std::span<const SourceRecord>>()>;

// Returns what reads a path, or null for a path that is text.
using SourceOpener = std::function<RecordSource(const std::string& path)>;

}  // namespace hypersigma

#endif  // HYPERSIGMA_RECORD_SOURCE_H_
