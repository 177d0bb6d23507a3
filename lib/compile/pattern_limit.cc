#include "lib/compile/pattern_limit.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace hypersigma::internal {
namespace {

// The field of a predicate and one of its patterns there. Keywords come after
// all fields.
struct PatternUse {
  std::size_t field = 0;
  std::size_t pattern = 0;
};

class RuleAdder {
 public:
  RuleAdder(const Plan& plan, std::size_t max_patterns)
      : plan_(plan),
        max_patterns_(max_patterns),
        uses_(plan.predicates.size()) {
    for (const FieldPlan& field : plan.field_plans) AddField(field);
    AddField(plan.keyword_plan);
  }

  // Adds the rule's patterns, or returns why they do not fit.
  std::string Add(const RulePlan& rule) {
    added_.clear();
    std::string reason;
    for (const SelectionPlan& selection : rule.selections) {
      if (reason.empty()) reason = AddDetection(selection.detection);
    }
    if (!reason.empty()) {
      for (const PatternUse& use : added_) {
        is_used_[use.field][use.pattern] = false;
        --counts_[use.field];
      }
    }
    return reason;
  }

 private:
  void AddField(const FieldPlan& field) {
    const std::size_t position = counts_.size();
    for (std::size_t i = 0; i < field.patterns.size(); ++i) {
      for (const Reaction& reaction : field.patterns[i].reactions) {
        uses_[Index(reaction.predicate)].push_back({position, i});
      }
    }
    is_used_.emplace_back(field.patterns.size());
    counts_.push_back(0);
  }

  std::string AddDetection(const DetectionPlan& detection) {
    for (const ValuePlan& value : detection.values) {
      for (const PredicateId id : value.any_of) {
        for (const PatternUse& use : uses_[Index(id)]) {
          if (is_used_[use.field][use.pattern]) continue;
          if (counts_[use.field] == max_patterns_) return Reason(use.field);
          is_used_[use.field][use.pattern] = true;
          ++counts_[use.field];
          added_.push_back(use);
        }
      }
    }
    for (const DetectionPlan& child : detection.children) {
      if (std::string reason = AddDetection(child); !reason.empty()) {
        return reason;
      }
    }
    return {};
  }

  std::string Reason(std::size_t field) const {
    const bool is_keyword = field == plan_.field_plans.size();
    return (is_keyword ? "keywords have"
                       : "field '" + plan_.fields.names()[field] + "' has") +
           std::string(" too many patterns in all rules, expected at most ") +
           std::to_string(max_patterns_);
  }

  const Plan& plan_;
  std::size_t max_patterns_;
  std::vector<std::vector<PatternUse>> uses_;  // by PredicateId
  std::vector<std::vector<bool>> is_used_;     // by field and pattern
  std::vector<std::size_t> counts_;            // by field
  std::vector<PatternUse> added_;              // by the rule at hand
};

}  // namespace

std::vector<Refusal> FindRulesPastPatternLimit(const Plan& plan,
                                               std::size_t max_patterns) {
  const auto fits = [&](const FieldPlan& field) {
    return field.patterns.size() <= max_patterns;
  };
  if (fits(plan.keyword_plan) &&
      std::all_of(plan.field_plans.begin(), plan.field_plans.end(), fits)) {
    return {};
  }
  std::vector<Refusal> refused;
  RuleAdder adder(plan, max_patterns);
  for (std::uint32_t i = 0; i < plan.rules.size(); ++i) {
    if (std::string reason = adder.Add(plan.rules[i]); !reason.empty()) {
      refused.emplace_back(RuleId{i}, std::move(reason));
    }
  }
  return refused;
}

}  // namespace hypersigma::internal
