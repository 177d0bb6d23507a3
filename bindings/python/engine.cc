#include "bindings/python/engine.h"

#include <optional>
#include <string>
#include <utility>

#include "bindings/python/conversion.h"
#include "bindings/python/event_encoder.h"
#include "bindings/python/status.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

Engine Build(const RuleSet& rules) {
  std::optional<absl::StatusOr<Engine>> engine;
  {
    nb::gil_scoped_release nogil;
    engine = Engine::Build(rules);
  }
  return ValueOrRaise(*std::move(engine), Subject::kRules);
}

nb::tuple Convert(const ScanResult& result) {
  nb::list matches;
  for (const Match& match : result.matches) {
    matches.append(nb::make_tuple(static_cast<std::uint32_t>(match.rule),
                                  ToTuple(match.selections),
                                  ToTuple(match.indicators)));
  }
  nb::list undecided;
  for (const Undecided& open : result.undecided) {
    undecided.append(nb::make_tuple(static_cast<std::uint32_t>(open.rule),
                                    ToStr(open.field),
                                    ToStr(UndecidedReasonText(open.reason))));
  }
  return nb::make_tuple(matches, undecided, result.repaired);
}

// Text that holds lone surrogates has no UTF-8; their three bytes each are
// repaired by the reader.
nb::bytes EncodeSurrogates(nb::handle text) {
  nb::object bytes = nb::steal(
      PyUnicode_AsEncodedString(text.ptr(), "utf-8", "surrogatepass"));
  if (!bytes) nb::raise_python_error();
  return nb::cast<nb::bytes>(bytes);
}

}  // namespace

absl::StatusOr<Scanner> ScannerPool::Take() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
      Scanner scanner = std::move(idle_.back());
      idle_.pop_back();
      return scanner;
    }
  }
  return Scanner::Create(engine_);
}

void ScannerPool::Return(Scanner scanner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(std::move(scanner));
}

PythonEngine::PythonEngine(const RuleSet& rules)
    : engine_(Build(rules)), pool_(engine_) {}

nb::tuple PythonEngine::Scan(nb::handle event) {
  if (PyDict_Check(event.ptr())) {
    return ScanJson(EncodeEvent(nb::borrow<nb::dict>(event)));
  }
  if (PyBytes_Check(event.ptr())) {
    const auto bytes = nb::borrow<nb::bytes>(event);
    return ScanJson({bytes.c_str(), bytes.size()});
  }
  if (!PyUnicode_Check(event.ptr())) {
    PyErr_Format(PyExc_TypeError, "event is %.80s, not dict, str or bytes",
                 Py_TYPE(event.ptr())->tp_name);
    nb::raise_python_error();
  }
  Py_ssize_t size = 0;
  const char* const text = PyUnicode_AsUTF8AndSize(event.ptr(), &size);
  if (text != nullptr) return ScanJson({text, static_cast<std::size_t>(size)});
  PyErr_Clear();
  const nb::bytes bytes = EncodeSurrogates(event);
  return ScanJson({bytes.c_str(), bytes.size()});
}

nb::tuple PythonEngine::ScanJson(std::string_view json) {
  std::optional<absl::StatusOr<Scanner>> taken;
  std::optional<absl::StatusOr<ScanResult>> result;
  {
    nb::gil_scoped_release nogil;
    taken = pool_.Take();
    if (taken->ok()) result = (*taken)->ScanJson(json);
  }
  Scanner scanner = ValueOrRaise(*std::move(taken), Subject::kEvent);
  if (!result->ok()) {
    const absl::Status status = result->status();
    pool_.Return(std::move(scanner));
    RaiseStatus(status, Subject::kEvent);
  }
  nb::tuple converted = Convert(**result);
  pool_.Return(std::move(scanner));
  return converted;
}

}  // namespace hypersigma::python
