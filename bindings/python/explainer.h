// What the package's Engine.explain stands on.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_EXPLAINER_H_
#define HYPERSIGMA_BINDINGS_PYTHON_EXPLAINER_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "bindings/python/engine.h"
#include "bindings/python/scan_options.h"
#include "hypersigma/explanation.h"

namespace hypersigma::python {

// Thread safety: full; threads wait for each other with the GIL released.
class PythonExplainer {
 public:
  // Raises ValueError for options that are wrong.
  PythonExplainer(const PythonEngine& engine, const ScanOptions& options);

  // Explains a dict, str or bytes for the rules at these positions, or for
  // those that match; with `is_text` a str or bytes is one value without field.
  // Returns a dict of all members, as EventExplanation has them. Raises
  // EventError, TypeError, IndexError.
  nanobind::dict Explain(nanobind::handle event,
                         const std::optional<std::vector<std::uint32_t>>& rules,
                         bool is_text);

 private:
  std::mutex mutex_;
  Explainer explainer_;  // guarded by mutex_
  const std::size_t rule_count_;
};

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_EXPLAINER_H_
