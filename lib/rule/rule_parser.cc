// Documents: which kind they are, and their parts.

#include "lib/rule/rule_parser.h"

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "lib/rule/correlation_parser.h"
#include "lib/rule/detection_parser.h"
#include "lib/rule/filter_parser.h"
#include "lib/rule/metadata_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

DocumentKind KindOf(const YamlNode& root) {
  if (root.kind != YamlNode::Kind::kMap) return DocumentKind::kRule;
  if (root.Find("correlation") != nullptr) return DocumentKind::kCorrelation;
  if (root.Find("filter") != nullptr) return DocumentKind::kFilter;
  switch (RoleOf(root)) {
    case CollectionRole::kGlobal:
    case CollectionRole::kReset:
    case CollectionRole::kUnknown:
      return DocumentKind::kCollection;
    case CollectionRole::kOther:
    case CollectionRole::kRule:
    case CollectionRole::kRepeat:
      break;
  }
  return DocumentKind::kRule;
}

// Remarks on keys that make a document of another kind, and mean nothing here.
void CheckOtherKeys(const YamlNode& root, std::string_view kind,
                    std::span<const std::string_view> others,
                    Reporter& reporter) {
  for (const YamlNode::Entry& entry : root.entries) {
    for (const std::string_view other : others) {
      if (entry.key.text != other) continue;
      reporter.Warning(entry.key.range,
                       Concat({Quoted(other), " has no meaning beside ",
                               Quoted(kind), "; it is ignored"}));
    }
  }
}

CorrelationRule ParseCorrelationDocument(const YamlNode& root,
                                         Reporter& reporter) {
  constexpr std::string_view kOthers[] = {"action", "detection", "filter"};
  CheckOtherKeys(root, "correlation", kOthers, reporter);
  return ParseCorrelation(root, reporter);
}

FilterRule ParseFilterDocument(const YamlNode& root,
                               const PlaceholderValues& placeholders,
                               Reporter& reporter) {
  constexpr std::string_view kOthers[] = {"action", "detection"};
  CheckOtherKeys(root, "filter", kOthers, reporter);
  return ParseFilter(root, placeholders, reporter);
}

// Returns what stands under a name that is nearly `detection`: the rule is
// refused, and all its problems are told at once.
const YamlNode* FindMisspeltDetection(const YamlNode& root) {
  constexpr std::string_view kName[] = {"detection"};
  for (const YamlNode::Entry& entry : root.entries) {
    if (entry.value.kind == YamlNode::Kind::kMap &&
        Nearest(entry.key.text, kName).has_value()) {
      return &entry.value;
    }
  }
  return nullptr;
}

ParsedRule ParseRule(const YamlNode& root,
                     const PlaceholderValues& placeholders,
                     Reporter& reporter) {
  ParsedRule rule;
  rule.attributes = ParseMetadata(root, reporter);
  const YamlNode* detection = root.Find("detection");
  if (detection == nullptr) {
    reporter.Error(root.range,
                   "detection is missing, expected a map of selections and a "
                   "condition");
    detection = FindMisspeltDetection(root);
    if (detection == nullptr) return rule;
  }
  DetectionSection section =
      ParseDetectionSection(*detection, placeholders, reporter);
  rule.detection.selections = std::move(section.selections);
  rule.detection.conditions = std::move(section.conditions);
  rule.detection.condition_range = section.condition_range;
  return rule;
}

void SetNames(const YamlNode& root, SourceRange document,
              ParsedDocument& parsed) {
  parsed.title = ScalarText(root, "title");
  parsed.id = ScalarText(root, "id");
  parsed.name = ScalarText(root, "name");
  parsed.id_range = root.range;
  const YamlNode* id = root.Find("id");
  if (id != nullptr && id->range.begin >= document.begin &&
      id->range.end <= document.end) {
    parsed.id_range = id->range;
  }
}

}  // namespace

ParsedDocument ParseRuleDocument(YamlDocument& document,
                                 const PlaceholderValues& placeholders,
                                 RuleCollection& collection,
                                 Reporter& reporter) {
  ParsedDocument parsed;
  parsed.kind = KindOf(document.root);
  SetNames(document.root, document.range, parsed);
  const bool is_map = document.root.kind == YamlNode::Kind::kMap;
  std::optional<YamlNode> rule_root = collection.Resolve(document, reporter);
  // What is missing from a broken document is not worth a remark.
  if (!document.is_complete) return parsed;
  const YamlNode& root = document.root;
  const auto place = [&](Rule& attributes) {
    attributes.file = reporter.source().name();
    attributes.line = reporter.source().PositionOf(document.range.begin).line;
  };
  if (rule_root.has_value()) {
    SetNames(*rule_root, document.range, parsed);
    ParsedRule rule = ParseRule(*rule_root, placeholders, reporter);
    place(rule.attributes);
    parsed.content = std::move(rule);
  } else if (parsed.kind == DocumentKind::kFilter) {
    FilterRule filter = ParseFilterDocument(root, placeholders, reporter);
    place(filter.attributes);
    parsed.content = std::move(filter);
  } else if (parsed.kind == DocumentKind::kCorrelation) {
    CorrelationRule correlation = ParseCorrelationDocument(root, reporter);
    place(correlation.attributes);
    parsed.content = std::move(correlation);
  } else if (!is_map) {
    reporter.Mismatch(root.range, "the document", Describe(root),
                      "a map of a rule's attributes");
  }
  return parsed;
}

}  // namespace hypersigma::internal
