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
  selections_.clear();
  indicators_.clear();
  ends_.clear();
  for (RuleId rule : rules) {
    const RulePlan& plan =
        engine_->plan().rules[static_cast<std::size_t>(rule)];
    for (const SelectionPlan& selection : plan.selections) {
      if (!selection.named || selection.is_filter) continue;
      if (!Holds(selection.detection, evaluator)) continue;
      selections_.push_back(selection.name);
      Collect(selection.detection, evaluator);
    }
    ends_.push_back({selections_.size(), indicators_.size()});
  }
  // The lists no longer grow: matches may point into them.
  List(rules);
  Ends begin{0, 0};
  for (std::size_t i = 0; i < matches_.size(); ++i) {
    const Ends end = ends_[i];
    matches_[i].selections =
        std::span(selections_)
            .subspan(begin.selections, end.selections - begin.selections);
    matches_[i].indicators =
        std::span(indicators_)
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
    indicators_.push_back({field, value.kind, value.written});
  }
}

}  // namespace hypersigma::internal
