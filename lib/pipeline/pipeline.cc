#include "hypersigma/pipeline.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/pipeline/built_in.h"
#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/pipeline_parser.h"
#include "lib/pipeline/placeholders.h"
#include "lib/pipeline/rule_set_changer.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_set_parts.h"
#include "lib/rule/wording.h"

namespace hypersigma {

Pipeline::Pipeline(
    std::shared_ptr<const internal::PipelineDefinition> definition)
    : definition_(std::move(definition)) {}
Pipeline::Pipeline(const Pipeline&) = default;
Pipeline& Pipeline::operator=(const Pipeline&) = default;
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

absl::StatusOr<Pipeline> Pipeline::FromYaml(std::string_view yaml,
                                            std::string_view label) {
  HS_ASSIGN_OR_RETURN(internal::PipelineDefinition definition,
                      internal::ParsePipeline(yaml, std::string(label)));
  definition.label = label;
  definition.text = yaml;
  return Pipeline(std::make_shared<const internal::PipelineDefinition>(
      std::move(definition)));
}

absl::StatusOr<Pipeline> Pipeline::FromFile(const std::string& path) {
  const absl::StatusOr<std::string> yaml = internal::ReadRuleFile(path);
  if (yaml.ok()) return FromYaml(*yaml, path);
  const absl::string_view reason = yaml.status().message();
  return absl::Status(
      yaml.status().code(),
      internal::Concat({internal::EscapeForDisplay(path), ": ",
                        std::string_view(reason.data(), reason.size())}));
}

absl::StatusOr<Pipeline> Pipeline::BuiltIn(std::string_view name) {
  if (const auto yaml = internal::BuiltInPipelineYaml(name)) {
    return FromYaml(*yaml, name);
  }
  const auto names = internal::BuiltInPipelineNames();
  return absl::NotFoundError(internal::Concat(
      {"there is no built-in pipeline ", internal::Quoted(name),
       internal::DidYouMean(internal::Nearest(name, names))}));
}

std::span<const std::string_view> Pipeline::BuiltInNames() {
  return internal::BuiltInPipelineNames();
}

const std::string& Pipeline::name() const { return definition_->name; }
int Pipeline::priority() const { return definition_->priority; }
const std::string& Pipeline::label() const { return definition_->label; }
const std::string& Pipeline::text() const { return definition_->text; }

absl::StatusOr<RuleSet> ApplyPipelines(const RuleSet& rules,
                                       std::span<const Pipeline> pipelines) {
  if (pipelines.empty()) return rules;
  std::vector<const internal::PipelineDefinition*> definitions;
  for (const Pipeline& pipeline : pipelines) {
    definitions.push_back(pipeline.definition_.get());
  }
  std::stable_sort(
      definitions.begin(), definitions.end(),
      [](const auto* a, const auto* b) { return a->priority < b->priority; });
  HS_ASSIGN_OR_RETURN(const RuleSet loaded,
                      internal::ReplacePlaceholdersOf(rules, definitions));
  internal::LoadedRules changed = internal::RuleSetParts::Of(loaded);
  HS_RETURN_IF_ERROR(internal::ChangeRules(definitions, changed));
  std::vector<std::string> names(rules.pipelines().begin(),
                                 rules.pipelines().end());
  for (const auto* definition : definitions) names.push_back(definition->name);
  return internal::RuleSetParts::Join(std::move(changed), loaded.options(),
                                      std::move(names));
}

}  // namespace hypersigma
