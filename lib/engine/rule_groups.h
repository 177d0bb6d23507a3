// The rules of an engine by their log sources.

#ifndef HYPERSIGMA_LIB_ENGINE_RULE_GROUPS_H_
#define HYPERSIGMA_LIB_ENGINE_RULE_GROUPS_H_

#include <span>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/compile/plan.h"
#include "lib/rule/log_source.h"

namespace hypersigma::internal {

// Rules that say the same of where events come from.
struct RuleGroup {
  LogSource log_source;  // ASCII folded
  std::vector<RuleId> rules;
  std::vector<RuleId> always;   // those of them that have no witness
  std::vector<FieldId> fields;  // what they look at, sorted
  std::vector<FieldId> waking;  // the fields of their witnesses, sorted
  bool has_keywords = false;
};

// Returns the groups in order of first appearance; every rule is in one. Cost:
// linear in the rules' items.
std::vector<RuleGroup> GroupRules(std::span<const Rule> rules,
                                  const Plan& plan);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_RULE_GROUPS_H_
