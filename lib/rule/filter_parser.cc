// Filters: attributes, `rules`, selections and the condition.

#include "lib/rule/filter_parser.h"

#include <utility>

#include "lib/rule/detection_parser.h"
#include "lib/rule/metadata_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kAny = "any";
constexpr std::string_view kExpectedRules =
    "a list of ids or names of rules, or 'any'";

void ParseRules(const YamlNode& section, Reporter& reporter,
                FilterRule& filter) {
  const YamlNode* rules = section.Find("rules");
  if (rules == nullptr || rules->kind == YamlNode::Kind::kNull) {
    reporter.StrictWarning(
        rules == nullptr ? filter.range : rules->range,
        Concat({"rules is ", rules == nullptr ? "missing" : "null",
                ", expected ", kExpectedRules,
                "; the filter is taken to be for any rule"}),
        {}, std::string(kExpectedRules));
    filter.is_for_any = true;
    return;
  }
  const bool is_empty_list =
      rules->kind == YamlNode::Kind::kList && rules->items.empty();
  if (is_empty_list ||
      (rules->kind == YamlNode::Kind::kString && rules->text == kAny)) {
    filter.is_for_any = true;
    return;
  }
  filter.rules = ParseRuleReferences(*rules, reporter);
}

}  // namespace

FilterRule ParseFilter(const YamlNode& root,
                       const PlaceholderValues& placeholders,
                       Reporter& reporter) {
  FilterRule filter;
  filter.attributes = ParseMetadata(root, reporter, LogSourceNeed::kExpected);
  for (const YamlNode::Entry& entry : root.entries) {
    if (entry.key.text != "filter") continue;
    filter.range = entry.key.range;
    DetectionSection section = ParseDetectionSection(
        entry.value, placeholders, reporter, SectionKind::kFilter);
    filter.selections = std::move(section.selections);
    filter.conditions = std::move(section.conditions);
    if (entry.value.kind == YamlNode::Kind::kMap) {
      ParseRules(entry.value, reporter, filter);
    }
  }
  return filter;
}

}  // namespace hypersigma::internal
