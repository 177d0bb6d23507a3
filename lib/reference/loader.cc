#include "lib/reference/loader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/source.h"
#include "lib/base/status_macros.h"

namespace hypersigma::reference {
namespace {

using internal::YamlNode;
using Kind = ReferenceDetection::Kind;
using DetectionOr = absl::StatusOr<ReferenceDetection>;

absl::Status Refuse(const char* why) { return absl::InvalidArgumentError(why); }

bool IsFilled(const YamlNode* node, YamlNode::Kind kind) {
  return node != nullptr && node->kind == kind &&
         !(node->text.empty() && node->items.empty() && node->entries.empty());
}

std::vector<std::string> SplitAtBars(std::string_view key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '|') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// Takes `all`, `cased` and `neq` out of the chain. Returns the rest.
std::vector<std::string> SetItemFlags(ReferenceItem& item) {
  std::vector<std::string> chain;
  for (const std::string& name : item.modifiers) {
    if (name == "all") {
      item.all = true;
    } else if (name == "cased") {
      item.cased = true;
    } else if (name == "neq") {
      item.neq = true;
    } else {
      chain.push_back(name);
    }
  }
  return chain;
}

// `cased` needs a text or fieldref, and leaves numbers and booleans as they
// are; `exists` stands alone.
absl::Status CheckItemFlags(const ReferenceItem& item, const RuleValue& value) {
  using ValueKind = RuleValue::Kind;
  const ValueKind kind = value.kind;
  if (item.all && kind == ValueKind::kExists) return Refuse("exists with all");
  if (!item.cased) return absl::OkStatus();
  const bool has_case = kind == ValueKind::kText || kind == ValueKind::kBool ||
                        kind == ValueKind::kNumber ||
                        kind == ValueKind::kFieldRef;
  return has_case ? absl::OkStatus() : Refuse("cased without a text");
}

// Whether the value can hold where the field has no elements.
bool HoldsForNothing(const RuleValue& value) {
  return value.kind == RuleValue::Kind::kNull ||
         value.kind == RuleValue::Kind::kExists;
}

class RuleMaker {
 public:
  explicit RuleMaker(const Placeholders& placeholders)
      : placeholders_(placeholders) {}

  // A selection's body, or a member of a list in one.
  DetectionOr Detection(const YamlNode& body) const {
    switch (body.kind) {
      case YamlNode::Kind::kMap:
        return MapOf(body);
      case YamlNode::Kind::kList:
        return ListOf(body);
      default:
        return Item("", body);
    }
  }

 private:
  DetectionOr MapOf(const YamlNode& map) const {
    if (map.entries.empty()) return Refuse("empty map");
    ReferenceDetection detection{Kind::kAllOf, {}, {}};
    for (const YamlNode::Entry& entry : map.entries) {
      HS_ASSIGN_OR_RETURN(ReferenceDetection child,
                          Item(entry.key.text, entry.value));
      detection.children.push_back(std::move(child));
    }
    return detection;
  }

  DetectionOr ListOf(const YamlNode& list) const {
    if (list.items.empty()) return Refuse("empty list");
    ReferenceDetection detection{Kind::kAnyOf, {}, {}};
    for (const YamlNode& member : list.items) {
      HS_ASSIGN_OR_RETURN(ReferenceDetection child, Detection(member));
      detection.children.push_back(std::move(child));
    }
    return detection;
  }

  DetectionOr Item(std::string_view key, const YamlNode& value) const {
    const std::vector<std::string> parts = SplitAtBars(key);
    ReferenceDetection detection;
    ReferenceItem& item = detection.item;
    if (!parts[0].empty()) item.field = parts[0];
    item.modifiers.assign(parts.begin() + 1, parts.end());
    const std::vector<std::string> chain = SetItemFlags(item);
    std::vector<YamlNode> values = {value};
    if (value.kind == YamlNode::Kind::kList) values = value.items;
    if (values.empty()) values.emplace_back();  // as null
    for (const YamlNode& scalar : values) {
      HS_ASSIGN_OR_RETURN(
          RuleValue made,
          MakeRuleValue(scalar, chain, !item.field.has_value(), placeholders_));
      HS_RETURN_IF_ERROR(CheckItemFlags(item, made));
      if (made.kind == RuleValue::Kind::kExists && values.size() > 1) {
        return Refuse("exists with a list");
      }
      item.values.push_back(std::move(made));
    }
    item.needs_element =
        item.field.has_value() &&
        std::none_of(item.values.begin(), item.values.end(), HoldsForNothing);
    return detection;
  }

