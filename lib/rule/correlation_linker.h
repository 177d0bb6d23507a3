// Resolves what correlations refer to, over a whole rule set.
//
// After all documents are parsed: the order of files and documents does not
// matter. Source: Sigma correlation rules specification; design document
// "semantics", 9.1, 9.7 and 9.8.

#ifndef HYPERSIGMA_LIB_RULE_CORRELATION_LINKER_H_
#define HYPERSIGMA_LIB_RULE_CORRELATION_LINKER_H_

#include <cstddef>
#include <memory>
#include <span>

#include "lib/rule/correlation.h"
#include "lib/rule/reporter.h"
#include "lib/rule/rule_index.h"

namespace hypersigma::internal {

struct UnlinkedCorrelation {
  CorrelationRule correlation;
  std::unique_ptr<Reporter> reporter;  // takes what is found here
  std::size_t document = 0;            // in LoadReport::documents
  // After LinkCorrelations(): not to be used, an error says why.
  bool is_refused = false;
};

// Fills the targets of all references; targets of kind kCorrelation are
// positions in `correlations`. Refused, with what refers to it: a correlation
// with an unknown reference, one in a cycle, one that is nested too deeply.
// `strict`: also one whose expression and list name different rules. Cost:
// linear in the references.
void LinkCorrelations(std::span<UnlinkedCorrelation> correlations,
                      RuleIndex& index, bool strict);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CORRELATION_LINKER_H_
