#include "bindings/python/status.h"

#include <nanobind/nanobind.h>

#include "bindings/python/conversion.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

nb::object ExceptionType(Subject subject) {
  switch (subject) {
    case Subject::kRules:
      return nb::module_::import_("hypersigma.errors").attr("RuleError");
    case Subject::kPipeline:
      return nb::module_::import_("hypersigma.errors").attr("PipelineError");
    case Subject::kEvent:
      return nb::module_::import_("hypersigma.errors").attr("EventError");
    case Subject::kArgument:
      return nb::borrow(PyExc_ValueError);
    case Subject::kEngineFile:
      return nb::module_::import_("hypersigma.errors").attr("EngineFileError");
    case Subject::kFile:
      break;
  }
  return nb::borrow(PyExc_OSError);
}

nb::object ExceptionType(absl::StatusCode code, Subject subject) {
  const bool is_refused = code == absl::StatusCode::kDataLoss ||
                          code == absl::StatusCode::kFailedPrecondition;
  if (is_refused && subject == Subject::kEngineFile) {
    return ExceptionType(subject);
  }
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kResourceExhausted:
      return ExceptionType(subject);
    case absl::StatusCode::kNotFound:
      return nb::borrow(PyExc_FileNotFoundError);
    case absl::StatusCode::kPermissionDenied:
      return nb::borrow(PyExc_PermissionError);
    case absl::StatusCode::kDataLoss:
      return nb::borrow(PyExc_OSError);
    default:
      return nb::borrow(PyExc_RuntimeError);
  }
}

}  // namespace

void RaiseStatus(const absl::Status& status, Subject subject) {
  nb::object type = ExceptionType(status.code(), subject);
  const absl::string_view message = status.message();
  nb::object text = ToStr({message.data(), message.size()});
  PyErr_SetObject(type.ptr(), text.ptr());
  nb::raise_python_error();
}

}  // namespace hypersigma::python