  const Placeholders& placeholders_;
};

std::vector<std::string> NamesOf(const ReferenceBody& body) {
  std::vector<std::string> names;
  for (const ReferenceSelection& selection : body.selections) {
    names.push_back(selection.name);
  }
  return names;
}

absl::Status AddCondition(const YamlNode& text, ReferenceBody& body) {
  if (text.kind != YamlNode::Kind::kString) return Refuse("condition");
  HS_ASSIGN_OR_RETURN(ConditionNode condition,
                      ParseCondition(text.text, NamesOf(body)));
  AddNamedSelections(condition, body.named);
  body.conditions.push_back(std::move(condition));
  return absl::OkStatus();
}

absl::Status AddConditions(const YamlNode& map, ReferenceBody& body) {
  const YamlNode* condition = map.Find("condition");
  if (condition == nullptr) return Refuse("no condition");
  if (condition->kind != YamlNode::Kind::kList) {
    return AddCondition(*condition, body);
  }
  if (condition->items.empty()) return Refuse("no condition");
  for (const YamlNode& item : condition->items) {
    HS_RETURN_IF_ERROR(AddCondition(item, body));
  }
  return absl::OkStatus();
}

absl::Status CheckAttributes(const YamlNode& document) {
  if (document.kind != YamlNode::Kind::kMap) return Refuse("not a map");
  for (const char* key : {"correlation", "filter", "action"}) {
    if (document.Find(key) != nullptr) return absl::UnimplementedError(key);
  }
  HS_RETURN_IF_ERROR(CheckTitle(document));
  HS_RETURN_IF_ERROR(CheckLogsource(document));
  if (!IsFilled(document.Find("detection"), YamlNode::Kind::kMap)) {
    return Refuse("no detection");
  }
  return absl::OkStatus();
}

std::string TextOf(const YamlNode* map, std::string_view key) {
  const YamlNode* node = map == nullptr ? nullptr : map->Find(key);
  return node == nullptr ? "" : node->text;
}

}  // namespace

absl::Status CheckTitle(const YamlNode& document) {
  if (IsFilled(document.Find("title"), YamlNode::Kind::kString)) {
    return absl::OkStatus();
  }
  return Refuse("no title");
}

absl::Status CheckLogsource(const YamlNode& document) {
  const YamlNode* logsource = document.Find("logsource");
  if (logsource == nullptr || logsource->kind != YamlNode::Kind::kMap) {
    return Refuse("logsource");
  }
  bool names_one = false;
  for (const char* key : {"category", "product", "service"}) {
    const YamlNode* text = logsource->Find(key);
    if (text == nullptr || text->kind == YamlNode::Kind::kNull) continue;
    if (text->kind != YamlNode::Kind::kString) return Refuse(key);
    names_one = names_one || !text->text.empty();
  }
  return names_one ? absl::OkStatus() : Refuse("logsource names nothing");
}

absl::Status CheckSyntax(const internal::YamlDocument& document) {
  for (const Diagnostic& diagnostic : document.diagnostics) {
    if (diagnostic.severity == Severity::kError) {
      return absl::InvalidArgumentError(diagnostic.message);
    }
  }
  return absl::OkStatus();
}

ReferenceLogsource LogsourceOf(const YamlNode& document) {
  const YamlNode* logsource = document.Find("logsource");
  return {TextOf(logsource, "category"), TextOf(logsource, "product"),
          TextOf(logsource, "service")};
}

absl::StatusOr<ReferenceBody> MakeReferenceBody(
    const YamlNode& map, const std::vector<std::string_view>& attributes,
    const Placeholders& placeholders) {
  ReferenceBody body;
  for (const YamlNode::Entry& entry : map.entries) {
    const std::string& name = entry.key.text;
    if (std::find(attributes.begin(), attributes.end(), name) !=
        attributes.end()) {
      continue;
    }
    HS_ASSIGN_OR_RETURN(ReferenceDetection detection,
                        RuleMaker(placeholders).Detection(entry.value));
    body.selections.push_back({name, std::move(detection)});
  }
  if (body.selections.empty()) return Refuse("no selection");
  HS_RETURN_IF_ERROR(AddConditions(map, body));
  return body;
}

absl::StatusOr<ReferenceRule> MakeReferenceRule(
    const YamlNode& document, const Placeholders& placeholders) {
  HS_RETURN_IF_ERROR(CheckAttributes(document));
  ReferenceRule rule;
  rule.title = TextOf(&document, "title");
  rule.id = TextOf(&document, "id");
  rule.name = TextOf(&document, "name");
  rule.logsource = LogsourceOf(document);
  HS_ASSIGN_OR_RETURN(
      static_cast<ReferenceBody&>(rule),
      MakeReferenceBody(*document.Find("detection"), {"condition", "timeframe"},
                        placeholders));
  return rule;
}

absl::StatusOr<ReferenceRule> ParseReferenceRule(
    std::string_view yaml, const Placeholders& placeholders) {
  const internal::Source source("<rule>", yaml);
  const std::vector<internal::YamlDocument> documents =
      internal::ParseYaml(source);
  if (documents.size() != 1) return Refuse("expected one document");
  HS_RETURN_IF_ERROR(CheckSyntax(documents[0]));
  return MakeReferenceRule(documents[0].root, placeholders);
}

}  // namespace hypersigma::reference
