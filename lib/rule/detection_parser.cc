// The section `detection`.

#include "lib/rule/detection_parser.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "lib/rule/condition_parser.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/selection_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::array<std::string_view, 2> kOwnKeys{"condition", "timeframe"};

// Remarks on a name that conditions cannot use, or that was meant otherwise.
void CheckSelectionName(const YamlNode& key, bool has_condition,
                        Reporter& reporter) {
  if (const auto meant = Nearest(key.text, kOwnKeys);
      meant.has_value() && (!has_condition || *meant != "condition")) {
    reporter.Warning(
        key.range, Concat({"selection ", Quoted(key.text), DidYouMean(meant)}));
  } else if (!IsConditionIdentifier(key.text)) {
    reporter.Note(
        key.range,
        Concat({"a condition cannot name selection ", Quoted(key.text),
                ", expected letters, digits, '_' and '-'"}));
  }
}

void ParseConditions(const YamlNode& node, const SelectionNames& names,
                     Reporter& reporter, std::vector<Condition>& conditions) {
  const auto parse = [&](const YamlNode& text) {
    if (text.kind != YamlNode::Kind::kString || text.text.empty()) {
      reporter.Mismatch(text.range, "condition", Describe(text),
                        "an expression over selections");
      return;
    }
    if (auto condition = ParseCondition(text, names, reporter)) {
      conditions.push_back(*std::move(condition));
    }
  };
  if (node.kind == YamlNode::Kind::kList && !node.items.empty()) {
    for (const YamlNode& item : node.items) parse(item);
  } else {
    parse(node);
  }
}

}  // namespace

DetectionSection ParseDetectionSection(const YamlNode& detection,
                                       const PlaceholderValues& placeholders,
                                       Reporter& reporter) {
  DetectionSection section;
  if (detection.kind != YamlNode::Kind::kMap) {
    reporter.Mismatch(detection.range, "detection", Describe(detection),
                      "a map of selections and a condition");
    return section;
  }
  const YamlNode* condition = detection.Find("condition");
  std::vector<std::string_view> names;
  PatternBudget budget;
  for (const auto& [key, value] : detection.entries) {
    if (key.text == "condition") continue;
    if (key.text == "timeframe") {
      reporter.Note(key.range,
                    "timeframe is ignored: conditions of Sigma 2 "
                    "have no aggregation");
      continue;
    }
    CheckSelectionName(key, condition != nullptr, reporter);
    names.push_back(key.text);
    Selection selection;
    selection.name = key.text;
    selection.range = key.range;
    selection.detection =
        ParseSelectionBody(value, placeholders, budget, reporter);
    section.selections.push_back(std::move(selection));
  }
  if (section.selections.empty()) {
    reporter.Error(detection.range,
                   "detection has no selection, expected at least one");
  }
  if (condition == nullptr) {
    reporter.Error(detection.range,
                   "detection has no condition, expected 'condition' beside "
                   "the selections");
    return section;
  }
  ParseConditions(*condition, SelectionNames(std::move(names)), reporter,
                  section.conditions);
  return section;
}

}  // namespace hypersigma::internal
