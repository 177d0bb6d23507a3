// Rules chosen by their attributes.

#ifndef HYPERSIGMA_LIB_ENGINE_RULE_SELECTION_H_
#define HYPERSIGMA_LIB_ENGINE_RULE_SELECTION_H_

#include <cstddef>
#include <span>

#include "absl/status/status.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::internal {

// Returns the rules that meet `criteria`.
RuleMask SelectRules(std::span<const Rule> rules, const RuleCriteria& criteria);

// Errors: kInvalidArgument unless `mask` is null or one of `rule_count` rules.
absl::Status CheckMask(const RuleMask* mask, std::size_t rule_count);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_RULE_SELECTION_H_
