// Rules between loading and compiling, and the pipelines that change them.

#ifndef HYPERSIGMA_BINDINGS_PYTHON_RULE_SET_H_
#define HYPERSIGMA_BINDINGS_PYTHON_RULE_SET_H_

#include <nanobind/nanobind.h>

namespace hypersigma::python {

// Adds the class Pipeline to the module.
void BindPipeline(nanobind::module_& module);

// Adds the class RuleSet. Its loading releases the GIL.
void BindRuleSet(nanobind::module_& module);

}  // namespace hypersigma::python

#endif  // HYPERSIGMA_BINDINGS_PYTHON_RULE_SET_H_
