// The rules of a set, as the reference evaluator has them.

#ifndef HYPERSIGMA_TESTS_CORPUS_REFERENCES_H_
#define HYPERSIGMA_TESTS_CORPUS_REFERENCES_H_

#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/reference/evaluator.h"

namespace hypersigma {

// Makes the reference's form of every document that the engine loads, in
// RuleId order.
std::vector<reference::ReferenceRule> References(const RuleSet& rules);

}  // namespace hypersigma

#endif  // HYPERSIGMA_TESTS_CORPUS_REFERENCES_H_
