#include "bindings/python/file_callbacks.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bindings/python/conversion.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

// A Python object that may be dropped by any thread.
using Shared = std::shared_ptr<nb::object>;

Shared Share(nb::object object) {
  return Shared(new nb::object(std::move(object)), [](nb::object* owned) {
    nb::gil_scoped_acquire gil;
    delete owned;
  });
}

// What a path's reader raised. The GIL is held.
absl::Status StatusOf(const nb::python_error& error) {
  // Without the path, which is named beside it.
  nb::object text = nb::getattr(error.value(), "strerror", nb::none());
  if (!PyUnicode_Check(text.ptr())) {
    text = nb::steal(PyObject_Str(error.value().ptr()));
  }
  const char* const message = text ? PyUnicode_AsUTF8(text.ptr()) : nullptr;
  PyErr_Clear();
  const std::string said = message == nullptr ? "unknown error" : message;
  if (error.matches(PyExc_FileNotFoundError)) return absl::NotFoundError(said);
  if (error.matches(PyExc_PermissionError)) {
    return absl::PermissionDeniedError(said);
  }
  return absl::DataLossError(said);
}

// Borrows from `event`. Raises what Python does for other types.
std::string_view TextOf(nb::handle event) {
  Py_ssize_t size = 0;
  if (PyBytes_Check(event.ptr())) {
    char* data = nullptr;
    PyBytes_AsStringAndSize(event.ptr(), &data, &size);
    return {data, static_cast<std::size_t>(size)};
  }
  const char* const data = PyUnicode_AsUTF8AndSize(event.ptr(), &size);
  if (data == nullptr) nb::raise_python_error();
  return {data, static_cast<std::size_t>(size)};
}

// Reads batches off an iterator. Not thread safe.
class IteratorSource {
 public:
  explicit IteratorSource(Shared iterator) : iterator_(std::move(iterator)) {}

  absl::StatusOr<std::span<const SourceRecord>> Next() {
    nb::gil_scoped_acquire gil;
    try {
      records_.clear();
      while (records_.empty()) {
        nb::object batch = nb::steal(PyIter_Next(iterator_->ptr()));
        if (!batch && PyErr_Occurred()) nb::raise_python_error();
        if (!batch) break;
        Fill(batch);
        batch_ = Share(std::move(batch));
      }
      return records_;
    } catch (nb::python_error& error) {
      return StatusOf(error);
    } catch (const std::exception& error) {
      return absl::InternalError(error.what());
    }
  }

 private:
  void Fill(nb::handle batch) {
    for (const nb::handle item : batch) {
      const auto pair = nb::cast<nb::tuple>(item);
      records_.push_back({TextOf(pair[1]), nb::cast<std::uint64_t>(pair[0])});
    }
  }

  Shared iterator_;
  Shared batch_;  // owns the texts of the records
  std::vector<SourceRecord> records_;
};

}  // namespace

void FirstError::Take(nb::python_error& error) {
  stop_.request_stop();
  if (!error_) error_.emplace(std::move(error));
}

void FirstError::RaiseIfAny() {
  if (error_) throw nb::python_error(std::move(*error_));
}

SourceOpener MakeOpener(nb::handle open) {
  if (open.is_none()) return nullptr;
  return [opener = Share(nb::borrow(open))](
             const std::string& path) -> RecordSource {
    nb::gil_scoped_acquire gil;
    try {
      nb::object iterator = (*opener)(ToStr(path));
      if (iterator.is_none()) return nullptr;
      const auto source =
          std::make_shared<IteratorSource>(Share(std::move(iterator)));
      return [source] { return source->Next(); };
    } catch (nb::python_error& error) {
      return [status = StatusOf(
                  error)]() -> absl::StatusOr<std::span<const SourceRecord>> {
        return status;
      };
    }
  };
}

MalformedSink MakeMalformedSink(nb::handle receive, FirstError& errors) {
  if (receive.is_none()) return nullptr;
  return [receiver = Share(nb::borrow(receive)),
          &errors](const MalformedRecord& record) {
    nb::gil_scoped_acquire gil;
    try {
      (*receiver)(ToDict(record));
    } catch (nb::python_error& error) {
      errors.Take(error);
    }
  };
}

}  // namespace hypersigma::python
