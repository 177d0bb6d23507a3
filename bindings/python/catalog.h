// The catalogue of a rule set.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_CATALOG_H_
#define HYPERSIGMA_BINDINGS_PYTHON_CATALOG_H_

#include <nanobind/nanobind.h>

namespace hypersigma::python {

// Adds the class Catalog. Building and writing release the GIL.
void BindCatalog(nanobind::module_& module);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_CATALOG_H_
