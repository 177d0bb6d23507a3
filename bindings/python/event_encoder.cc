#include "bindings/python/event_encoder.h"

#include <charconv>
#include <cmath>
#include <memory>

#include "absl/status/status.h"
#include "bindings/python/status.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

// Far above what the reader takes: only keeps a cycle from ending the stack.
constexpr int kMaxDepth = 200;

[[noreturn]] void RaiseEventError(const char* message) {
  RaiseStatus(absl::InvalidArgumentError(message), Subject::kEvent);
}

void AppendUnicodeEscape(Py_UCS4 character, std::string& json) {
  static constexpr char kHex[] = "0123456789abcdef";
  json += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    json += kHex[(character >> shift) & 0xF];
  }
}

void AppendUtf8(Py_UCS4 character, std::string& json) {
  const auto tail = [&](int shift) {
    json += static_cast<char>(0x80 | ((character >> shift) & 0x3F));
  };
  if (character < 0x800) {
    json += static_cast<char>(0xC0 | (character >> 6));
  } else if (character < 0x10000) {
    json += static_cast<char>(0xE0 | (character >> 12));
    tail(6);
  } else {
    json += static_cast<char>(0xF0 | (character >> 18));
    tail(12);
    tail(6);
  }
  tail(0);
}

void AppendString(PyObject* text, std::string& json) {
  const int kind = PyUnicode_KIND(text);
  const void* const data = PyUnicode_DATA(text);
  const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
  json += '"';
  for (Py_ssize_t i = 0; i < length; ++i) {
    const Py_UCS4 character = PyUnicode_READ(kind, data, i);
    if (character == '"' || character == '\\') {
      json += '\\';
      json += static_cast<char>(character);
    } else if (character < 0x20 || Py_UNICODE_IS_SURROGATE(character)) {
      AppendUnicodeEscape(character, json);
    } else if (character < 0x80) {
      json += static_cast<char>(character);
    } else {
      AppendUtf8(character, json);
    }
  }
  json += '"';
}

void AppendInteger(PyObject* number, std::string& json) {
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
  if (overflow == 0) {
    char digits[24];
    const std::to_chars_result end =
        std::to_chars(digits, digits + sizeof(digits), value);
    json.append(digits, end.ptr);
    return;
  }
  // Fails past sys.set_int_max_str_digits(), as json.dumps() does.
  nb::object text = nb::steal(PyLong_Type.tp_repr(number));
  if (!text) {
    PyErr_Clear();
    RaiseEventError("integer has more digits than Python converts to text");
  }
  json += nb::cast<const char*>(text);
}

void AppendFloat(PyObject* number, std::string& json) {
  const double value = PyFloat_AS_DOUBLE(number);
  if (!std::isfinite(value)) RaiseEventError("JSON has no NaN or infinity");
  const std::unique_ptr<char, decltype(&PyMem_Free)> digits(
      PyOS_double_to_string(value, 'r', 0, Py_DTSF_ADD_DOT_0, nullptr),
      PyMem_Free);
  if (!digits) nb::raise_python_error();
  json += digits.get();
}

void AppendValue(PyObject* value, int depth, std::string& json);

void AppendArray(PyObject* array, int depth, std::string& json) {
  PyObject** const items = PySequence_Fast_ITEMS(array);
  const Py_ssize_t length = PySequence_Fast_GET_SIZE(array);
  json += '[';
  for (Py_ssize_t i = 0; i < length; ++i) {
    if (i > 0) json += ',';
    AppendValue(items[i], depth + 1, json);
  }
  json += ']';
}

void AppendObject(PyObject* object, int depth, std::string& json) {
  json += '{';
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  Py_ssize_t position = 0;
  bool first = true;
  while (PyDict_Next(object, &position, &key, &value)) {
    if (!PyUnicode_Check(key)) {
      PyErr_Format(PyExc_TypeError, "event key %R is %.80s, not str", key,
                   Py_TYPE(key)->tp_name);
      nb::raise_python_error();
    }
    if (!first) json += ',';
    first = false;
    AppendString(key, json);
    json += ':';
    AppendValue(value, depth + 1, json);
  }
  json += '}';
}

void AppendValue(PyObject* value, int depth, std::string& json) {
  if (depth > kMaxDepth) RaiseEventError("event is nested too deeply");
  if (PyUnicode_Check(value)) {
    AppendString(value, json);
  } else if (value == Py_None) {
    json += "null";
  } else if (PyBool_Check(value)) {
    json += value == Py_True ? "true" : "false";
  } else if (PyLong_Check(value)) {
    AppendInteger(value, json);
  } else if (PyFloat_Check(value)) {
    AppendFloat(value, json);
  } else if (PyDict_Check(value)) {
    AppendObject(value, depth, json);
  } else if (PyList_Check(value) || PyTuple_Check(value)) {
    AppendArray(value, depth, json);
  } else {
    PyErr_Format(PyExc_TypeError,
                 "event value is %.80s, not str, int, float, bool, None, list, "
                 "tuple or dict",
                 Py_TYPE(value)->tp_name);
    nb::raise_python_error();
  }
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

std::string EncodeEvent(nb::dict event) {
  std::string json;
  AppendObject(event.ptr(), 0, json);
  return json;
}

EventText::EventText(nb::handle event) {
  if (PyDict_Check(event.ptr())) {
    encoded_ = EncodeEvent(nb::borrow<nb::dict>(event));
    text_ = encoded_;
    return;
  }
  if (PyUnicode_Check(event.ptr())) {
    Py_ssize_t size = 0;
    const char* const text = PyUnicode_AsUTF8AndSize(event.ptr(), &size);
    if (text != nullptr) {
      borrowed_ = nb::borrow(event);
      text_ = {text, static_cast<std::size_t>(size)};
      return;
    }
    PyErr_Clear();
    borrowed_ = EncodeSurrogates(event);
  } else if (PyBytes_Check(event.ptr())) {
    borrowed_ = nb::borrow(event);
  } else {
    PyErr_Format(PyExc_TypeError, "event is %.80s, not dict, str or bytes",
                 Py_TYPE(event.ptr())->tp_name);
    nb::raise_python_error();
  }
  const auto bytes = nb::borrow<nb::bytes>(borrowed_);
  text_ = {bytes.c_str(), bytes.size()};
}

}  // namespace hypersigma::python
