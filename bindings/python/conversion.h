// Results of the library -> plain Python objects (str, int, tuple, dict), from
// which the package makes its own types; and paths back. REQUIRES everywhere:
// the GIL is held.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_CONVERSION_H_
#define HYPERSIGMA_BINDINGS_PYTHON_CONVERSION_H_

#include <nanobind/nanobind.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/field_coverage.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/libraries.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/verifier.h"

namespace hypersigma::python {

// Bytes that are not UTF-8 become lone surrogates, as in os.fsdecode().
nanobind::str ToStr(std::string_view text);

// A dict of all members, for hypersigma.Rule.
nanobind::dict ToDict(const Rule& rule);

// A dict of all members, for hypersigma.Document; "diagnostics" are dicts too.
nanobind::dict ToDict(const Document& document);

// A dict of all members, for hypersigma.ScanSummary. "error" is empty when the
// scan came to its end.
nanobind::dict ToDict(const ScanSummary& summary);

// A dict of all members, for hypersigma.MalformedRecord.
nanobind::dict ToDict(const MalformedRecord& record);

// A dict of all members, for hypersigma.Verification. A difference is a dict
// whose "rule" is a position or None.
nanobind::dict ToDict(const Verifier& verifier, const VerifySummary& summary);

// A dict of all members, for hypersigma.LogSourceNeeds.
nanobind::dict ToDict(const LogSourceNeeds& needs);

// A dict of all members, for hypersigma.PatternLibrary; a status is its
// message, empty when it is ok.
nanobind::dict ToDict(const PatternLibrary& library);

// A list of the dicts of all values.
template <typename T>
nanobind::list ToDicts(std::span<const T> values) {
  nanobind::list result;
  for (const T& value : values) result.append(ToDict(value));
  return result;
}

// Paths are bytes, since file names need not be UTF-8.
std::vector<std::string> ToStrings(const std::vector<nanobind::bytes>& paths);

nanobind::tuple ToTuple(std::span<const std::string_view> texts);

// A tuple of (field, kind, value).
nanobind::tuple ToTuple(std::span<const Indicator> indicators);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_CONVERSION_H_
