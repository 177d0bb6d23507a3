// What the package's Engine stands on: a compiled engine and a pool of scanners
// for the Python threads that scan with it.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_
#define HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_

#include <nanobind/nanobind.h>

#include <mutex>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::python {

// Scanners at rest. Grows to the number of threads that scan at once.
//
// Thread safety: full. The mutex is never held while the GIL is waited for.
class ScannerPool {
 public:
  explicit ScannerPool(Engine engine) : engine_(std::move(engine)) {}

  // Returns a scanner that no one else uses. Errors: those of
  // Scanner::Create().
  absl::StatusOr<Scanner> Take();

  // Results of `scanner` die with its next scan: read them before.
  void Return(Scanner scanner);

 private:
  const Engine engine_;
  std::mutex mutex_;
  std::vector<Scanner> idle_;  // guarded by mutex_
};

// Thread safety: scans release the GIL and may run at once.
class PythonEngine {
 public:
  // Raises RuleError or RuntimeError. Releases the GIL.
  explicit PythonEngine(const RuleSet& rules);

  // Scans a dict, str or bytes. Returns (matches, undecided,
  // repaired), a match being (rule id, selections, indicators) and an undecided
  // rule (rule id, field, reason). Raises EventError, TypeError.
  nanobind::tuple Scan(nanobind::handle event);

  const Engine& engine() const { return engine_; }

 private:
  nanobind::tuple ScanJson(std::string_view json);

  Engine engine_;
  ScannerPool pool_;
};

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_
