// Bodies of selections.

#include "lib/rule/selection_parser.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/rule/modifier_chain.h"
#include "lib/rule/value_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

class BodyParser {
 public:
  BodyParser(const PlaceholderValues& placeholders, PatternBudget& budget,
             Reporter& reporter)
      : placeholders_(placeholders), budget_(budget), reporter_(reporter) {}

  Detection Parse(const YamlNode& body);

 private:
  Detection ParseMap(const YamlNode& map);
  Detection ParseList(const YamlNode& list);
  Detection ParseKeywords(std::span<const YamlNode> keywords,
                          SourceRange range);
  Detection ParseItem(const YamlNode::Entry& entry);
  void ParseValues(std::span<const YamlNode> nodes, const ModifierChain& chain,
                   DetectionItem& item);
  void CheckValueCount(const YamlNode::Entry& entry, const ModifierChain& chain,
                       DetectionItem& item);

  const PlaceholderValues& placeholders_;
  PatternBudget& budget_;
  Reporter& reporter_;
};

Detection BodyParser::Parse(const YamlNode& body) {
  switch (body.kind) {
    case YamlNode::Kind::kMap:
      return ParseMap(body);
    case YamlNode::Kind::kList:
      return ParseList(body);
    case YamlNode::Kind::kNull:
      reporter_.Mismatch(body.range, "a selection", "null",
                         "a map, a list or a keyword");
      return {};
    case YamlNode::Kind::kBool:
    case YamlNode::Kind::kInteger:
    case YamlNode::Kind::kFloat:
    case YamlNode::Kind::kString:
      break;
  }
  return ParseKeywords({&body, 1}, body.range);
}

Detection BodyParser::ParseMap(const YamlNode& map) {
  if (map.entries.empty()) {
    reporter_.Mismatch(map.range, "a selection", "an empty map",
                       "at least one field");
    return {};
  }
  Detection all_of;
  all_of.kind = Detection::Kind::kAllOf;
  for (const YamlNode::Entry& entry : map.entries) {
    all_of.children.push_back(ParseItem(entry));
  }
  return all_of;
}

Detection BodyParser::ParseList(const YamlNode& list) {
  if (list.items.empty()) {
    reporter_.Mismatch(list.range, "a selection", "an empty list",
                       "at least one member");
    return {};
  }
  if (std::all_of(list.items.begin(), list.items.end(),
                  [](const YamlNode& item) { return item.is_scalar(); })) {
    return ParseKeywords(list.items, list.range);
  }
  Detection any_of;
  any_of.kind = Detection::Kind::kAnyOf;
  for (const YamlNode& item : list.items) {
    any_of.children.push_back(Parse(item));
  }
  return any_of;
}

Detection BodyParser::ParseKeywords(std::span<const YamlNode> keywords,
                                    SourceRange range) {
  Detection detection;
  detection.item.range = range;
  ParseValues(keywords, ModifierChain(), detection.item);
  return detection;
}

Detection BodyParser::ParseItem(const YamlNode::Entry& entry) {
  Detection detection;
  DetectionItem& item = detection.item;
  item.range = entry.key.range;
  const std::string_view field = FieldOfKey(entry.key.text);
  if (!field.empty()) {
    item.field = std::string(field);
  } else if (entry.key.text.empty()) {
    reporter_.Warning(entry.key.range,
                      "empty field name; its values are taken as keywords");
  }
  const ModifierChain chain = ParseModifierChain(entry.key, reporter_);
  if (!chain.is_valid) return detection;
  item.modifiers = chain.modifiers;
  item.all = chain.all;
  item.cased = chain.cased;
  item.neq = chain.neq;
  if (entry.value.kind != YamlNode::Kind::kList) {
    ParseValues({&entry.value, 1}, chain, item);
  } else if (entry.value.items.empty()) {
    YamlNode null;
    null.range = entry.value.range;
    ParseValues({&null, 1}, chain, item);
  } else {
    ParseValues(entry.value.items, chain, item);
  }
  CheckValueCount(entry, chain, item);
  return detection;
}

void BodyParser::ParseValues(std::span<const YamlNode> nodes,
                             const ModifierChain& chain, DetectionItem& item) {
  const ValueContext context{chain, item.is_keyword(), placeholders_, budget_,
                             reporter_};
  item.values.reserve(nodes.size());
  for (const YamlNode& node : nodes) {
    item.values.push_back(ParseRuleValue(node, context));
    if (node.kind == YamlNode::Kind::kNull && nodes.size() > 1 &&
        !item.is_keyword()) {
      reporter_.StrictWarning(
          node.range,
          "null stands in a list with other values, expected null alone; a "
          "missing field is taken as one more way to match");
    }
  }
}

void BodyParser::CheckValueCount(const YamlNode::Entry& entry,
                                 const ModifierChain& chain,
                                 DetectionItem& item) {
  if (item.all && item.values.size() < 2) {
    reporter_.StrictWarning(
        entry.key.range,
        "modifier 'all' is used on one value, expected a list of two or more; "
        "'all' is ignored");
    item.all = false;
  }
  if (chain.Has(Modifier::kExists) && item.values.size() > 1) {
    reporter_.Mismatch(entry.value.range, "the value of modifier 'exists'",
                       "a list", "true or false");
  }
}

}  // namespace

Detection ParseSelectionBody(const YamlNode& body,
                             const PlaceholderValues& placeholders,
                             PatternBudget& budget, Reporter& reporter) {
  return BodyParser(placeholders, budget, reporter).Parse(body);
}

}  // namespace hypersigma::internal
