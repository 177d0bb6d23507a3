#include "lib/engine/engine_file.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/base/work_list.h"
#include "lib/engine/engine_file_plan.h"
#include "lib/engine/engine_file_rules.h"
#include "lib/engine/hyperscan.h"
#include "lib/rule/rule_set_parts.h"
#include "lib/taxonomy/taxonomy_parts.h"

namespace hypersigma::internal {
namespace {

// Sections before the databases.
enum Section : std::size_t { kRules, kPlan, kFirstDatabase };

// "5.4.0" of "5.4.0 2021-01-26".
std::string_view VersionOf(std::string_view library) {
  return library.substr(0, library.find(' '));
}

absl::Status Mismatch(const char* what, const std::string& found,
                      const std::string& expected) {
  return absl::FailedPreconditionError("it is of " + std::string(what) + " '" +
                                       found + "', expected '" + expected +
                                       "'");
}

absl::Status CheckOrigin(const EngineFileOrigin& file,
                         const EngineFileOrigin& here) {
  if (file.hypersigma != here.hypersigma) {
    return Mismatch("hypersigma", file.hypersigma, here.hypersigma);
  }
  if (VersionOf(file.library) != VersionOf(here.library)) {
    return Mismatch("libhs", file.library, here.library);
  }
  if (file.unicode != here.unicode) {
    return Mismatch("Unicode", file.unicode, here.unicode);
  }
  if (!here.rules_hash.empty() && file.rules_hash != here.rules_hash) {
    return Mismatch("rules and options", file.rules_hash, here.rules_hash);
  }
  return absl::OkStatus();
}

struct Content {
  FileRules rules;
  Plan plan;
};

absl::StatusOr<Content> ReadContent(const EngineFileParts& parts,
                                    int thread_count) {
  if (parts.sections.size() < kFirstDatabase) {
    return absl::DataLossError("it lacks sections");
  }
  Content content;
  WorkList work;
  work.Add(1, [&] {
    HS_ASSIGN_OR_RETURN(content.rules, ReadRules(parts.sections[kRules]));
    return absl::OkStatus();
  });
  work.Add(2, [&] {
    HS_ASSIGN_OR_RETURN(content.plan, ReadPlan(parts.sections[kPlan]));
    return absl::OkStatus();
  });
  HS_RETURN_IF_ERROR(work.Run(thread_count));
  if (content.rules.rules.size() != content.plan.rules.size()) {
    return absl::DataLossError("rules and plan do not belong together");
  }
  return content;
}

EngineParts PartsOf(Content content) {
  EngineParts parts;
  LoadedRules loaded;
  loaded.rules = std::move(content.rules.rules);
  parts.rules = RuleSetParts::Join(std::move(loaded), {},
                                   std::move(content.rules.pipelines));
  parts.report = std::move(content.rules.report);
  parts.plan = std::move(content.plan);
  parts.taxonomy = TaxonomyParts::Join(std::move(content.rules.taxonomy));
  parts.log_source_field = std::move(content.rules.log_source_field);
  return parts;
}

}  // namespace

EngineFileOrigin OriginOfThisProcess(std::string_view rules_hash) {
  return {HYPERSIGMA_VERSION, LiteralLibraryVersion(), TextUnicodeVersion(),
          LiteralCpuFeatures(), std::string(rules_hash)};
}

absl::StatusOr<std::string> WriteEngineFile(const EngineState& state,
                                            std::string_view rules_hash) {
  FileRules rules;
  rules.rules.assign(state.rules().rules().begin(),
                     state.rules().rules().end());
  rules.report = state.report();
  rules.pipelines.assign(state.rules().pipelines().begin(),
                         state.rules().pipelines().end());
  rules.log_source_field = state.log_source_field();
  rules.taxonomy = state.taxonomy().data();
  std::vector<std::string> sections(kFirstDatabase);
  HS_ASSIGN_OR_RETURN(sections[kRules], WriteRules(rules));
  HS_ASSIGN_OR_RETURN(sections[kPlan],
                      WritePlan(state.plan(), state.rule_fields().size()));
  for (const LiteralDatabase* database : state.databases()) {
    std::string& section = sections.emplace_back();
    if (database == nullptr) continue;
    HS_ASSIGN_OR_RETURN(section, database->Serialize());
  }
  return JoinEngineFile(OriginOfThisProcess(rules_hash), sections);
}

absl::StatusOr<std::shared_ptr<const EngineState>> ReadEngineFile(
    std::string_view file, const EngineLoadOptions& options) {
  HS_ASSIGN_OR_RETURN(const EngineFileParts parts, SplitEngineFile(file));
  const EngineFileOrigin here = OriginOfThisProcess(options.rules_hash);
  HS_RETURN_IF_ERROR(CheckOrigin(parts.origin, here));
  const bool is_proved =
      parts.origin.library == here.library && parts.origin.cpu == here.cpu;
  const int thread_count = ThreadCount(options.threads);
  HS_ASSIGN_OR_RETURN(Content content, ReadContent(parts, thread_count));
  return EngineState::Load(PartsOf(std::move(content)),
                           std::span(parts.sections).subspan(kFirstDatabase),
                           is_proved ? DatabaseSource::Kind::kLoad
                                     : DatabaseSource::Kind::kLoadAndProve,
                           thread_count);
}

}  // namespace hypersigma::internal
