// Scans files and streams of JSON events over several threads.
//
// Reading, decompression, matching and writing of NDJSON happen here; the
// caller gets text blocks or matches in a fixed order.

#ifndef HYPERSIGMA_FILE_SCANNER_H_
#define HYPERSIGMA_FILE_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hypersigma/engine.h"
#include "hypersigma/export.h"
#include "hypersigma/record_format.h"
#include "hypersigma/scanner.h"

namespace hypersigma {

// A record that is not one JSON object, or too large.
struct MalformedRecord {
  std::string file;
  // Position among the records of its file, from 0, and the line and byte in
  // the line, from 1, of what is wrong.
  std::uint64_t index = 0;
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::string message;
};

// A rule that neither holds nor fails for an event of a file.
struct UndecidedRecord {
  std::string file;
  std::uint64_t index = 0;  // as in MalformedRecord
  RuleId rule{};
  std::string field;  // as in Undecided
  UndecidedReason reason = UndecidedReason::kRegexLimit;
};

// A file that could not be scanned to its end.
struct FileProblem {
  std::string file;
  absl::Status status;
};

// Counters of one or several files.
struct ScanSummary {
  std::uint64_t events = 0;  // records, malformed ones included
  std::uint64_t malformed = 0;
  std::uint64_t repaired = 0;
  std::uint64_t bytes = 0;  // decompressed
  std::uint64_t matches = 0;
  std::uint64_t undecided = 0;  // (rule, event) pairs
  // Events that no entry of the log source map is about; 0 with Routing::kOff.
  std::uint64_t unclassified = 0;
  // Matches for each rule, indexed by RuleId.
  std::vector<std::uint64_t> matches_by_rule;
  // The first malformed records, at most FileScanOptions::max_malformed.
  std::vector<MalformedRecord> malformed_records;
  // The first undecided pairs, at most FileScanOptions::max_undecided.
  std::vector<UndecidedRecord> undecided_records;
  // Files that could not be read, or not to their end: kNotFound,
  // kPermissionDenied, kDataLoss for damaged compression. The others were
  // scanned.
  std::vector<FileProblem> file_problems;
  absl::Duration elapsed;
  // How the scan ended: kInternal from the pattern library, kCancelled when
  // stopped, or the sink's own. What was found before has been delivered and
  // is counted here.
  absl::Status status;
};

// Where a match occurred.
struct MatchPlace {
  std::string_view file;
  // Position of the event among the records of the file, from 0. A record is a
  // line that is not blank, or, where a line or the whole file holds several
  // events, one of them.
  std::uint64_t index = 0;
};

// An event of a file with what the engine says of it. Borrowed for a call.
struct ScannedEvent {
  MatchPlace place;
  // Position of the file among the paths of the scan.
  std::size_t path = 0;
  std::string_view json;
  // Never null. Not ok: the event is malformed.
  const absl::StatusOr<ScanResult>* result = nullptr;
};

// Receives events. Called by several threads at once, in no order.
using EventObserver = std::function<void(const ScannedEvent& event)>;

struct FileScanOptions {
  // Speed: threads that parse and match; 1 to 256.
  int threads = 1;
  // Behaviour: how each event is looked at.
  ScannerOptions scanner{};
  // Behaviour: how events are told apart.
  RecordFormat format = RecordFormat::kAuto;
  // Behaviour: the member that holds the event, or an array of events, as
  // `_source` or `result.events`; arrays on the way are looked through. An
  // object without it is malformed. Empty: the objects are events themselves.
  // With one, lines are looked through on one thread.
  std::string event_path{};
  // Behaviour: longer lines and events are malformed.
  std::uint64_t max_line_bytes = std::uint64_t{256} << 20;
  // Behaviour: how many malformed records are listed; all are counted.
  std::uint32_t max_malformed = 100;
  // Behaviour: how many undecided pairs are listed; all are counted.
  std::uint32_t max_undecided = 100;
  // Behaviour: once stop is requested the scan ends within a block or a tenth
  // of a second of waiting for input, with kCancelled. Never by default.
  std::stop_token stop{};
  // Behaviour: sees each event, what is too long or none left out, before its
  // matches reach a sink.
  EventObserver observer{};
};

// Receives NDJSON text: whole lines, in event, then rule order. Called by one
// thread at a time. A status that is not ok ends the scan and is returned.
using NdjsonSink = std::function<absl::Status(std::string_view lines)>;

// Receives each match in event, then rule order; `match` is borrowed for the
// call. Called by one thread at a time.
using MatchSink =
    std::function<absl::Status(const MatchPlace& place, const Match& match)>;

// Scans `paths` one after the other; "-" is standard input. Files that end in
// .gz or .zst, or begin with their magic bytes, are decompressed. Memory is
// bounded by threads and the longest event, whatever the file's size. Errors
// are in ScanSummary::status and ScanSummary::file_problems.
HYPERSIGMA_EXPORT ScanSummary ScanToNdjson(const Engine& engine,
                                           std::span<const std::string> paths,
                                           const FileScanOptions& options,
                                           const NdjsonSink& sink);

HYPERSIGMA_EXPORT ScanSummary ScanFiles(const Engine& engine,
                                        std::span<const std::string> paths,
                                        const FileScanOptions& options,
                                        const MatchSink& sink);

}  // namespace hypersigma

#endif  // HYPERSIGMA_FILE_SCANNER_H_
