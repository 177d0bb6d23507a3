#include "lib/pipeline/rule_set_changer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/limits.h"
#include "lib/base/regex.h"
#include "lib/base/status_macros.h"
#include "lib/pipeline/rule_changer.h"
#include "lib/pipeline/rule_removal.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

class RuleSetChanger {
 public:
  RuleSetChanger(std::span<const PipelineDefinition* const> pipelines,
                 LoadedRules& loaded, RegexScratch scratch)
      : pipelines_(pipelines), loaded_(loaded), scratch_(std::move(scratch)) {}

  void Change() {
    for (Document& document : loaded_.report.documents) {
      if (document.rule.has_value()) ChangeRuleOf(document);
    }
    std::uint32_t correlation = 0;
    for (Document& document : loaded_.report.documents) {
      if (document.kind == DocumentKind::kCorrelation &&
          document.status != DocumentStatus::kRefused) {
        ChangeCorrelation(correlation++, document);
      }
    }
    RemoveRules(refused_rules_, std::move(refused_correlations_), loaded_);
  }

 private:
  void ChangeRuleOf(Document& document) {
    const auto position = static_cast<std::uint32_t>(*document.rule);
    DetectionRule& detection = loaded_.detections[position];
    WorkRule work = MakeWorkRule(loaded_.rules[position], std::move(detection));
    std::string refusal = Apply(work, document);
    if (!FinishWorkRule(work, detection) && refusal.empty()) {
      refusal = "pipelines drop all that the rule looks for";
    }
    if (!refusal.empty()) refused_rules_[position] = std::move(refusal);
  }

  void ChangeCorrelation(std::uint32_t position, Document& document) {
    CorrelationRule& correlation = loaded_.correlations[position];
    WorkRule work;
    work.attributes = &correlation.attributes;
    work.correlation = &correlation;
    std::string refusal = Apply(work, document);
    if (!refusal.empty()) {
      refused_correlations_[position] = std::move(refusal);
    }
  }

  // Returns why the rule is refused; empty if it is not.
  std::string Apply(WorkRule& work, Document& document) {
    const ReferredRules referred{loaded_.rules, loaded_.correlations};
    RuleRun run(work, referred, scratch_, nodes_left_);
    std::string refusal;
    for (const PipelineDefinition* pipeline : pipelines_) {
      work.warnings.clear();
      ChangeRule(*pipeline, run);
      const std::string name = Concat({"pipeline ", Quoted(pipeline->name)});
      for (const std::string& warning : work.warnings) {
        AddDiagnostic(Severity::kWarning, Concat({name, ", ", warning}),
                      document);
      }
      if (run.failed()) {
        return Concat({name, ", ", run.failed_item(), ": ", run.failure()});
      }
    }
    return {};
  }

  std::span<const PipelineDefinition* const> pipelines_;
  LoadedRules& loaded_;
  RegexScratch scratch_;
  std::size_t nodes_left_ = kMaxPipelineNodes;
  Refusals refused_rules_;
  Refusals refused_correlations_;
};

}  // namespace

absl::Status ChangeRules(std::span<const PipelineDefinition* const> pipelines,
                         LoadedRules& loaded) {
  HS_ASSIGN_OR_RETURN(RegexScratch scratch, RegexScratch::Create());
  RuleSetChanger(pipelines, loaded, std::move(scratch)).Change();
  return absl::OkStatus();
}

}  // namespace hypersigma::internal
