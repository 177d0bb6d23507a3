// The section `correlation`.

#include "lib/rule/correlation_parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/rule/correlation_condition.h"
#include "lib/rule/metadata_parser.h"
#include "lib/rule/timespan.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 7> kKeys{
    "aliases", "condition", "generate", "group-by",
    "rules",   "timespan",  "type"};

constexpr std::array<std::pair<std::string_view, CorrelationType>, 8> kTypes{
    {{"event_count", CorrelationType::kEventCount},
     {"value_count", CorrelationType::kValueCount},
     {"value_sum", CorrelationType::kValueSum},
     {"value_avg", CorrelationType::kValueAvg},
     {"value_median", CorrelationType::kValueMedian},
     {"value_percentile", CorrelationType::kValuePercentile},
     {"temporal", CorrelationType::kTemporal},
     {"temporal_ordered", CorrelationType::kTemporalOrdered}}};

class SectionParser {
 public:
  SectionParser(const YamlNode& section, CorrelationRule& correlation,
                Reporter& reporter)
      : section_(section), correlation_(correlation), reporter_(reporter) {}

  void Parse();

 private:
  // Returns whether the type is known, without which little can be checked.
  bool ParseType();
  void ParseRules();
  void ParseGroupBy();
  void ParseTimespan();
  void ParseAliases();
  void ParseAlias(const YamlNode::Entry& entry);
  void CheckKeys();
  // Returns the value of `key`, or reports that it is missing.
  const YamlNode* Require(std::string_view key, std::string_view expected);

  const YamlNode& section_;
  CorrelationRule& correlation_;
  Reporter& reporter_;
};

void SectionParser::Parse() {
  if (section_.kind != Kind::kMap) {
    reporter_.Mismatch(section_.range, "correlation", Describe(section_),
                       "a map with type, rules, timespan and condition");
    return;
  }
  const bool has_type = ParseType();
  ParseRules();
  ParseGroupBy();
  ParseTimespan();
  if (has_type) {
    ParseCorrelationCondition(section_.Find("condition"), correlation_,
                              reporter_);
  }
  ParseAliases();
  CheckKeys();
}

const YamlNode* SectionParser::Require(std::string_view key,
                                       std::string_view expected) {
  const YamlNode* node = section_.Find(key);
  if (node == nullptr) {
    reporter_.Error(correlation_.range,
                    Concat({key, " is missing, expected ", expected}));
  }
  return node;
}

bool SectionParser::ParseType() {
  constexpr std::string_view kExpected =
      "event_count, value_count, temporal or another type of correlation";
  const YamlNode* node = Require("type", kExpected);
  if (node == nullptr) return false;
  std::vector<std::string_view> names;
  for (const auto& [name, type] : kTypes) {
    if (node->kind == Kind::kString && node->text == name) {
      correlation_.type = type;
      return true;
    }
    names.push_back(name);
  }
  if (node->kind != Kind::kString) {
    reporter_.Mismatch(node->range, "type", Describe(*node),
                       std::string(kExpected));
    return false;
  }
  reporter_.Error(
      node->range,
      Concat({"unknown type ", Quoted(node->text), " of correlation, expected ",
              kExpected, DidYouMean(Nearest(node->text, names))}),
      Quoted(node->text), std::string(kExpected));
  return false;
}

void SectionParser::ParseRules() {
  constexpr std::string_view kExpected = "a list of ids or names of rules";
  const YamlNode* node = section_.Find("rules");
  const YamlNode* condition = section_.Find("condition");
  if (node == nullptr) {
    // An expression names the rules itself.
    if (condition == nullptr || condition->kind != Kind::kString) {
      Require("rules", kExpected);
    }
    return;
  }
  if (node->kind == Kind::kNull ||
      (node->kind == Kind::kList && node->items.empty())) {
    reporter_.Mismatch(node->range, "rules", Describe(*node),
                       std::string(kExpected));
    return;
  }
  correlation_.rules = ParseRuleReferences(*node, reporter_);
  correlation_.listed_count = correlation_.rules.size();
}

