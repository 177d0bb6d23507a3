#include "lib/engine/details.h"

#include <algorithm>
#include <string>

namespace hypersigma::internal {

std::span<const Match> MatchDetails::List(std::span<const RuleId> rules) {
  matches_.clear();
  for (RuleId rule : rules) matches_.push_back({rule, {}, {}, {}});
  return matches_;
}

std::span<const Match> MatchDetails::Describe(std::span<const RuleId> rules,
                                              Evaluator& evaluator) {
  if (rules.empty()) return List(rules);
  const VerdictMemo::Id verdict = evaluator.verdict();
  Lists& known = known_[verdict.slot];
  if (verdict.serial != 0 && known.serial == verdict.serial) {
    return ListWith(rules, known);
  }
  const std::size_t asked_before = evaluator.asked_count();
  Find(rules, evaluator);
  // What was asked only now may be otherwise for another event.
  const bool is_of_verdict = verdict.serial != 0 &&
                             evaluator.asked_count() == asked_before &&
                             !evaluator.needs_keywords();
  if (is_of_verdict && found_.indicators.size() <= kMaxKeptIndicators) {
    known = found_;
    known.serial = verdict.serial;
  }
  return ListWith(rules, found_);
}

void MatchDetails::Find(std::span<const RuleId> rules, Evaluator& evaluator) {
  found_.selections.clear();
  found_.indicators.clear();
  found_.ends.clear();
  for (RuleId rule : rules) {
    const RulePlan& plan =
        engine_->plan().rules[static_cast<std::size_t>(rule)];
    for (const SelectionPlan& selection : plan.selections) {
      if (!selection.named || selection.is_filter) continue;
      if (!Holds(selection.detection, evaluator)) continue;
      found_.selections.push_back(selection.name);
      Collect(selection.detection, evaluator);
    }
    found_.ends.push_back({found_.selections.size(), found_.indicators.size()});
  }
}

// The lists no longer grow: matches may point into them.
std::span<const Match> MatchDetails::ListWith(std::span<const RuleId> rules,
                                              const Lists& lists) {
  List(rules);
  Lists::Ends begin{0, 0};
  for (std::size_t i = 0; i < matches_.size(); ++i) {
    const Lists::Ends end = lists.ends[i];
    matches_[i].selections =
        std::span(lists.selections)
            .subspan(begin.selections, end.selections - begin.selections);
    matches_[i].indicators =
        std::span(lists.indicators)
            .subspan(begin.indicators, end.indicators - begin.indicators);
    begin = end;
  }
  return matches_;
}

bool MatchDetails::Holds(const ValuePlan& value, Evaluator& evaluator) const {
  return std::any_of(value.any_of.begin(), value.any_of.end(),
                     [&evaluator](PredicateId predicate) {
                       return evaluator.Holds(predicate) == Verdict::kTrue;
                     });
}

bool MatchDetails::Holds(const DetectionPlan& detection,
                         Evaluator& evaluator) const {
  const auto holds = [this, &evaluator](const auto& part) {
    return Holds(part, evaluator);
  };
  switch (detection.kind) {
    case DetectionPlan::Kind::kItem: {
      const std::vector<ValuePlan>& values = detection.values;
      const bool met = detection.all
                           ? std::all_of(values.begin(), values.end(), holds)
                           : std::any_of(values.begin(), values.end(), holds);
      return met != detection.neq;
    }
    case DetectionPlan::Kind::kAllOf:
      return std::all_of(detection.children.begin(), detection.children.end(),
                         holds);
    case DetectionPlan::Kind::kAnyOf:
      return std::any_of(detection.children.begin(), detection.children.end(),
                         holds);
  }
  return false;
}

void MatchDetails::Collect(const DetectionPlan& detection,
                           Evaluator& evaluator) {
  const bool all_hold = detection.kind == DetectionPlan::Kind::kAllOf;
  for (const DetectionPlan& child : detection.children) {
    if (all_hold || Holds(child, evaluator)) Collect(child, evaluator);
  }
  // What an inverted item looks for is just what the event does not have.
  if (detection.neq) return;
  for (const ValuePlan& value : detection.values) {
    if (!detection.all && !Holds(value, evaluator)) continue;
    const std::string_view field =
        detection.field == kUnnamedField
            ? std::string_view()
            : engine_->plan().fields.names()[Index(detection.field)];
    found_.indicators.push_back({field, value.kind, value.written});
  }
}

}  // namespace hypersigma::internal
