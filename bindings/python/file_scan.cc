#include "bindings/python/file_scan.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bindings/python/conversion.h"
#include "bindings/python/file_callbacks.h"
#include "bindings/python/status.h"
#include "hypersigma/field_coverage.h"
#include "hypersigma/profiler.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

constexpr std::chrono::milliseconds kSignalInterval{50};

// Runs Python's signal handlers and tells `watcher` how far the scan has come.
// The GIL is held.
void Look(const nb::object& watcher, const ScanProgress& progress) {
  if (PyErr_CheckSignals() != 0) nb::raise_python_error();
  if (watcher.is_none()) return;
  watcher(progress.events.load(), progress.matches.load(),
          progress.bytes.load(), progress.stored_bytes.load());
}

// Runs `scan` on another thread while this one looks after it, which only the
// main thread may. What Python raises stops the scan and is raised once it has
// ended.
ScanSummary RunInterruptibly(const FileScan& scan, const ScanProgress& progress,
                             FirstError& errors,
                             const std::function<ScanSummary()>& run) {
  std::future<ScanSummary> summary = std::async(std::launch::async, run);
  for (;;) {
    {
      nb::gil_scoped_release nogil;
      if (summary.wait_for(kSignalInterval) == std::future_status::ready) break;
    }
    try {
      Look(scan.progress, progress);
    } catch (nb::python_error& error) {
      errors.Take(error);
    }
  }
  errors.RaiseIfAny();
  return summary.get();
}

// Runs `scan` interruptibly, verified if that is asked for.
FileScanOutcome Run(
    const Engine& engine, const FileScan& scan, FirstError& errors,
    const std::function<ScanSummary(const FileScanOptions&)>& run) {
  FileScanOutcome outcome;
  ScanProgress progress;
  FileScanOptions options = scan.options;
  options.stop = scan.stop.get_token();
  options.progress = &progress;
  options.open = MakeOpener(scan.open);
  options.malformed = MakeMalformedSink(scan.malformed, errors);
  outcome.summary = RunInterruptibly(scan, progress, errors, [&] {
    if (scan.verify_every == 0) return run(options);
    absl::StatusOr<Verifier> verifier = Verifier::Create(engine);
    if (!verifier.ok()) {
      ScanSummary nothing;
      nothing.status = verifier.status();
      return nothing;
    }
    outcome.verifier = *std::move(verifier);
    FileVerifier files(*outcome.verifier, {.every = scan.verify_every});
    options.observer = [&files](const ScannedEvent& event) {
      files.Observe(event);
    };
    ScanSummary summary = run(options);
    outcome.verification = files.Summary();
    return summary;
  });
  return outcome;
}

// The first status that is not ok, of several threads.
class FirstStatus {
 public:
  void Take(absl::Status status) {
    if (status.ok()) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (status_.ok()) status_ = std::move(status);
  }
  absl::Status status() const { return status_; }

 private:
  std::mutex mutex_;
  absl::Status status_;
};

// Returns 0 or the errno of the write that failed. Waits for a reader that is
// slow, even where the descriptor would not.
int WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd descriptor{fd, POLLOUT, 0};
      ::poll(&descriptor, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// A result that misses a whole file must not look complete.
void RaiseIfIncomplete(const ScanSummary& summary) {
  for (const FileProblem& problem : summary.file_problems) {
    if (absl::IsDataLoss(problem.status)) continue;
    const absl::Status status(
        problem.status.code(),
        absl::StrCat(problem.file, ": ", problem.status.message()));
    RaiseStatus(status, Subject::kFile);
  }
  if (!summary.status.ok()) RaiseStatus(summary.status, Subject::kFile);
}

nb::tuple Convert(const MatchPlace& place, const Match& match) {
  return nb::make_tuple(static_cast<std::uint32_t>(match.rule),
                        ToTuple(match.selections), ToTuple(match.indicators),
                        ToStr(match.time), ToStr(match.computer),
                        ToStr(place.file), place.index);
}

// Calls Python; what it raises is kept and ends the scan.
absl::Status Call(FirstError& errors, const std::function<void()>& call) {
  nb::gil_scoped_acquire gil;
  try {
    call();
    return absl::OkStatus();
  } catch (nb::python_error& error) {
    errors.Take(error);
    return absl::CancelledError("receiver failed");
  }
}

}  // namespace

void FileMatches::Append(const MatchPlace& place, const Match& match) {
  if (files_.empty() || files_.back() != place.file) {
    files_.emplace_back(place.file);
  }
  matches_.push_back(
      {.rule = match.rule,
       .file = static_cast<std::uint32_t>(files_.size() - 1),
       .index = place.index,
       .time = std::string(match.time),
       .computer = std::string(match.computer),
       .selections = {match.selections.begin(), match.selections.end()},
       .indicators = {match.indicators.begin(), match.indicators.end()}});
}

