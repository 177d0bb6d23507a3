#include "lib/engine/rule_groups.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace hypersigma::internal {
namespace {

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

void AddRule(RuleId id, const RulePlan& rule, RuleGroup& group) {
  group.rules.push_back(id);
  if (rule.always) group.always.push_back(id);
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
    AddRule(RuleId{i}, plan.rules[i], groups[position->second]);
  }
  for (RuleGroup& group : groups) {
    std::sort(group.fields.begin(), group.fields.end());
    group.fields.erase(std::unique(group.fields.begin(), group.fields.end()),
                       group.fields.end());
  }
  return groups;
}

}  // namespace hypersigma::internal
