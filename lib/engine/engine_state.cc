#include "lib/engine/engine_state.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/string_view.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

absl::Status Annotate(const absl::Status& status, const std::string& place) {
  const std::string message =
      place + ": " +
      std::string(status.message().data(), status.message().size());
  return absl::Status(status.code(), message);
}

int ThreadCount(int wanted) {
  if (wanted > 0) return wanted;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// Builds one matcher for each plan, several at a time.
class MatcherBuilder {
 public:
  MatcherBuilder(std::vector<const FieldPlan*> plans,
                 std::span<const Predicate> predicates)
      : plans_(std::move(plans)),
        predicates_(predicates),
        results_(plans_.size()) {
    // The largest first, so that no thread is left with it at the end.
    for (std::uint32_t i = 0; i < plans_.size(); ++i) order_.push_back(i);
    std::stable_sort(
        order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
          return plans_[a]->patterns.size() > plans_[b]->patterns.size();
        });
  }

  void Run(int thread_count) {
    std::vector<std::thread> threads;
    for (int i = 1; i < thread_count; ++i) {
      threads.emplace_back([this] { BuildNext(); });
    }
    BuildNext();
    for (std::thread& thread : threads) thread.join();
  }

  std::vector<std::optional<absl::StatusOr<FieldMatcher>>>& results() {
    return results_;
  }

 private:
  void BuildNext() {
    for (std::size_t i = next_++; i < order_.size(); i = next_++) {
      const std::uint32_t field = order_[i];
      results_[field].emplace(FieldMatcher::Build(*plans_[field], predicates_));
    }
  }

  std::vector<const FieldPlan*> plans_;
  std::span<const Predicate> predicates_;
  std::vector<std::uint32_t> order_;
  std::vector<std::optional<absl::StatusOr<FieldMatcher>>> results_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

EngineState::EngineState(const RuleSet& rules, const EngineOptions& options)
    : rules_(rules),
      report_(rules.report()),
      taxonomy_(options.taxonomy),
      plan_(CompilePlan(rules_.detection_rules(), options.max_field_patterns)),
      rule_field_count_(plan_.fields.size()),
      router_(rules_.rules(), taxonomy_.data(), options.log_source_field,
              plan_),
      keyword_group_plans_(PlanKeywordGroups(plan_, router_.groups())) {}

absl::StatusOr<std::shared_ptr<const EngineState>> EngineState::Build(
    const RuleSet& rules, const EngineOptions& options) {
  HS_RETURN_IF_ERROR(CheckLiteralPlatform());
  std::shared_ptr<EngineState> state(new EngineState(rules, options));
  state->ReportRefused();
  HS_RETURN_IF_ERROR(
      state->BuildMatchers(ThreadCount(options.compile_threads)));
  HS_RETURN_IF_ERROR(state->BuildConfirmers());
  HS_RETURN_IF_ERROR(state->BuildPrefilters());
  state->IndexWitnesses();
  return state;
}

void EngineState::ReportRefused() {
  if (plan_.refused.empty()) return;
  const std::map<RuleId, std::string> reasons(plan_.refused.begin(),
                                              plan_.refused.end());
  for (Document& document : report_.documents) {
    if (!document.rule.has_value()) continue;
    const auto refused = reasons.find(*document.rule);
    if (refused == reasons.end()) continue;
    document.status = DocumentStatus::kRefused;
    document.rule.reset();
    Diagnostic& diagnostic = document.diagnostics.emplace_back();
    diagnostic.file = document.file;
    diagnostic.line = document.line;
    diagnostic.column = 1;
    diagnostic.message = refused->second;
  }
}

absl::Status EngineState::BuildMatchers(int thread_count) {
  std::vector<const FieldPlan*> plans;
  for (const FieldPlan& plan : plan_.field_plans) plans.push_back(&plan);
  plans.push_back(&plan_.keyword_plan);
  for (const KeywordPlan& group : keyword_group_plans_) {
    plans.push_back(&group.plan);
  }
  MatcherBuilder builder(std::move(plans), plan_.predicates);
  builder.Run(thread_count);
  for (std::size_t i = 0; i < builder.results().size(); ++i) {
    absl::StatusOr<FieldMatcher>& matcher = *builder.results()[i];
    if (!matcher.ok()) {
      return Annotate(matcher.status(),
                      i < plan_.fields.size()
                          ? "field '" + plan_.fields.names()[i] + "'"
                          : "keywords");
    }
    field_matchers_.push_back(*std::move(matcher));
  }
  return absl::OkStatus();
}

absl::Status EngineState::BuildConfirmers() {
  confirmers_.reserve(plan_.predicates.size() - plan_.decided_count);
  for (std::size_t i = plan_.decided_count; i < plan_.predicates.size(); ++i) {
    HS_ASSIGN_OR_RETURN(Confirmer confirmer,
                        Confirmer::Create(plan_.predicates[i]));
    confirmers_.push_back(std::move(confirmer));
  }
  return absl::OkStatus();
}

absl::Status EngineState::BuildPrefilters() {
  HS_ASSIGN_OR_RETURN(KeywordPrefilter all,
                      KeywordPrefilter::Build(PlanAllKeywords(plan_)));
  keyword_prefilters_.push_back(std::move(all));
  for (const KeywordPlan& group : keyword_group_plans_) {
    HS_ASSIGN_OR_RETURN(KeywordPrefilter one, KeywordPrefilter::Build(group));
    keyword_prefilters_.push_back(std::move(one));
  }
  return absl::OkStatus();
}

void EngineState::IndexWitnesses() {
  std::vector<std::vector<RuleId>> woken(plan_.predicates.size());
  for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
    const RulePlan& rule = plan_.rules[i];
    for (PredicateId witness : rule.witness) {
      woken[Index(witness)].push_back(RuleId{i});
    }
  }
  for (const std::vector<RuleId>& rules : woken) {
    woken_begin_.push_back(static_cast<std::uint32_t>(woken_.size()));
    woken_.insert(woken_.end(), rules.begin(), rules.end());
  }
  woken_begin_.push_back(static_cast<std::uint32_t>(woken_.size()));
}

}  // namespace hypersigma::internal
