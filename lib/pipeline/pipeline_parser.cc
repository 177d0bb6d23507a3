#include "lib/pipeline/pipeline_parser.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/limits.h"
#include "lib/base/source.h"
#include "lib/base/text.h"
#include "lib/pipeline/conditions_parser.h"
#include "lib/pipeline/map_reader.h"
#include "lib/pipeline/transformation_parser.h"
#include "lib/rule/reporter.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

class PipelineParser {
 public:
  PipelineParser(const YamlNode& root, Reporter& reporter)
      : root_(root), reporter_(reporter) {}

  PipelineDefinition Parse();

 private:
  int ParsePriority(MapReader& reader);
  void ParseVars(const YamlNode& vars, PlaceholderValues& values);
  // `prefix` numbers the items of a nest: "3." before "1".
  std::vector<PipelineItem> ParseItems(const YamlNode& items,
                                       const std::string& prefix);
  PipelineItem ParseItem(const YamlNode& node, const std::string& number);
  std::optional<Transformation> ParseNest(MapReader& item,
                                          const std::string& number);
  void CheckPlaceholderItem(const YamlNode& node, const PipelineItem& item,
                            const std::string& number);
  // What works on the text of queries must not be there.
  void RefuseQueryParts(MapReader& reader);

  const YamlNode& root_;
  Reporter& reporter_;
  std::size_t item_count_ = 0;
};

PipelineDefinition PipelineParser::Parse() {
  PipelineDefinition pipeline;
  if (root_.kind != Kind::kMap) {
    reporter_.Mismatch(root_.range, "the pipeline", Describe(root_),
                       "a map with 'transformations'");
    return pipeline;
  }
  MapReader reader(root_, "the pipeline", reporter_);
  pipeline.name = reader.Text("name");
  pipeline.priority = ParsePriority(reader);
  reader.Texts("allowed_backends");
  if (const YamlNode* vars = reader.Find("vars")) {
    ParseVars(*vars, pipeline.vars);
  }
  if (const YamlNode* items = reader.Find("transformations")) {
    pipeline.items = ParseItems(*items, "");
  }
  RefuseQueryParts(reader);
  reader.Finish();
  return pipeline;
}

int PipelineParser::ParsePriority(MapReader& reader) {
  const YamlNode* priority = reader.Find("priority");
  if (priority == nullptr) return 0;
  constexpr std::size_t kMaxDigits = 9;
  if (priority->kind == Kind::kInteger && priority->text.size() <= kMaxDigits) {
    return std::stoi(priority->text);
  }
  reporter_.Mismatch(priority->range, "'priority'", Describe(*priority),
                     "a whole number");
  return 0;
}

void PipelineParser::ParseVars(const YamlNode& vars,
                               PlaceholderValues& values) {
  if (vars.kind == Kind::kNull) return;
  if (vars.kind != Kind::kMap) {
    reporter_.Mismatch(vars.range, "'vars'", Describe(vars),
                       "a map of names and their values");
    return;
  }
  for (const YamlNode::Entry& entry : vars.entries) {
    values.emplace(
        entry.key.text,
        TextsOf(entry.value, Concat({"variable ", Quoted(entry.key.text)}),
                reporter_));
  }
}

std::vector<PipelineItem> PipelineParser::ParseItems(
    const YamlNode& items, const std::string& prefix) {
  std::vector<PipelineItem> parsed;
  if (items.kind == Kind::kNull) return parsed;
  if (items.kind != Kind::kList) {
    reporter_.Mismatch(items.range, "the transformations", Describe(items),
                       "a list");
    return parsed;
  }
  for (const YamlNode& item : items.items) {
    if (++item_count_ > kMaxPipelineItems) {
      reporter_.Error(item.range,
                      Concat({"the pipeline has too many items, expected at "
                              "most ",
                              std::to_string(kMaxPipelineItems)}));
      return parsed;
    }
    parsed.push_back(
        ParseItem(item, prefix + std::to_string(parsed.size() + 1)));
  }
  return parsed;
}

