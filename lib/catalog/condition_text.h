// Conditions as text, and which selections they deny.

#ifndef HYPERSIGMA_LIB_CATALOG_CONDITION_TEXT_H_
#define HYPERSIGMA_LIB_CATALOG_CONDITION_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Returns the conditions as they are evaluated, with the names that their
// patterns stand for: "a and 1 of (b_1, b_2) and not c".
std::string ConditionText(const DetectionRule& rule);

// How conditions use a selection.
enum class Use : std::uint8_t { kNone, kAsserted, kDenied, kBoth };

// Returns the use of each selection. Cost: linear in the conditions.
std::vector<Use> SelectionUses(const DetectionRule& rule);

// What a use means inside of a negation.
Use Negated(Use use);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_CONDITION_TEXT_H_
