// What an Engine holds: the plan and everything compiled from it.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/plan.h"
#include "lib/engine/confirm.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/keyword_groups.h"
#include "lib/engine/keyword_prefilter.h"
#include "lib/engine/router.h"

namespace hypersigma::internal {

// Immutable once built, shared by all scanners. Never moves: its parts borrow
// from one another.
class EngineState {
 public:
  static absl::StatusOr<std::shared_ptr<const EngineState>> Build(
      const RuleSet& rules, const EngineOptions& options);

  EngineState(const EngineState&) = delete;
  EngineState& operator=(const EngineState&) = delete;

  const RuleSet& rules() const { return rules_; }
  const LoadReport& report() const { return report_; }
  const Plan& plan() const { return plan_; }
  const Router& router() const { return router_; }
  const Taxonomy& taxonomy() const { return taxonomy_; }

  // The fields that rules look at; the ids behind them are those of members
  // that routing needs.
  std::span<const std::string> rule_fields() const {
    return plan_.fields.names().first(rule_field_count_);
  }

  const FieldMatcher& field_matcher(FieldId field) const {
    return field_matchers_[Index(field)];
  }
  const FieldMatcher& keyword_matcher() const {
    return field_matchers_[plan_.fields.size()];
  }
  // Those that seek the keywords of one group of rules, by position; none when
  // there are too many groups.
  std::span<const FieldMatcher> keyword_groups() const {
    return std::span(field_matchers_).subspan(plan_.fields.size() + 1);
  }
  // Of all keywords, then of each group as above.
  std::span<const KeywordPrefilter> keyword_prefilters() const {
    return keyword_prefilters_;
  }
  std::span<const FieldMatcher> all_matchers() const { return field_matchers_; }

  // REQUIRES: the predicate is on demand.
  const Confirmer& confirmer(PredicateId predicate) const {
    return confirmers_[Index(predicate) - plan_.decided_count];
  }

  // Rules that `predicate` wakes.
  std::span<const RuleId> WokenBy(std::uint32_t predicate) const {
    return std::span(woken_).subspan(
        woken_begin_[predicate],
        woken_begin_[predicate + 1] - woken_begin_[predicate]);
  }

 private:
  EngineState(const RuleSet& rules, const EngineOptions& options);

  void ReportRefused();
  absl::Status BuildMatchers(int thread_count);
  absl::Status BuildConfirmers();
  absl::Status BuildPrefilters();
  void IndexWitnesses();

  const RuleSet rules_;
  LoadReport report_;
  const Taxonomy taxonomy_;
  Plan plan_;
  const std::size_t rule_field_count_;
  const Router router_;
  const std::vector<KeywordPlan> keyword_group_plans_;
  // By FieldId, then that of all keywords, then those of each group of rules
  // alone unless there are too many.
  std::vector<FieldMatcher> field_matchers_;
  std::vector<KeywordPrefilter> keyword_prefilters_;
  std::vector<Confirmer> confirmers_;
  std::vector<RuleId> woken_;
  std::vector<std::uint32_t> woken_begin_;  // by predicate, and the end
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_
