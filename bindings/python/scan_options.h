// How events are looked at, as Python says it.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_SCAN_OPTIONS_H_
#define HYPERSIGMA_BINDINGS_PYTHON_SCAN_OPTIONS_H_

#include <memory>
#include <string>

#include "hypersigma/rule_mask.h"
#include "hypersigma/scanner.h"

namespace hypersigma::python {

// A mask that Python shares with scanners; never changed.
struct SharedMask {
  std::shared_ptr<const RuleMask> rules;
};

// Immutable once made.
struct ScanOptions {
  ScannerOptions scanner;
  // Equal for options that differ in their mask alone: a scanner may serve them
  // all.
  std::string key;
};

// Raises ValueError for a routing or log source that there is not. A layout is
// checked when a scanner is made. `mask` may be null.
ScanOptions MakeScanOptions(const std::string& routing,
                            const std::string& log_source,
                            const std::string& layout, const SharedMask* mask);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_SCAN_OPTIONS_H_
