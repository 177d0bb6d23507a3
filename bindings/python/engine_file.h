// Engines in files: saving, loading, and a folder of them.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_ENGINE_FILE_H_
#define HYPERSIGMA_BINDINGS_PYTHON_ENGINE_FILE_H_

#include <nanobind/nanobind.h>

#include "bindings/python/engine.h"

namespace hypersigma::python {

// Adds load(), save() and load_or_build() to the class Engine. They release the
// GIL.
void BindEngineFile(nanobind::class_<PythonEngine>& engine);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_ENGINE_FILE_H_
