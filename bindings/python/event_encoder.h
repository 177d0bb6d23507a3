// A Python dict -> JSON text that says the same.
//
// json.dumps() would coerce keys and write NaN; what it does is slower, too.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_
#define HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_

#include <nanobind/nanobind.h>

#include <string>

namespace hypersigma::python {

// Returns `event` as JSON in UTF-8. Integers keep all digits, floats have their
// shortest round-trip digits, lone surrogates become \uD8xx escapes. Runs no
// Python code. Raises TypeError for a key that is not a str or a value that is
// not a str, int, float, bool, None, list, tuple or dict; EventError for NaN,
// infinity, and nesting past any limit of the reader (a cycle). REQUIRES: the
// GIL is held.
std::string EncodeEvent(nanobind::dict event);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_EVENT_ENCODER_H_
