// Applies filters to the detection rules of a rule set.
//
// After all documents are parsed: the order of files and documents does not
// matter. Source: Sigma filters specification; design document "semantics",
// 8.2 to 8.5.

#ifndef HYPERSIGMA_LIB_RULE_FILTER_LINKER_H_
#define HYPERSIGMA_LIB_RULE_FILTER_LINKER_H_

#include <cstddef>
#include <memory>
#include <span>

#include "hypersigma/rule_set.h"
#include "lib/rule/ast.h"
#include "lib/rule/correlation.h"
#include "lib/rule/filter.h"
#include "lib/rule/reporter.h"
#include "lib/rule/rule_index.h"

namespace hypersigma::internal {

struct UnlinkedFilter {
  FilterRule filter;
  std::unique_ptr<Reporter> reporter;  // takes what is found here
  std::size_t document = 0;            // in LoadReport::documents
};

// What filters act on. `rules` and `detections` have the same positions, which
// `index` and `correlations` refer to.
struct FilteredRules {
  std::span<Rule> rules;
  std::span<DetectionRule> detections;
  std::span<const CorrelationRule> correlations;
};

// Puts each filter into the rules that it is for: referenced, or under a
// referenced correlation, and with every attribute of the filter's log source
// (ASCII caseless). Of such a rule every condition C becomes
// `(C) and (filter condition)`; the filter's selections follow the rule's own,
// where no name of the rule reaches them.
//
// A reference that leads nowhere is ignored with a warning. Cost: linear in
// filters times rules, at a few comparisons each, and in what is copied, which
// is limited: a filter over the limit is refused as a whole.
void ApplyFilters(std::span<UnlinkedFilter> filters, RuleIndex& index,
                  const FilteredRules& target);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_FILTER_LINKER_H_
