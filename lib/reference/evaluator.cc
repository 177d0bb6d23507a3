// Evaluation. How rules are made from YAML is in loader.cc.

#include "lib/reference/evaluator.h"

#include <algorithm>

namespace hypersigma::reference {
namespace {

// Source: "semantics", 6.
bool KeywordHolds(const RuleValue& value, bool cased, ReferenceEvent& event) {
  const std::vector<EventValue>& scalars = event.AllScalars();
  return std::any_of(scalars.begin(), scalars.end(),
                     [&](const EventValue& scalar) {
                       return ElementMatches(value, cased, scalar);
                     });
}

}  // namespace

bool ItemHolds(const ReferenceItem& item, ReferenceEvent& event) {
  const auto holds = [&](const RuleValue& value) {
    if (!item.field.has_value()) return KeywordHolds(value, item.cased, event);
    return ValueHolds(value, item.cased, event.Field(*item.field), event);
  };
  const auto begin = item.values.begin();
  const auto end = item.values.end();
  const bool result = item.all ? std::all_of(begin, end, holds)
                               : std::any_of(begin, end, holds);
  return result != item.neq;
}

bool DetectionHolds(const ReferenceDetection& detection,
                    ReferenceEvent& event) {
  const auto holds = [&](const ReferenceDetection& child) {
    return DetectionHolds(child, event);
  };
  const auto begin = detection.children.begin();
  const auto end = detection.children.end();
  switch (detection.kind) {
    case ReferenceDetection::Kind::kItem:
      return ItemHolds(detection.item, event);
    case ReferenceDetection::Kind::kAllOf:
      return std::all_of(begin, end, holds);
    case ReferenceDetection::Kind::kAnyOf:
      return std::any_of(begin, end, holds);
  }
  return false;
}

bool RuleHolds(const ReferenceRule& rule, ReferenceEvent& event) {
  const auto selection_holds = [&](const std::string& name) {
    return std::any_of(rule.selections.begin(), rule.selections.end(),
                       [&](const ReferenceSelection& selection) {
                         return selection.name == name &&
                                DetectionHolds(selection.detection, event);
                       });
  };
  return std::any_of(rule.conditions.begin(), rule.conditions.end(),
                     [&](const ConditionNode& condition) {
                       return ConditionHolds(condition, selection_holds);
                     });
}

std::vector<std::string> TrueSelections(const ReferenceRule& rule,
                                        ReferenceEvent& event) {
  std::vector<std::string> names;
  for (const ReferenceSelection& selection : rule.selections) {
    if (rule.named.count(selection.name) == 1 &&
        DetectionHolds(selection.detection, event)) {
      names.push_back(selection.name);
    }
  }
  return names;
}

}  // namespace hypersigma::reference
