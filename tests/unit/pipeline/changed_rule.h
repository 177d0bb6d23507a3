// What pipelines make of a rule, as short text for literal expectations.

#ifndef HYPERSIGMA_TESTS_UNIT_PIPELINE_CHANGED_RULE_H_
#define HYPERSIGMA_TESTS_UNIT_PIPELINE_CHANGED_RULE_H_

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/pipeline.h"
#include "hypersigma/rule_set.h"
#include "lib/rule/ast.h"
#include "tests/unit/rule/ast_text.h"

namespace hypersigma::internal {

inline std::string MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// Returns the lines of `detection` as a rule of process creation on Windows;
// `condition` is added.
inline std::string RuleOf(std::string_view detection,
                          std::string_view condition = "sel") {
  return "title: T\nid: 11111111-1111-4111-8111-111111111111\n"
         "status: test\nlevel: high\ntags: [attack.t1059]\n"
         "date: 2024-05-06\n"
         "logsource: {category: process_creation, product: windows}\n"
         "detection: {" +
         std::string(detection) + ", condition: " + std::string(condition) +
         "}\n";
}

// Returns a pipeline of one item, given as the members of a map in braces.
inline std::string PipelineOf(std::string_view item) {
  return "name: P\ntransformations:\n- {" + std::string(item) + "}\n";
}

// Returns the selections, e.g. `sel={F: int 5}`, and the conditions.
inline std::string Show(const DetectionRule& rule) {
  std::string shown;
  std::vector<std::string_view> names;
  for (const Selection& selection : rule.selections) {
    names.push_back(selection.name);
    shown += selection.name + "=" + Show(selection.detection) + " ";
  }
  for (const Condition& condition : rule.conditions) {
    shown += "| " + Show(condition, names);
  }
  return shown;
}

inline absl::StatusOr<RuleSet> Apply(std::string_view rules,
                                     const std::vector<std::string>& yamls,
                                     const RuleSetOptions& options = {}) {
  std::vector<Pipeline> pipelines;
  for (const std::string& yaml : yamls) {
    absl::StatusOr<Pipeline> pipeline = Pipeline::FromYaml(yaml);
    if (!pipeline.ok()) return pipeline.status();
    pipelines.push_back(*std::move(pipeline));
  }
  return ApplyPipelines(RuleSet::FromYaml(rules, options), pipelines);
}

// Returns the first rule as pipelines change it, or the problems of its
// document, or of the pipelines.
inline std::string Changed(std::string_view rules,
                           const std::vector<std::string>& pipelines) {
  const absl::StatusOr<RuleSet> changed = Apply(rules, pipelines);
  if (!changed.ok()) return MessageOf(changed.status());
  if (!changed->rules().empty()) {
    return Show(changed->detection_rules().front());
  }
  std::string problems;
  for (const Document& document : changed->report().documents) {
    for (const Diagnostic& diagnostic : document.diagnostics) {
      problems += diagnostic.message + "\n";
    }
  }
  return problems;
}

// The same of one selection and a pipeline of one item; the condition is left
// out where it is just the selection.
inline std::string ChangedItems(std::string_view selection,
                                std::string_view item) {
  std::string shown =
      Changed(RuleOf("sel: " + std::string(selection)), {PipelineOf(item)});
  if (shown.starts_with("sel=") && shown.ends_with(" | sel")) {
    shown = shown.substr(4, shown.size() - 10);
  }
  return shown;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_PIPELINE_CHANGED_RULE_H_
