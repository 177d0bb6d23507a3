// What the package's Engine stands on: a compiled engine and a pool of scanners
// for the Python threads that scan with it.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_
#define HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_

#include <nanobind/nanobind.h>

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "bindings/python/column_scan.h"
#include "bindings/python/scan_options.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::python {

// Scanners at rest. Grows to the number of threads that scan at once.
//
// Thread safety: full. The mutex is never held while the GIL is waited for.
class ScannerPool {
 public:
  explicit ScannerPool(Engine engine) : engine_(std::move(engine)) {}

  // Returns a scanner with `options` that no one else uses. Errors: those of
  // Scanner::Create().
  absl::StatusOr<Scanner> Take(const ScanOptions& options);

  // Results of `scanner`, which was taken with `options`, die with its next
  // scan: read them before.
  void Return(const ScanOptions& options, Scanner scanner);

 private:
  struct Idle {
    std::string key;  // of the scanner's options
    Scanner scanner;
  };

  const Engine engine_;
  std::mutex mutex_;
  std::vector<Idle> idle_;  // guarded by mutex_
};

// Thread safety: scans release the GIL and may run at once.
class PythonEngine {
 public:
  // Raises RuleError or RuntimeError. Releases the GIL.
  PythonEngine(const RuleSet& rules, const EngineOptions& options);

  explicit PythonEngine(Engine engine)
      : engine_(std::move(engine)), pool_(engine_), batch_scanners_(engine_) {}

  // Scans a dict, str or bytes. Returns (matches, undecided, repaired, log
  // sources, layout, time, computer), a match being (rule id, selections,
  // indicators), an undecided rule (rule id, field, reason), a log source
  // (product, category, service). Raises EventError, TypeError, ValueError.
  nanobind::tuple Scan(nanobind::handle event, const ScanOptions& options);

  const Engine& engine() const { return engine_; }
  BatchScannerPool& batch_scanners() { return batch_scanners_; }

 private:
  nanobind::tuple ScanJson(std::string_view json, const ScanOptions& options);

  Engine engine_;
  ScannerPool pool_;
  BatchScannerPool batch_scanners_;
};

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_ENGINE_H_