void SectionParser::ParseGroupBy() {
  const YamlNode* node = section_.Find("group-by");
  if (node == nullptr || node->kind == Kind::kNull) return;
  const auto add = [&](const YamlNode& field) {
    if (field.kind == Kind::kString && !field.text.empty()) {
      correlation_.group_by.push_back(field.text);
    } else {
      reporter_.Mismatch(field.range, "a member of group-by", Describe(field),
                         "the name of a field");
    }
  };
  if (node->kind == Kind::kList) {
    for (const YamlNode& item : node->items) add(item);
  } else {
    add(*node);
  }
}

void SectionParser::ParseTimespan() {
  const YamlNode* node = Require("timespan", kTimespanForm);
  if (node == nullptr) return;
  if (node->kind != Kind::kString) {
    reporter_.Mismatch(node->range, "timespan", Describe(*node),
                       std::string(kTimespanForm));
    return;
  }
  const auto seconds = internal::ParseTimespan(node->text);
  if (!seconds.has_value()) {
    reporter_.Mismatch(node->range, "timespan", Describe(*node),
                       std::string(kTimespanForm));
    return;
  }
  correlation_.timespan_seconds = *seconds;
}

void SectionParser::ParseAliases() {
  const YamlNode* node = section_.Find("aliases");
  if (node == nullptr || node->kind == Kind::kNull) return;
  if (node->kind != Kind::kMap) {
    reporter_.Mismatch(node->range, "aliases", Describe(*node),
                       "a map of aliases");
    return;
  }
  for (const YamlNode::Entry& entry : node->entries) ParseAlias(entry);
}

void SectionParser::ParseAlias(const YamlNode::Entry& entry) {
  const std::string what = Concat({"alias ", Quoted(entry.key.text)});
  if (entry.value.kind != Kind::kMap || entry.value.entries.empty()) {
    reporter_.Mismatch(entry.value.range, what, Describe(entry.value),
                       "a map of rules and fields");
    return;
  }
  CorrelationAlias alias;
  alias.name = entry.key.text;
  alias.range = entry.key.range;
  for (const auto& [rule, field] : entry.value.entries) {
    if (field.kind != Kind::kString || field.text.empty()) {
      reporter_.Mismatch(field.range,
                         Concat({what, " for rule ", Quoted(rule.text)}),
                         Describe(field), "the name of a field");
      continue;
    }
    alias.fields.push_back({{rule.text, rule.range, {}}, field.text});
  }
  correlation_.aliases.push_back(std::move(alias));
}

// Keys of one's own are allowed; one that looks misspelt may have been meant to
// change what the correlation does.
void SectionParser::CheckKeys() {
  for (const YamlNode::Entry& entry : section_.entries) {
    const std::string_view name = entry.key.text;
    std::optional<std::string_view> meant;
    if (name == "timeframe") {
      meant = "timespan";
    } else if (std::find(kKeys.begin(), kKeys.end(), name) == kKeys.end()) {
      meant = Nearest(name, kKeys);
    } else {
      continue;
    }
    if (meant.has_value() && section_.Find(*meant) != nullptr) {
      meant = std::nullopt;
    }
    std::string message =
        Concat({"unknown key ", Quoted(name), " of correlation is ignored",
                DidYouMean(meant)});
    if (meant.has_value()) {
      reporter_.StrictWarning(entry.key.range, std::move(message));
    } else {
      reporter_.Note(entry.key.range, std::move(message));
    }
  }
}

// Reads `generate`, which may stand at two places.
void ParseGenerate(const YamlNode& map, CorrelationRule& correlation,
                   Reporter& reporter) {
  const YamlNode* node = map.Find("generate");
  if (node == nullptr) return;
  if (node->kind != Kind::kBool) {
    reporter.Mismatch(node->range, "generate", Describe(*node),
                      "true or false");
    return;
  }
  correlation.generate = correlation.generate || node->text == "true";
}

}  // namespace

CorrelationRule ParseCorrelation(const YamlNode& root, Reporter& reporter) {
  CorrelationRule correlation;
  correlation.attributes = ParseMetadata(root, reporter, LogSourceNeed::kNone);
  ParseGenerate(root, correlation, reporter);
  for (const YamlNode::Entry& entry : root.entries) {
    if (entry.key.text != "correlation") continue;
    correlation.range = entry.key.range;
    ParseGenerate(entry.value, correlation, reporter);
    SectionParser(entry.value, correlation, reporter).Parse();
  }
  return correlation;
}

}  // namespace hypersigma::internal
