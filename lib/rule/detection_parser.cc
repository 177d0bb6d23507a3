// The sections `detection` and `filter`.

#include "lib/rule/detection_parser.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "lib/rule/condition_parser.h"
#include "lib/rule/condition_words.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/selection_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

// Keys that are no selections.
constexpr std::array<std::string_view, 2> kDetectionKeys{"condition",
                                                         "timeframe"};
constexpr std::array<std::string_view, 3> kFilterKeys{"condition", "rules",
                                                      "timeframe"};

class SectionParser {
 public:
  SectionParser(const YamlNode& section, const PlaceholderValues& placeholders,
                Reporter& reporter, SectionKind kind)
      : section_(section),
        placeholders_(placeholders),
        reporter_(reporter),
        is_filter_(kind == SectionKind::kFilter) {
    if (is_filter_) {
      own_keys_ = kFilterKeys;
    } else {
      own_keys_ = kDetectionKeys;
    }
  }

  DetectionSection Parse();

 private:
  std::string_view name() const { return is_filter_ ? "filter" : "detection"; }
  bool IsSelection(const YamlNode& key) const;
  // Remarks on a name that conditions cannot use, or that was meant otherwise.
  void CheckSelectionName(const YamlNode& key);
  void ParseSelections(DetectionSection& parsed);
  void ParseConditions(const YamlNode& node, const SelectionNames& names,
                       std::vector<Condition>& conditions);

  const YamlNode& section_;
  const PlaceholderValues& placeholders_;
  PatternBudget budget_;
  Reporter& reporter_;
  bool is_filter_;
  std::span<const std::string_view> own_keys_;
};

DetectionSection SectionParser::Parse() {
  DetectionSection parsed;
  if (section_.kind != YamlNode::Kind::kMap) {
    reporter_.Mismatch(section_.range, name(), Describe(section_),
                       is_filter_ ? "a map of rules, selections and a condition"
                                  : "a map of selections and a condition");
    return parsed;
  }
  ParseSelections(parsed);
  if (parsed.selections.empty()) {
    reporter_.Error(section_.range, Concat({name(),
                                            " has no selection, "
                                            "expected at least one"}));
  }
  const YamlNode* condition = section_.Find("condition");
  if (condition == nullptr) {
    reporter_.Error(section_.range,
                    Concat({name(),
                            " has no condition, expected 'condition' "
                            "beside the selections"}));
    return parsed;
  }
  parsed.condition_range = condition->range;
  std::vector<std::string_view> names;
  for (const Selection& selection : parsed.selections) {
    names.push_back(selection.name);
  }
  ParseConditions(*condition, SelectionNames(std::move(names)),
                  parsed.conditions);
  return parsed;
}

void SectionParser::ParseSelections(DetectionSection& parsed) {
  for (const auto& [key, value] : section_.entries) {
    if (key.text == "timeframe") {
      reporter_.Note(key.range,
                     "timeframe is ignored: conditions of Sigma 2 "
                     "have no aggregation");
    }
    if (!IsSelection(key)) continue;
    CheckSelectionName(key);
    Selection selection;
    selection.name = key.text;
    selection.range = key.range;
    selection.detection =
        ParseSelectionBody(value, placeholders_, budget_, reporter_);
    parsed.selections.push_back(std::move(selection));
  }
}

bool SectionParser::IsSelection(const YamlNode& key) const {
  return std::find(own_keys_.begin(), own_keys_.end(), key.text) ==
         own_keys_.end();
}

void SectionParser::CheckSelectionName(const YamlNode& key) {
  if (const auto meant = Nearest(key.text, own_keys_);
      meant.has_value() && section_.Find(*meant) == nullptr) {
    reporter_.Warning(
        key.range, Concat({"selection ", Quoted(key.text), DidYouMean(meant)}));
  } else if (!IsConditionIdentifier(key.text)) {
    reporter_.Note(
        key.range,
        Concat({"a condition cannot name selection ", Quoted(key.text),
                ", expected letters, digits, '_' and '-'"}));
  }
}

void SectionParser::ParseConditions(const YamlNode& node,
                                    const SelectionNames& names,
                                    std::vector<Condition>& conditions) {
  const auto parse = [&](const YamlNode& text) {
    if (text.kind != YamlNode::Kind::kString || text.text.empty()) {
      reporter_.Mismatch(text.range, "condition", Describe(text),
                         "an expression over selections");
      return;
    }
    if (auto condition = ParseCondition(text, names, reporter_)) {
      conditions.push_back(*std::move(condition));
    }
  };
  if (node.kind != YamlNode::Kind::kList || node.items.empty()) {
    parse(node);
    return;
  }
  if (is_filter_) {
    reporter_.StrictWarning(node.range,
                            "the condition of a filter is a list, expected "
                            "one string; any of its members is enough");
  }
  for (const YamlNode& item : node.items) parse(item);
}

}  // namespace

DetectionSection ParseDetectionSection(const YamlNode& section,
                                       const PlaceholderValues& placeholders,
                                       Reporter& reporter, SectionKind kind) {
  return SectionParser(section, placeholders, reporter, kind).Parse();
}

}  // namespace hypersigma::internal
