// absl::Status -> Python exception, in one place.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_STATUS_H_
#define HYPERSIGMA_BINDINGS_PYTHON_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::python {

// What is at fault when a status says kInvalidArgument or kResourceExhausted.
enum class Subject { kRules, kPipeline, kEvent, kFile, kEngineFile, kArgument };

// Raises the exception of hypersigma/errors.py or the builtin one that stands
// for `status`. REQUIRES: not ok; the GIL is held.
[[noreturn]] void RaiseStatus(const absl::Status& status, Subject subject);

// Returns the value, or raises. REQUIRES: the GIL is held.
template <typename T>
T ValueOrRaise(absl::StatusOr<T> result, Subject subject) {
  if (!result.ok()) RaiseStatus(result.status(), subject);
  return *std::move(result);
}

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_STATUS_H_
