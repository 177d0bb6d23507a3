// Profiles of sample events.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_PROFILE_H_
#define HYPERSIGMA_BINDINGS_PYTHON_PROFILE_H_

#include <nanobind/nanobind.h>

namespace hypersigma::python {

// Binds Profile. Before what takes one.
void BindProfile(nanobind::module_& module);

// Binds what makes one from files. After Engine and FileScan.
void BindProfiling(nanobind::module_& module);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_PROFILE_H_