PipelineItem PipelineParser::ParseItem(const YamlNode& node,
                                       const std::string& number) {
  PipelineItem item;
  if (node.kind != Kind::kMap) {
    reporter_.Mismatch(node.range, "a transformation", Describe(node),
                       "a map with 'type'");
    return item;
  }
  const YamlNode* type = node.Find("type");
  if (type == nullptr) {
    reporter_.Error(node.range, "the transformation has no 'type'");
    return item;
  }
  MapReader reader(node, Concat({"transformation ", Quoted(type->text)}),
                   reporter_);
  reader.Find("type");
  item.id = reader.Text("id");
  item.label = Concat({"item ", number, " ",
                       item.id.empty() ? "" : Concat({Quoted(item.id), " "}),
                       "(", type->text, ")"});
  item.rule_conditions = ParseRuleConditions(reader);
  item.item_conditions = ParseItemConditions(reader);
  item.field_conditions = ParseFieldConditions(reader);
  std::optional<Transformation> transformation =
      type->text == "nest" ? ParseNest(reader, number)
                           : ParseTransformation(*type, reader);
  // Whose keys those of an unknown transformation are is unknown too.
  if (!transformation.has_value()) return item;
  reader.Finish();
  item.transformation = *std::move(transformation);
  CheckPlaceholderItem(node, item, number);
  return item;
}

std::optional<Transformation> PipelineParser::ParseNest(
    MapReader& item, const std::string& number) {
  Nest nest;
  const YamlNode* items = item.Require("items");
  if (items == nullptr) return nest;
  nest.items = std::make_shared<const std::vector<PipelineItem>>(
      ParseItems(*items, number + "."));
  return nest;
}

void PipelineParser::CheckPlaceholderItem(const YamlNode& node,
                                          const PipelineItem& item,
                                          const std::string& number) {
  if (!std::holds_alternative<ReplacePlaceholders>(item.transformation)) return;
  if (number.find('.') != std::string::npos) {
    reporter_.Error(node.range,
                    Concat({item.label,
                            " is not supported within 'nest': placeholders "
                            "are replaced while rules are loaded"}));
  }
  for (const std::string_view key :
       {"rule_conditions", "detection_item_conditions",
        "field_name_conditions"}) {
    const YamlNode* conditions = node.Find(key);
    if (conditions == nullptr) continue;
    reporter_.Error(conditions->range,
                    Concat({Quoted(key), " of ", item.label,
                            " is not supported: placeholders are replaced "
                            "while rules are loaded, in all of them"}));
  }
}

void PipelineParser::RefuseQueryParts(MapReader& reader) {
  for (const std::string_view key : {"postprocessing", "finalizers"}) {
    const YamlNode* part = reader.Find(key);
    if (part == nullptr || part->kind == Kind::kNull) continue;
    if (part->kind == Kind::kList && part->items.empty()) continue;
    reporter_.Error(part->range,
                    Concat({Quoted(key),
                            " is not supported: it is about the text of "
                            "queries, and hypersigma makes none"}));
  }
}

// Returns one line for each diagnostic.
std::string Lines(const std::vector<Diagnostic>& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::kError) continue;
    if (!lines.empty()) lines.push_back('\n');
    lines += Concat({EscapeForDisplay(diagnostic.file), ":",
                     std::to_string(diagnostic.line), ":",
                     std::to_string(diagnostic.column), ": ",
                     EscapeForDisplay(diagnostic.message)});
  }
  return lines;
}

}  // namespace

absl::StatusOr<PipelineDefinition> ParsePipeline(std::string_view yaml,
                                                 const std::string& label) {
  const Source source(label, yaml);
  std::vector<YamlDocument> documents = ParseYaml(source);
  if (documents.empty()) {
    return absl::InvalidArgumentError(
        Concat({EscapeForDisplay(label),
                ":1:1: the pipeline is empty, expected a map with "
                "'transformations'"}));
  }
  std::vector<Diagnostic> diagnostics;
  for (YamlDocument& document : documents) {
    diagnostics.insert(diagnostics.end(), document.diagnostics.begin(),
                       document.diagnostics.end());
  }
  PipelineDefinition pipeline;
  Reporter reporter(source);
  if (documents.front().is_complete) {
    pipeline = PipelineParser(documents.front().root, reporter).Parse();
  }
  if (documents.size() > 1) {
    reporter.Error(documents[1].range,
                   "a second document begins here, expected one pipeline a "
                   "file");
  }
  for (Diagnostic& diagnostic : reporter.TakeDiagnostics()) {
    diagnostics.push_back(std::move(diagnostic));
  }
  SortByPlace(diagnostics);
  if (HasError(diagnostics)) {
    return absl::InvalidArgumentError(Lines(diagnostics));
  }
  if (pipeline.name.empty()) pipeline.name = label;
  return pipeline;
}

}  // namespace hypersigma::internal