nb::tuple FileMatches::At(std::size_t position) const {
  const Row& row = matches_[position];
  return Convert(MatchPlace{.file = files_[row.file], .index = row.index},
                 Match{.rule = row.rule,
                       .selections = row.selections,
                       .indicators = row.indicators,
                       .time = row.time,
                       .computer = row.computer});
}

nb::dict ToDict(const FileScanOutcome& outcome) {
  nb::dict result = ToDict(outcome.summary);
  result["verification"] = nb::none();
  if (outcome.verifier) {
    result["verification"] = ToDict(*outcome.verifier, outcome.verification);
  }
  return result;
}

FileMatches CollectMatches(const Engine& engine, const FileScan& scan) {
  FileMatches matches(engine);
  const MatchSink sink = [&](const MatchPlace& place, const Match& match) {
    matches.Append(place, match);
    return absl::OkStatus();
  };
  FirstError errors(scan.stop);
  matches.outcome =
      Run(engine, scan, errors, [&](const FileScanOptions& options) {
        return ScanFiles(engine, scan.paths, options, sink);
      });
  RaiseIfIncomplete(matches.outcome.summary);
  return matches;
}

nb::dict WriteNdjson(const Engine& engine, const FileScan& scan, int fd) {
  int write_error = 0;
  const NdjsonSink sink = [&](std::string_view lines) {
    write_error = WriteAll(fd, lines);
    return write_error == 0 ? absl::OkStatus()
                            : absl::CancelledError("output failed");
  };
  FirstError errors(scan.stop);
  const auto outcome =
      Run(engine, scan, errors, [&](const FileScanOptions& options) {
        return ScanToNdjson(engine, scan.paths, options, sink);
      });
  if (write_error != 0) {
    errno = write_error;
    PyErr_SetFromErrno(PyExc_OSError);
    nb::raise_python_error();
  }
  return ToDict(outcome);
}

nb::tuple CountFields(const Engine& engine, const FileScan& scan) {
  FieldCoverage coverage(engine);
  const MatchSink sink = [](const MatchPlace&, const Match&) {
    return absl::OkStatus();
  };
  FirstError errors(scan.stop);
  const auto outcome =
      Run(engine, scan, errors, [&](const FileScanOptions& given) {
        FileScanOptions options = given;
        options.scanner.fields = true;
        options.scanner.details = false;
        options.observer = [&coverage](const ScannedEvent& event) {
          if (event.result->ok()) coverage.Observe(**event.result);
        };
        return ScanFiles(engine, scan.paths, options, sink);
      });
  RaiseIfIncomplete(outcome.summary);
  nb::list needs;
  for (const LogSourceNeeds& each : coverage.Report()) {
    needs.append(ToDict(each));
  }
  return nb::make_tuple(needs, ToDict(outcome));
}

nb::tuple ProfileFiles(const Engine& engine, const FileScan& scan) {
  Profiler profiler = ValueOrRaise(
      Profiler::Create(engine, scan.options.scanner), Subject::kArgument);
  const MatchSink sink = [](const MatchPlace&, const Match&) {
    return absl::OkStatus();
  };
  FirstError errors(scan.stop);
  const auto outcome =
      Run(engine, scan, errors, [&](const FileScanOptions& given) {
        FileScanOptions options = given;
        options.scanner.details = false;
        FirstStatus failure;
        options.observer = [&](const ScannedEvent& event) {
          if (!event.result->ok()) return;
          const FieldValue text{kUnnamedField, Value::String(event.json)};
          failure.Take(options.format == RecordFormat::kText
                           ? profiler.Observe({&text, 1})
                           : profiler.ObserveJson(event.json));
        };
        ScanSummary summary = ScanFiles(engine, scan.paths, options, sink);
        if (summary.status.ok()) summary.status = failure.status();
        return summary;
      });
  RaiseIfIncomplete(outcome.summary);
  nb::list costs;
  for (const RuleCost& cost : profiler.Costs()) {
    costs.append(nb::make_tuple(cost.evaluated, cost.matched));
  }
  return nb::make_tuple(profiler.MakeProfile(), costs, ToDict(outcome));
}

nb::dict ForEachMatch(const Engine& engine, const FileScan& scan,
                      const nb::callable& receive) {
  FirstError errors(scan.stop);
  const MatchSink sink = [&](const MatchPlace& place, const Match& match) {
    return Call(errors, [&] { receive(Convert(place, match)); });
  };
  return ToDict(Run(engine, scan, errors, [&](const FileScanOptions& options) {
    return ScanFiles(engine, scan.paths, options, sink);
  }));
}

nb::dict ForEachBlock(const Engine& engine, const FileScan& scan,
                      const nb::callable& receive) {
  FirstError errors(scan.stop);
  const NdjsonSink sink = [&](std::string_view lines) {
    return Call(errors,
                [&] { receive(nb::bytes(lines.data(), lines.size())); });
  };
  return ToDict(Run(engine, scan, errors, [&](const FileScanOptions& options) {
    return ScanToNdjson(engine, scan.paths, options, sink);
  }));
}

}  // namespace hypersigma::python
