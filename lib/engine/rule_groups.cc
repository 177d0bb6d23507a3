#include "lib/engine/rule_groups.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace hypersigma::internal {
namespace {

void SortOnce(std::vector<FieldId>& fields) {
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
}

void AddFields(const DetectionPlan& detection, RuleGroup& group) {
  if (detection.kind != DetectionPlan::Kind::kItem) {
    for (const DetectionPlan& child : detection.children) {
      AddFields(child, group);
    }
  } else if (detection.field == kUnnamedField) {
    group.has_keywords = true;
  } else {
    group.fields.push_back(detection.field);
  }
}

void AddRule(RuleId id, const RulePlan& rule,
             std::span<const Predicate> predicates, RuleGroup& group) {
  group.rules.push_back(id);
  if (rule.always) group.always.push_back(id);
  for (const PredicateId witness : rule.witness) {
    const FieldId field = predicates[Index(witness)].field;
    if (field != kUnnamedField) group.waking.push_back(field);
  }
  for (const SelectionPlan& selection : rule.selections) {
    AddFields(selection.detection, group);
  }
}

}  // namespace

std::vector<RuleGroup> GroupRules(std::span<const Rule> rules,
                                  const Plan& plan) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::vector<RuleGroup> groups;
  absl::flat_hash_map<Key, std::size_t> positions;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const LogSource source =
        FoldLogSource({rules[i].product, rules[i].category, rules[i].service});
    const auto [position, is_new] = positions.try_emplace(
        Key(source.product, source.category, source.service), groups.size());
    if (is_new) {
      groups.emplace_back().log_source = source;
    }
    AddRule(RuleId{i}, plan.rules[i], plan.predicates,
            groups[position->second]);
  }
  for (RuleGroup& group : groups) {
    SortOnce(group.fields);
    SortOnce(group.waking);
  }
  return groups;
}

}  // namespace hypersigma::internal
