// What a filter says. Plain data, owns its text.
//
// Written by filter_parser, applied to detection rules by filter_linker.
// Source: Sigma filters specification.

#ifndef HYPERSIGMA_LIB_RULE_FILTER_H_
#define HYPERSIGMA_LIB_RULE_FILTER_H_

#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/base/source.h"
#include "lib/rule/ast.h"
#include "lib/rule/rule_reference.h"

namespace hypersigma::internal {

struct FilterRule {
  // Its log source narrows the rules that it applies to.
  Rule attributes;
  // Applies to every rule; `rules` is empty.
  bool is_for_any = false;
  std::vector<RuleReference> rules;
  std::vector<Selection> selections;  // as written
  // One; under lenient loading also several, linked by OR. Positions are those
  // in `selections`.
  std::vector<Condition> conditions;
  SourceRange range;  // of the key `filter`
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_FILTER_H_
