// Scans of Arrow columns for Python: what exports itself by the Arrow PyCapsule
// interface, without copies.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_COLUMN_SCAN_H_
#define HYPERSIGMA_BINDINGS_PYTHON_COLUMN_SCAN_H_

#include <nanobind/nanobind.h>

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bindings/python/scan_options.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"

namespace hypersigma::python {

// Scanners at rest, with what they have learned. Thread safety: full.
class BatchScannerPool {
 public:
  explicit BatchScannerPool(Engine engine) : engine_(std::move(engine)) {}

  // Returns a scanner that no one else uses. Errors: those of
  // BatchScanner::Create().
  absl::StatusOr<BatchScanner> Take(const ScanOptions& options,
                                    const ColumnOptions& columns);
  void Return(const ScanOptions& options, const ColumnOptions& columns,
              BatchScanner scanner);

 private:
  struct Idle {
    std::string key;  // of the scanner's options
    std::shared_ptr<const RuleMask> rules;
    BatchScanner scanner;
  };

  const Engine engine_;
  std::mutex mutex_;
  std::vector<Idle> idle_;  // guarded by mutex_
};

// Scans the batch of an `arrow_schema` and an `arrow_array` capsule. Returns
// (matches, undecided, number of rows, number of unclassified rows), a match
// being (row, rule id, selections, indicators), an undecided rule (row, rule
// id, field, reason). Raises ValueError for arrays that contradict themselves,
// TypeError for columns of other types. Releases the GIL.
nanobind::tuple ScanArrow(BatchScannerPool& pool, nanobind::handle schema,
                          nanobind::handle array, const ScanOptions& options,
                          bool leave_out_others);

// The same for all batches of an `arrow_array_stream` capsule; rows count on
// from one to the next. Raises also OSError, with the words of the stream.
nanobind::tuple ScanArrowStream(BatchScannerPool& pool, nanobind::handle stream,
                                const ScanOptions& options,
                                bool leave_out_others);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_COLUMN_SCAN_H_
