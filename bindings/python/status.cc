#include "bindings/python/status.h"

#include <nanobind/nanobind.h>

#include "bindings/python/conversion.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

nb::object ExceptionType(absl::StatusCode code, Subject subject) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kResourceExhausted:
      return nb::module_::import_("hypersigma.errors")
          .attr(subject == Subject::kEvent ? "EventError" : "RuleError");
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
