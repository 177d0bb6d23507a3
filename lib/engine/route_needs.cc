#include "lib/engine/route_needs.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hypersigma::internal {
namespace {

bool IsAboutPresence(Operator op) {
  return op == Operator::kNull || op == Operator::kExists ||
         op == Operator::kMissing;
}

// Whether `literal` may be part of the text of a number.
bool IsNumeric(std::string_view literal) {
  constexpr std::string_view kCharacters = "0123456789+-.eE";
  return std::all_of(literal.begin(), literal.end(), [kCharacters](char c) {
    return kCharacters.find(c) != std::string_view::npos;
  });
}

}  // namespace

RouteNeeds::RouteNeeds(const EngineState& engine,
                       std::shared_ptr<const Route> route,
                       const RuleMask* selected)
    : engine_(&engine),
      route_(std::move(route)),
      asked_(engine.plan().predicates.size()),
      fields_(engine.plan().fields.size()),
      presence_(engine.plan().fields.size()),
      compared_(engine.plan().fields.size()),
      compared_fields_(engine.plan().fields.size()),
      on_demand_(engine.plan().fields.size()),
      asks_for_null_(engine.plan().fields.size()) {
  MarkRules(selected);
  AddOnDemand();
  AddFields();
  AddKeywords();
}

void RouteNeeds::MarkDetection(const DetectionPlan& detection) {
  for (const DetectionPlan& child : detection.children) MarkDetection(child);
  for (const ValuePlan& value : detection.values) {
    for (const PredicateId predicate : value.any_of) {
      asked_[Index(predicate)] = 1;
    }
  }
}

// Selections count in full: matches tell which of their values hold.
void RouteNeeds::MarkRules(const RuleMask* selected) {
  const std::vector<RulePlan>& rules = engine_->plan().rules;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (!route_->rules.Contains(RuleId{i})) continue;
    if (selected != nullptr && !selected->Contains(RuleId{i})) continue;
    for (const SelectionPlan& selection : rules[i].selections) {
      MarkDetection(selection.detection);
    }
    for (const Test& test : rules[i].program.tests) {
      asked_[Index(test.predicate)] = 1;
    }
    for (const PredicateId witness : rules[i].witness) {
      asked_[Index(witness)] = 1;
    }
  }
}

void RouteNeeds::AddOnDemand() {
  const Plan& plan = engine_->plan();
  for (std::uint32_t i = plan.decided_count; i < asked_.size(); ++i) {
    if (asked_[i] == 0) continue;
    const Predicate& predicate = plan.predicates[i];
    if (predicate.op == Operator::kFieldRef) {
      compared_fields_[Index(predicate.field)] = 1;
      compared_fields_[Index(predicate.other_field)] = 1;
    } else if (predicate.field == kUnnamedField) {
      any_value_matters_ = any_value_matters_ || !predicate.has_trigger;
    } else if (IsAboutPresence(predicate.op)) {
      asks_for_null_[Index(predicate.field)] = 1;
    } else if (!predicate.has_trigger) {
      on_demand_[Index(predicate.field)].push_back(PredicateId{i});
    }
  }
}

void RouteNeeds::AddFields() {
  const auto add = [this](FieldId member, FieldId field) {
    std::vector<FieldId>& fields = fields_[Index(member)];
    if (std::find(fields.begin(), fields.end(), field) != fields.end()) return;
    fields.push_back(field);
  };
  for (std::uint32_t i = 0; i < fields_.size(); ++i) {
    if (route_->fields[i] != FieldUse::kNone) add(FieldId{i}, FieldId{i});
  }
  for (const FieldAlias& alias : route_->aliases) {
    if (route_->fields[Index(alias.field)] == FieldUse::kNone) continue;
    for (const FieldId member : alias.members) {
      add(member, alias.field);
      presence_[Index(member)] = 1;
    }
  }
  for (std::uint32_t i = 0; i < fields_.size(); ++i) {
    if (compared_fields_[i] != 0) compared_[i] = 1;
    for (const FieldId field : fields_[i]) {
      if (asks_for_null_[Index(field)] != 0) presence_[i] = 1;
      if (compared_fields_[Index(field)] != 0) compared_[i] = 1;
    }
  }
}

void RouteNeeds::AddKeywords() {
  const std::vector<std::uint32_t>& groups = route_->keyword_groups;
  if (groups.empty() || engine_->keyword_matcher().is_empty()) return;
  const std::span<const FieldMatcher> of_groups = engine_->keyword_groups();
  if (of_groups.empty() || groups.size() > kMaxKeywordGroupsOfEvent) {
    keyword_matchers_ = {&engine_->keyword_matcher()};
  } else {
    for (const std::uint32_t group : groups) {
      if (!of_groups[group].is_empty()) {
        keyword_matchers_.push_back(&of_groups[group]);
      }
    }
  }
  const FieldPlan& plan = engine_->plan().keyword_plan;
  numbers_may_fire_ =
      !plan.equalities.empty() || !plan.on_text.empty() ||
      !plan.on_presence.empty() ||
      std::any_of(plan.patterns.begin(), plan.patterns.end(),
                  [this](const Pattern& pattern) {
                    return IsNumeric(pattern.literal) &&
                           std::any_of(
                               pattern.reactions.begin(),
                               pattern.reactions.end(),
                               [this](const Reaction& reaction) {
                                 return IsAsked(Index(reaction.predicate));
                               });
                  });
}

}  // namespace hypersigma::internal
