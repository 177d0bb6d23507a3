// Takes refused rules out of loaded ones.

#ifndef HYPERSIGMA_LIB_PIPELINE_RULE_REMOVAL_H_
#define HYPERSIGMA_LIB_PIPELINE_RULE_REMOVAL_H_

#include <cstdint>
#include <map>
#include <string>

#include "lib/rule/rule_loader.h"

namespace hypersigma::internal {

// Positions of rules or correlations, and why they are refused.
using Refusals = std::map<std::uint32_t, std::string>;

// Removes the rules and correlations; a correlation that refers to nothing but
// removed ones goes too. Their documents are refused with the reason, all
// others get their new RuleIds.
void RemoveRules(const Refusals& rules, Refusals correlations,
                 LoadedRules& loaded);

// Adds remarks to the document of a rule.
void AddDiagnostic(Severity severity, const std::string& message,
                   Document& document);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_RULE_REMOVAL_H_
