#include "tests/property/coverage.h"

#include <set>

namespace hypersigma::property {
namespace {

using reference::ReferenceDetection;
using reference::ReferenceEvent;
using reference::ReferenceItem;
using reference::RuleValue;

std::string KindName(const RuleValue& value) {
  switch (value.kind) {
    case RuleValue::Kind::kNull:
      return "(null)";
    case RuleValue::Kind::kBool:
      return "(boolean)";
    case RuleValue::Kind::kNumber:
      return "(number)";
    case RuleValue::Kind::kText:
      return "(text)";
    default:
      return "(by modifier)";
  }
}

std::set<std::string> KeysOf(const ReferenceItem& item) {
  std::set<std::string> keys(item.modifiers.begin(), item.modifiers.end());
  if (!item.field.has_value()) keys.insert("(keyword)");
  for (const RuleValue& value : item.values) keys.insert(KindName(value));
  keys.erase("(by modifier)");
  return keys;
}

void AddItems(const ReferenceDetection& detection, ReferenceEvent& event,
              Coverage& coverage) {
  for (const ReferenceDetection& child : detection.children) {
    AddItems(child, event, coverage);
  }
  if (detection.kind != ReferenceDetection::Kind::kItem) return;
  const bool holds =
      ItemHolds(detection.item, event) == reference::Truth::kTrue;
  for (const std::string& key : KeysOf(detection.item)) {
    Coverage::Counts& counts = coverage.items[key];
    ++(holds ? counts.holds : counts.fails);
  }
}

}  // namespace

void AddToCoverage(const reference::ReferenceRule& rule, ReferenceEvent& event,
                   Coverage& coverage) {
  ++coverage.cases;
  if (RuleHolds(rule, event) == reference::Truth::kTrue) ++coverage.matches;
  for (const reference::ReferenceSelection& selection : rule.selections) {
    AddItems(selection.detection, event, coverage);
  }
}

}  // namespace hypersigma::property
