// Scans files and streams of JSON events over several threads.
//
// Reading, decompression, matching and writing of NDJSON happen here; the
// caller gets text blocks or matches in a fixed order.

#ifndef HYPERSIGMA_FILE_SCANNER_H_
#define HYPERSIGMA_FILE_SCANNER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
#include "hypersigma/record_source.h"
#include "hypersigma/scanner.h"
#include "hypersigma/time_range.h"

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

// Counters of one path of a scan.
struct FileCounts {
  std::uint64_t events = 0;  // as in ScanSummary
  std::uint64_t matches = 0;
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
  // With FileScanOptions::times: events that happened outside of it, whose
  // matches are left out, and events that do not say when they happened, whose
  // matches are kept.
  std::uint64_t outside_times = 0;
  std::uint64_t undated = 0;
  // Whether the scan ended at FileScanOptions::max_matches.
  bool is_limited = false;
  // For each path, by its position.
  std::vector<FileCounts> files;
  // Matches for each rule, indexed by RuleId.
  std::vector<std::uint64_t> matches_by_rule;
  // Matches for each computer that events name, and for "", which is none. From
  // 10,000 names on, new ones count as "".
  std::map<std::string, std::uint64_t> matches_by_computer;
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
  // events, one of them. A RecordSource numbers its own.
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

// Receives malformed records in the order of the files. Called by one thread at
// a time.
using MalformedSink = std::function<void(const MalformedRecord& record)>;

// How far a scan has come; another thread may look while it runs.
struct ScanProgress {
  std::atomic<std::uint64_t> events = 0;  // these three as in ScanSummary
  std::atomic<std::uint64_t> matches = 0;
  std::atomic<std::uint64_t> bytes = 0;
  // Read from files, before decompression.
  std::atomic<std::uint64_t> stored_bytes = 0;
};

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
  // Behaviour: receives every malformed record, whatever max_malformed is.
  MalformedSink malformed{};
  // Behaviour: leaves out the matches of events that happened at another time.
  // Events that do not say when they happened are not left out.
  std::optional<TimeRange> times{};
  // Behaviour: NDJSON has the event itself as event.data: its object, or under
  // RecordFormat::kText a string.
  bool include_event = false;
  // Behaviour: ends the scan, with an ok status, at so many matches.
  std::optional<std::uint64_t> max_matches{};
  // Behaviour: waits for what is appended to the last path, until a request to
  // stop; goes on with the new file when another one gets its name, and from
  // the beginning when it is truncated. Not for compressed files.
  bool follow = false;
  // Behaviour: reads paths that are not text, such as EVTX files.
  SourceOpener open{};
  // Is kept up to date while the scan runs. Borrowed; may be null.
  ScanProgress* progress = nullptr;
  // Behaviour: once stop is requested the scan ends within a block or a tenth
  // of a second of waiting for input, with kCancelled. Never by default.
  std::stop_token stop{};
  // Behaviour: sees each event, what is too long or none left out, before its
  // matches reach a sink.
  EventObserver observer{};
};

// The member "schema" of NDJSON. Counts up when a reader of the lines could
// break; new members do not count. Source: docs/output.md.
inline constexpr int kNdjsonSchema = 1;

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
