// A Python dict -> JSON text that says the same.
//
// json.dumps() would coerce keys and write NaN; what it does is slower, too.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_
#define HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_

#include <nanobind/nanobind.h>

#include <string>
#include <string_view>

namespace hypersigma::python {

// Returns `event` as JSON in UTF-8. Integers keep all digits, floats have their
// shortest round-trip digits, lone surrogates become \uD8xx escapes. Runs no
// Python code. Raises TypeError for a key that is not a str or a value that is
// not a str, int, float, bool, None, list, tuple or dict; EventError for NaN,
// infinity, and nesting past any limit of the reader (a cycle). REQUIRES: the
// GIL is held.
std::string EncodeEvent(nanobind::dict event);

// The JSON text of an event that Python gives as a dict, str or bytes. Keeps
// alive what it borrows. REQUIRES: the GIL is held but for text().
class EventText {
 public:
  // Raises what EncodeEvent() does, and TypeError for anything else.
  explicit EventText(nanobind::handle event);

  std::string_view text() const { return text_; }

 private:
  std::string encoded_;
  nanobind::object borrowed_;
  std::string_view text_;
};

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_
