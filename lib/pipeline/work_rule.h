// A rule while pipelines change it: the AST, with a record of what each item
// did to its parts.
//
// Parts may be empty here, unlike in the AST: what drop_detection_item leaves.

#ifndef HYPERSIGMA_LIB_PIPELINE_WORK_RULE_H_
#define HYPERSIGMA_LIB_PIPELINE_WORK_RULE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "hypersigma/rule_set.h"
#include "lib/pipeline/transformation.h"
#include "lib/rule/ast.h"
#include "lib/rule/correlation.h"

namespace hypersigma::internal {

// Ids of the pipeline items that did something.
using AppliedIds = absl::flat_hash_set<std::string>;

// Detection with records. Of the AST's kinds; kAllOf and kAnyOf may be empty.
struct WorkDetection {
  Detection::Kind kind = Detection::Kind::kItem;
  DetectionItem item;
  AppliedIds applied;  // to the item
  std::vector<WorkDetection> children;
};

struct WorkSelection {
  std::string name;
  WorkDetection detection;
  SourceRange range;
  bool is_filter = false;
};

struct WorkRule {
  // One of them is the rule's.
  Rule* attributes = nullptr;
  CorrelationRule* correlation = nullptr;  // null for detection rules

  // Of detection rules. Positions in conditions are those of `selections`.
  std::vector<WorkSelection> selections;
  std::vector<Condition> conditions;
  SourceRange condition_range;

  AppliedIds applied;
  // To names in `fieldref` values and correlations.
  absl::flat_hash_map<std::string, AppliedIds> applied_to_names;
  std::map<std::string, Scalar, std::less<>> state;
  std::map<std::string, SetAttribute, std::less<>> custom_attributes;
  std::vector<std::string> warnings;
};

// Moves the parts of `rule` into a WorkRule.
WorkRule MakeWorkRule(Rule& attributes, DetectionRule rule);

// Moves them back, without what is empty: an empty selection takes no part in
// conditions, neither under AND and OR nor under NOT, as in pySigma. Returns
// false when no condition is left, and `rule` is then not usable.
bool FinishWorkRule(WorkRule& work, DetectionRule& rule);

// Returns `detection` without records, for an added selection.
WorkDetection MakeWorkDetection(Detection detection);

// What a copy of an item costs of the node limits.
std::size_t CostOf(const DetectionItem& item);
std::size_t CostOf(const RuleValue& value);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_WORK_RULE_H_
