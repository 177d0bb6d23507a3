#include "lib/engine/keyword_groups.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace hypersigma::internal {
namespace {

void MarkKeywords(const DetectionPlan& detection, std::vector<char>& marked) {
  for (const DetectionPlan& child : detection.children) {
    MarkKeywords(child, marked);
  }
  if (detection.field != kUnnamedField) return;
  for (const ValuePlan& value : detection.values) {
    for (const PredicateId predicate : value.any_of) {
      marked[Index(predicate)] = 1;
    }
  }
}

bool HasUntriggered(const Plan& plan, const std::vector<char>& marked) {
  for (std::size_t i = plan.decided_count; i < marked.size(); ++i) {
    if (marked[i] != 0 && !plan.predicates[i].has_trigger) return true;
  }
  return false;
}

FieldPlan PartOf(const FieldPlan& all, const std::vector<char>& marked) {
  const auto is_marked = [&marked](PredicateId predicate) {
    return marked[Index(predicate)] != 0;
  };
  FieldPlan part;
  for (const Pattern& pattern : all.patterns) {
    Pattern kept{pattern.literal, pattern.cased, {}};
    for (const Reaction& reaction : pattern.reactions) {
      if (is_marked(reaction.predicate)) kept.reactions.push_back(reaction);
    }
    if (!kept.reactions.empty()) part.patterns.push_back(std::move(kept));
  }
  std::copy_if(all.equalities.begin(), all.equalities.end(),
               std::back_inserter(part.equalities),
               [&](const Equality& e) { return is_marked(e.predicate); });
  std::copy_if(all.on_presence.begin(), all.on_presence.end(),
               std::back_inserter(part.on_presence), is_marked);
  std::copy_if(all.on_text.begin(), all.on_text.end(),
               std::back_inserter(part.on_text), is_marked);
  return part;
}

}  // namespace

std::vector<KeywordPlan> PlanKeywordGroups(const Plan& plan,
                                           std::span<const RuleGroup> groups) {
  std::vector<KeywordPlan> plans;
  if (std::count_if(groups.begin(), groups.end(), [](const RuleGroup& group) {
        return group.has_keywords;
      }) > static_cast<std::ptrdiff_t>(kMaxKeywordGroups)) {
    return plans;
  }
  for (const RuleGroup& group : groups) {
    KeywordPlan& part = plans.emplace_back();
    if (!group.has_keywords) continue;
    std::vector<char> marked(plan.predicates.size());
    for (const RuleId rule : group.rules) {
      for (const SelectionPlan& selection :
           plan.rules[static_cast<std::size_t>(rule)].selections) {
        MarkKeywords(selection.detection, marked);
      }
    }
    part = {PartOf(plan.keyword_plan, marked), HasUntriggered(plan, marked)};
  }
  return plans;
}

KeywordPlan PlanAllKeywords(const Plan& plan) {
  std::vector<char> marked;
  marked.reserve(plan.predicates.size());
  for (const Predicate& predicate : plan.predicates) {
    marked.push_back(predicate.field == kUnnamedField ? 1 : 0);
  }
  return {plan.keyword_plan, HasUntriggered(plan, marked)};
}

}  // namespace hypersigma::internal
