// RuleSet: what rule_loader.h made, shared and immutable.

#include "hypersigma/rule_set.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/rule/ast.h"
#include "lib/rule/correlation.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_loader.h"
#include "lib/rule/rule_set_parts.h"
#include "lib/rule/rule_text.h"

namespace hypersigma {

struct RuleSet::State {
  internal::LoadedRules loaded;
  RuleSetOptions options;
  std::vector<std::string> pipelines{};
};

namespace internal {

const LoadedRules& RuleSetParts::Of(const RuleSet& rules) {
  return rules.state_->loaded;
}

RuleSet RuleSetParts::Load(std::vector<RuleFileText> files,
                           const RuleSetOptions& options) {
  RuleLoader loader(options);
  for (RuleFileText& file : files) loader.AddFile(std::move(file));
  return Join(loader.Finish(), options, {});
}

RuleSet RuleSetParts::Join(LoadedRules loaded, const RuleSetOptions& options,
                           std::vector<std::string> pipelines) {
  return RuleSet(std::make_shared<RuleSet::State>(
      RuleSet::State{std::move(loaded), options, std::move(pipelines)}));
}

}  // namespace internal

std::string_view DocumentKindName(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kRule:
      return "rule";
    case DocumentKind::kFilter:
      return "filter";
    case DocumentKind::kCorrelation:
      return "correlation";
    case DocumentKind::kCollection:
      return "collection";
  }
  return {};
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
  std::vector<internal::RuleFile> files;
  for (const std::string& path : paths) {
    HS_ASSIGN_OR_RETURN(std::vector<internal::RuleFile> found,
                        internal::FindRuleFiles(path));
    files.insert(files.end(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
  }
  return internal::RuleSetParts::Load(internal::ReadRuleFiles(std::move(files)),
                                      options);
}

RuleSet RuleSet::FromYaml(std::string_view yaml, const RuleSetOptions& options,
                          std::string_view label) {
  internal::RuleLoader loader(options);
  loader.AddYaml(std::string(yaml), label);
  return RuleSet(std::make_shared<State>(State{loader.Finish(), options}));
}

RuleSet RuleSet::FromStreams(std::span<const RuleStream> streams,
                             const RuleSetOptions& options) {
  internal::RuleLoader loader(options);
  for (const RuleStream& stream : streams) {
    loader.AddYaml(stream.yaml, stream.label);
  }
  return RuleSet(std::make_shared<State>(State{loader.Finish(), options}));
}

RuleSet::RuleSet() : state_(std::make_shared<State>()) {}
RuleSet::RuleSet(std::shared_ptr<const State> state)
    : state_(std::move(state)) {}
RuleSet::RuleSet(const RuleSet&) = default;
RuleSet& RuleSet::operator=(const RuleSet&) = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

std::span<const Rule> RuleSet::rules() const { return state_->loaded.rules; }

const LoadReport& RuleSet::report() const { return state_->loaded.report; }

std::span<const std::string> RuleSet::pipelines() const {
  return state_->pipelines;
}

std::span<const internal::DetectionRule> RuleSet::detection_rules() const {
  return state_->loaded.detections;
}

std::span<const internal::CorrelationRule> RuleSet::correlations() const {
  return state_->loaded.correlations;
}

std::span<const internal::RuleText> RuleSet::texts() const {
  return state_->loaded.texts;
}

const RuleSetOptions& RuleSet::options() const { return state_->options; }

}  // namespace hypersigma
