// Documents: which kind they are, and their parts.

#include "lib/rule/rule_parser.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "lib/rule/detection_parser.h"
#include "lib/rule/metadata_parser.h"
#include "lib/rule/reporter.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kNotYet = " are not supported yet";

// Reports documents that are something else than a detection rule.
bool ReportOtherKind(const YamlNode& root, Reporter& reporter) {
  for (const YamlNode::Entry& entry : root.entries) {
    const SourceRange range = entry.key.range;
    if (entry.key.text == "correlation") {
      reporter.Error(range, Concat({"correlation rules", kNotYet}));
      return true;
    }
    if (entry.key.text == "filter") {
      reporter.Error(range, Concat({"filter rules", kNotYet}));
      return true;
    }
    if (entry.key.text == "action") {
      const std::string_view action = entry.value.text;
      const bool is_known =
          action == "global" || action == "reset" || action == "repeat";
      reporter.Error(range, is_known
                                ? Concat({"rule collections (action ",
                                          Quoted(action), ")", kNotYet})
                                : Concat({"action is ", Describe(entry.value),
                                          ", expected 'global', 'reset' or "
                                          "'repeat'"}));
      return true;
    }
  }
  return false;
}

ParsedRule ParseRule(const YamlNode& root, const RuleSetOptions& options,
                     Reporter& reporter) {
  ParsedRule rule;
  rule.attributes = ParseMetadata(root, reporter);
  const YamlNode* detection = root.Find("detection");
  if (detection == nullptr) {
    reporter.Error(root.range,
                   "detection is missing, expected a map of selections and a "
                   "condition");
    return rule;
  }
  DetectionSection section =
      ParseDetectionSection(*detection, options.placeholders, reporter);
  rule.detection.selections = std::move(section.selections);
  rule.detection.conditions = std::move(section.conditions);
  return rule;
}

bool HasError(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& diagnostic) {
                       return diagnostic.severity == Severity::kError;
                     });
}

void SortByPlace(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.line, a.column) <
                            std::tie(b.line, b.column);
                   });
}

}  // namespace

ParsedDocument ParseRuleDocument(const Source& source, YamlDocument document,
                                 const RuleSetOptions& options) {
  ParsedDocument parsed;
  const YamlNode& root = document.root;
  parsed.title = ScalarText(root, "title");
  parsed.id = ScalarText(root, "id");
  parsed.diagnostics = std::move(document.diagnostics);
  // What is missing from a broken document is not worth a remark.
  if (!document.is_complete) return parsed;
  Reporter reporter(source);
  ParsedRule rule;
  if (root.kind != YamlNode::Kind::kMap) {
    reporter.Mismatch(root.range, "the document", Describe(root),
                      "a map of a rule's attributes");
  } else if (!ReportOtherKind(root, reporter)) {
    rule = ParseRule(root, options, reporter);
  }
  rule.attributes.file = source.name();
  rule.attributes.line = source.PositionOf(document.range.begin).line;
  for (Diagnostic& diagnostic : reporter.TakeDiagnostics()) {
    parsed.diagnostics.push_back(std::move(diagnostic));
  }
  SortByPlace(parsed.diagnostics);
  for (Diagnostic& diagnostic : parsed.diagnostics) {
    if (options.strict && diagnostic.severity == Severity::kStrictWarning) {
      diagnostic.severity = Severity::kError;
    }
  }
  if (!HasError(parsed.diagnostics)) parsed.rule = std::move(rule);
  return parsed;
}

}  // namespace hypersigma::internal
