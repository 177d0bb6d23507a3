// Python functions that a scan of files calls: sources of events, receivers of
// malformed records, watchers of its progress.
//
// A scan calls from threads of its own; everything here takes the GIL itself
// where it does not say otherwise.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_FILE_CALLBACKS_H_
#define HYPERSIGMA_BINDINGS_PYTHON_FILE_CALLBACKS_H_

#include <nanobind/nanobind.h>

#include <optional>
#include <stop_token>

#include "hypersigma/file_scanner.h"

namespace hypersigma::python {

// Keeps the first exception of a scan's functions and ends the scan for it.
// REQUIRES of all calls: the GIL is held.
class FirstError {
 public:
  explicit FirstError(std::stop_source stop) : stop_(std::move(stop)) {}

  void Take(nanobind::python_error& error);

  // Raises it.
  void RaiseIfAny();

 private:
  std::stop_source stop_;
  std::optional<nanobind::python_error> error_;
};

// `open` takes the path and returns None, or an iterator of lists of (index,
// event), an event being str or bytes; an empty list waits for no one. What it
// raises is the path's problem. None: no opener. REQUIRES: the GIL is held.
SourceOpener MakeOpener(nanobind::handle open);

// `receive` takes a dict as in ScanSummary::malformed_records. None: no sink.
// The errors are borrowed. REQUIRES: the GIL is held.
MalformedSink MakeMalformedSink(nanobind::handle receive, FirstError& errors);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_FILE_CALLBACKS_H_
