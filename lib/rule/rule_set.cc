// RuleSet: files to documents to rules, each accounted for.

#include "hypersigma/rule_set.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "lib/base/source.h"
#include "lib/base/status_macros.h"
#include "lib/rule/ast.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_parser.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml.h"

namespace hypersigma {

struct RuleSet::State {
  std::vector<Rule> rules;
  std::vector<internal::DetectionRule> detection_rules;
  LoadReport report;

  void AddYaml(std::string_view yaml, std::string_view label,
               const RuleSetOptions& options);
  void AddFile(const internal::RuleFile& file, const RuleSetOptions& options);
  void AddUnreadable(const std::string& path, const absl::Status& status);
};

void RuleSet::State::AddYaml(std::string_view yaml, std::string_view label,
                             const RuleSetOptions& options) {
  const internal::Source source{std::string(label), yaml};
  std::uint32_t index = 0;
  for (internal::YamlDocument& tree : internal::ParseYaml(source)) {
    internal::ParsedDocument parsed =
        internal::ParseRuleDocument(source, std::move(tree), options);
    Document document;
    document.file = source.name();
    document.index = index++;
    document.title = std::move(parsed.title);
    document.id = std::move(parsed.id);
    document.diagnostics = std::move(parsed.diagnostics);
    if (parsed.rule.has_value()) {
      document.status = DocumentStatus::kLoaded;
      document.rule = static_cast<RuleId>(rules.size());
      rules.push_back(std::move(parsed.rule->attributes));
      detection_rules.push_back(std::move(parsed.rule->detection));
    }
    report.documents.push_back(std::move(document));
  }
}

void RuleSet::State::AddFile(const internal::RuleFile& file,
                             const RuleSetOptions& options) {
  if (!file.status.ok()) {
    AddUnreadable(file.path, file.status);
    return;
  }
  const absl::StatusOr<std::string> yaml = internal::ReadRuleFile(file.path);
  if (yaml.ok()) {
    AddYaml(*yaml, file.path, options);
  } else {
    AddUnreadable(file.path, yaml.status());
  }
}

void RuleSet::State::AddUnreadable(const std::string& path,
                                   const absl::Status& status) {
  Diagnostic diagnostic;
  diagnostic.file = path;
  const absl::string_view reason = status.message();
  diagnostic.message = internal::Concat(
      {"cannot be read: ", std::string_view(reason.data(), reason.size())});
  Document document;
  document.file = path;
  document.diagnostics.push_back(std::move(diagnostic));
  report.documents.push_back(std::move(document));
}

std::string_view DocumentStatusName(DocumentStatus status) {
  switch (status) {
    case DocumentStatus::kLoaded:
      return "loaded";
    case DocumentStatus::kDegraded:
      return "degraded";
    case DocumentStatus::kRefused:
      return "refused";
  }
  return {};
}

std::uint32_t LoadReport::Count(DocumentStatus status) const {
  return static_cast<std::uint32_t>(std::count_if(
      documents.begin(), documents.end(),
      [&](const Document& document) { return document.status == status; }));
}

absl::StatusOr<RuleSet> RuleSet::FromPaths(std::span<const std::string> paths,
                                           const RuleSetOptions& options) {
  auto state = std::make_shared<State>();
  for (const std::string& path : paths) {
    HS_ASSIGN_OR_RETURN(const std::vector<internal::RuleFile> files,
                        internal::FindRuleFiles(path));
    for (const internal::RuleFile& file : files) {
      state->AddFile(file, options);
    }
  }
  return RuleSet(std::move(state));
}

RuleSet RuleSet::FromYaml(std::string_view yaml, const RuleSetOptions& options,
                          std::string_view label) {
  auto state = std::make_shared<State>();
  state->AddYaml(yaml, label, options);
  return RuleSet(std::move(state));
}

RuleSet::RuleSet() : state_(std::make_shared<State>()) {}
RuleSet::RuleSet(std::shared_ptr<const State> state)
    : state_(std::move(state)) {}
RuleSet::RuleSet(const RuleSet&) = default;
RuleSet& RuleSet::operator=(const RuleSet&) = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

std::span<const Rule> RuleSet::rules() const { return state_->rules; }

const LoadReport& RuleSet::report() const { return state_->report; }

std::span<const internal::DetectionRule> RuleSet::detection_rules() const {
  return state_->detection_rules;
}

}  // namespace hypersigma
