#include "lib/verify/item_differences.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace hypersigma::internal {
namespace {

using reference::ReferenceDetection;
using reference::ReferenceItem;
using reference::RuleValue;

// "field|modifiers", as the rule writes it.
std::string KeyOf(const ReferenceItem& item) {
  std::string key = item.field.value_or("");
  for (const std::string& modifier : item.modifiers) key += "|" + modifier;
  return key.empty() ? "keyword" : key;
}

std::string ValueOf(const RuleValue& value) {
  switch (value.kind) {
    case RuleValue::Kind::kNull:
      return "null";
    case RuleValue::Kind::kBool:
    case RuleValue::Kind::kNumber:
    case RuleValue::Kind::kComparison:
    case RuleValue::Kind::kExists:
    case RuleValue::Kind::kTimePart:
      return value.source;
    default:
      return "'" + value.source + "'";
  }
}

std::string AllValuesOf(const ReferenceItem& item) {
  std::string values;
  for (const RuleValue& value : item.values) {
    values += (values.empty() ? "[" : ", ") + ValueOf(value);
  }
  return values + "]";
}

// The items of a selection in the order of SelectionTrace::items.
void AddItems(const ReferenceDetection& detection,
              std::vector<const ReferenceItem*>& items) {
  if (detection.kind == ReferenceDetection::Kind::kItem) {
    items.push_back(&detection.item);
  }
  for (const ReferenceDetection& child : detection.children) {
    AddItems(child, items);
  }
}

void CompareItem(const ReferenceItem& item, const ItemTrace& trace,
                 const std::string& selection, reference::ReferenceEvent& event,
                 std::vector<ItemDifference>& differences) {
  const std::size_t before = differences.size();
  for (std::size_t i = 0; i < item.values.size(); ++i) {
    if (trace.values.size() != item.values.size()) break;
    const Truth engine = ToTruth(trace.values[i]);
    const Truth slow_path =
        ToTruth(ItemValueHolds(item, item.values[i], event));
    if (engine == slow_path) continue;
    differences.push_back({selection,
                           KeyOf(item) + ": " + ValueOf(item.values[i]), engine,
                           slow_path});
  }
  const Truth engine = ToTruth(trace.verdict);
  const Truth slow_path = ToTruth(ItemHolds(item, event));
  if (engine == slow_path || differences.size() > before) return;
  differences.push_back(
      {selection, KeyOf(item) + ": " + AllValuesOf(item), engine, slow_path});
}

}  // namespace

Truth ToTruth(reference::Truth truth) {
  switch (truth) {
    case reference::Truth::kFalse:
      return Truth::kFalse;
    case reference::Truth::kTrue:
      return Truth::kTrue;
    case reference::Truth::kUnknown:
      break;
  }
  return Truth::kUndecided;
}

Truth ToTruth(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFalse:
      return Truth::kFalse;
    case Verdict::kTrue:
      return Truth::kTrue;
    case Verdict::kUndecided:
      break;
  }
  return Truth::kUndecided;
}

std::vector<ItemDifference> ItemDifferences(
    const reference::ReferenceBody& rule, reference::ReferenceEvent& event,
    std::span<const SelectionTrace> traces) {
  std::vector<ItemDifference> differences;
  for (const reference::ReferenceSelection& selection : rule.selections) {
    const auto trace =
        std::find_if(traces.begin(), traces.end(),
                     [&selection](const SelectionTrace& candidate) {
                       return candidate.name == selection.name;
                     });
    if (trace == traces.end()) continue;
    std::vector<const ReferenceItem*> items;
    AddItems(selection.detection, items);
    if (items.size() != trace->items.size()) continue;
    for (std::size_t i = 0; i < items.size(); ++i) {
      CompareItem(*items[i], trace->items[i], selection.name, event,
                  differences);
    }
  }
  return differences;
}

}  // namespace hypersigma::internal
