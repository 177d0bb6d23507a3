// Scans of files and streams: with the GIL released, interruptible by signals.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_FILE_SCAN_H_
#define HYPERSIGMA_BINDINGS_PYTHON_FILE_SCAN_H_

#include <nanobind/nanobind.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/verifier.h"

namespace hypersigma::python {

// A scan that Python asks for.
struct FileScan {
  std::vector<std::string> paths;
  // All but stop, observer, malformed, open and progress.
  FileScanOptions options{};
  // Ends the scan early, with what was found.
  std::stop_source stop{};
  // Verifies every n-th event of each file; 0: none.
  std::uint64_t verify_every = 0;
  // Functions or None; see file_callbacks.h. The last one is called by the
  // thread that scans, some times a second, with (events, matches, bytes,
  // stored bytes).
  nanobind::object open = nanobind::none();
  nanobind::object malformed = nanobind::none();
  nanobind::object progress = nanobind::none();
};

// The counters of a scan, and what verification says if there was one.
struct FileScanOutcome {
  ScanSummary summary;
  std::optional<Verifier> verifier;
  VerifySummary verification;
};

// All matches of a scan, compact until Python asks for one.
class FileMatches {
 public:
  explicit FileMatches(Engine engine) : engine_(std::move(engine)) {}

  void Append(const MatchPlace& place, const Match& match);

  std::size_t size() const { return matches_.size(); }

  // Returns (rule id, selections, indicators, time, computer, file, index).
  // REQUIRES: position is below size().
  nanobind::tuple At(std::size_t position) const;

  FileScanOutcome outcome;

 private:
  struct Row {
    RuleId rule;
    std::uint32_t file;
    std::uint64_t index;
    std::string time;
    std::string computer;
    std::vector<std::string_view> selections;
    std::vector<Indicator> indicators;
  };

  Engine engine_;  // owns the texts that rows borrow
  std::deque<std::string> files_;
  std::deque<Row> matches_;
};

// A dict of the summary's members; "verification" is None or a dict.
nanobind::dict ToDict(const FileScanOutcome& outcome);

// The functions below raise what Python's signal handlers raise, and what the
// scan itself cannot state in its summary.

// Collects every match. Raises OSError, RuntimeError rather than
// return less than was asked for.
FileMatches CollectMatches(const Engine& engine, const FileScan& scan);

// Calls `receive` with NDJSON as bytes, whole lines at a time; returns the
// summary. What `receive` raises ends the scan and is raised.
nanobind::dict ForEachBlock(const Engine& engine, const FileScan& scan,
                            const nanobind::callable& receive);

// Writes NDJSON to the file descriptor; returns the summary. Raises OSError of
// the failed write.
nanobind::dict WriteNdjson(const Engine& engine, const FileScan& scan, int fd);

// Counts the fields of all events, and drops the matches. Returns a list of
// dicts of LogSourceNeeds' members, and the summary. Raises OSError,
// RuntimeError.
nanobind::tuple CountFields(const Engine& engine, const FileScan& scan);

// Profiles all events, and drops the matches. Returns (Profile, list of
// (evaluated, matched) by rule, the summary). Raises OSError, RuntimeError.
nanobind::tuple ProfileFiles(const Engine& engine, const FileScan& scan);

// Calls `receive` with FileMatches::At()'s tuple for each match; returns the
// summary. What `receive` raises ends the scan and is raised.
nanobind::dict ForEachMatch(const Engine& engine, const FileScan& scan,
                            const nanobind::callable& receive);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_FILE_SCAN_H_
