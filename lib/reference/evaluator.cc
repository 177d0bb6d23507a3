#include "lib/reference/evaluator.h"

#include <algorithm>

namespace hypersigma::reference {

// Source of keywords: "semantics", 6.
Truth ItemValueHolds(const ReferenceItem& item, const RuleValue& value,
                     ReferenceEvent& event) {
  if (item.field.has_value()) {
    return ValueHolds(value, item.cased, event.Field(*item.field), event);
  }
  return AnyOf(event.AllScalars(), [&](const EventValue& scalar) {
    return ElementMatches(value, item.cased, scalar);
  });
}

Truth ItemHolds(const ReferenceItem& item, ReferenceEvent& event) {
  if (item.needs_element && event.Field(*item.field).elements.empty()) {
    return ToTruth(item.neq);
  }
  const auto holds = [&](const RuleValue& value) {
    return ItemValueHolds(item, value, event);
  };
  const Truth result =
      item.all ? AllOf(item.values, holds) : AnyOf(item.values, holds);
  return item.neq ? Not(result) : result;
}

Truth DetectionHolds(const ReferenceDetection& detection,
                     ReferenceEvent& event) {
  const auto holds = [&](const ReferenceDetection& child) {
    return DetectionHolds(child, event);
  };
  switch (detection.kind) {
    case ReferenceDetection::Kind::kItem:
      return ItemHolds(detection.item, event);
    case ReferenceDetection::Kind::kAllOf:
      return AllOf(detection.children, holds);
    case ReferenceDetection::Kind::kAnyOf:
      return AnyOf(detection.children, holds);
  }
  return Truth::kFalse;
}

Truth BodyHolds(const ReferenceBody& body, ReferenceEvent& event) {
  const auto selection_holds = [&](const std::string& name) {
    const auto selection = std::find_if(
        body.selections.begin(), body.selections.end(),
        [&](const ReferenceSelection& one) { return one.name == name; });
    return selection == body.selections.end()
               ? Truth::kFalse
               : DetectionHolds(selection->detection, event);
  };
  return AnyOf(body.conditions, [&](const ConditionNode& condition) {
    return ConditionHolds(condition, selection_holds);
  });
}

// Source of filters: "semantics", 8.4.
Truth RuleHolds(const ReferenceRule& rule, ReferenceEvent& event) {
  const Truth alone = BodyHolds(rule, event);
  if (alone == Truth::kFalse) return alone;
  return std::min(alone, AllOf(rule.filters, [&](const auto& filter) {
                    return BodyHolds(*filter, event);
                  }));
}

std::vector<std::string> TrueSelections(const ReferenceBody& body,
                                        ReferenceEvent& event) {
  std::vector<std::string> names;
  for (const ReferenceSelection& selection : body.selections) {
    if (body.named.count(selection.name) == 1 &&
        DetectionHolds(selection.detection, event) == Truth::kTrue) {
      names.push_back(selection.name);
    }
  }
  return names;
}

}  // namespace hypersigma::reference
