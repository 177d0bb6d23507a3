// What an Engine holds: the plan and everything compiled from it.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "lib/base/huge_block.h"
#include "lib/base/work_list.h"
#include "lib/compile/plan.h"
#include "lib/engine/confirm.h"
#include "lib/engine/database_source.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/keyword_groups.h"
#include "lib/engine/keyword_prefilter.h"
#include "lib/engine/router.h"
#include "lib/engine/waiting_keywords.h"
#include "lib/input/json_paths.h"

namespace hypersigma::internal {

// What an engine is made of, as plain data: what a file holds of it besides the
// databases.
struct EngineParts {
  RuleSet rules;
  // That of `rules`, and what the plan refused.
  LoadReport report;
  Plan plan;  // as CompilePlan() made it
  Taxonomy taxonomy;
  std::string log_source_field;
};

// Immutable once built, shared by all scanners. Never moves: its parts borrow
// from one another.
class EngineState {
 public:
  static absl::StatusOr<std::shared_ptr<const EngineState>> Build(
      const RuleSet& rules, const EngineOptions& options);

  // Makes the state that had `parts` and `databases()`, serialized, those
  // without literals as empty texts. Errors: kDataLoss when they do not belong
  // together; those of DatabaseSource::Make().
  static absl::StatusOr<std::shared_ptr<const EngineState>> Load(
      EngineParts parts, std::span<const std::string_view> databases,
      DatabaseSource::Kind kind, int thread_count);

  EngineState(const EngineState&) = delete;
  EngineState& operator=(const EngineState&) = delete;

  const RuleSet& rules() const { return rules_; }
  const LoadReport& report() const { return report_; }
  const Plan& plan() const { return plan_; }
  const Router& router() const { return router_; }
  const std::string& log_source_field() const { return log_source_field_; }
  const Taxonomy& taxonomy() const { return taxonomy_; }
  // Of all fields, and of all layouts of the taxonomy.
  const std::shared_ptr<const JsonPaths>& json_paths() const {
    return json_paths_;
  }

  // The fields that rules look at; the ids behind them are those of members
  // that routing needs.
  std::span<const std::string> rule_fields() const {
    return plan_.fields.names().first(rule_field_count_);
  }

  const FieldMatcher& field_matcher(FieldId field) const {
    return field_matchers_[Index(field)];
  }
  // Whether values of `field` can fire anything.
  bool is_matched(FieldId field) const {
    return is_matched_[Index(field)] != 0;
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
  std::span<const KeywordPrefilter> keyword_prefilters(KeywordHalf half) const {
    const std::size_t count = keyword_group_plans_.size() + 1;
    return std::span(keyword_prefilters_)
        .subspan(half == KeywordHalf::kWakes ? 0 : count, count);
  }
  // Of all matchers, then of all prefilters, those of keywords that wait last;
  // null where there are no literals.
  std::vector<const LiteralDatabase*> databases() const;

  // Working memory for any of them. Errors: kResourceExhausted.
  absl::StatusOr<LiteralScratch> NewLiteralScratch() const {
    return literal_scratch_.Clone();
  }

  // REQUIRES: the predicate is on demand.
  const Confirmer& confirmer(PredicateId predicate) const {
    return confirmers_[Index(predicate) - plan_.decided_count];
  }

  // The field that `predicate` is about, or kUnnamedField.
  FieldId FieldOf(PredicateId predicate) const {
    return field_of_[Index(predicate)];
  }

  // Whether `predicate` is false where it has not fired.
  bool MustFire(PredicateId predicate) const {
    return must_fire_[Index(predicate)] != 0;
  }

  // Whether `predicate` is a keyword that waits.
  bool Waits(PredicateId predicate) const {
    return waiting_.Contains(predicate);
  }

  // Rules that `predicate` wakes.
  std::span<const RuleId> WokenBy(std::uint32_t predicate) const {
    return std::span(woken_).subspan(
        woken_begin_[predicate],
        woken_begin_[predicate + 1] - woken_begin_[predicate]);
  }

 private:
  explicit EngineState(EngineParts parts);

  // Takes the databases from `sources`, or compiles them if there are none.
  absl::Status BuildAll(std::span<const DatabaseSource> sources,
                        int thread_count);
  void AddMatchers(std::span<const DatabaseSource> sources, WorkList& work);
  void AddPrefilters(std::span<const DatabaseSource> sources, WorkList& work);
  void AddConfirmers(WorkList& work);
  // Take memory for databases that lies together, and put there those that are
  // to be loaded or were compiled.
  absl::Status PlaceDatabases(std::span<DatabaseSource> sources);
  absl::Status GatherDatabases();
  absl::Status ReserveScratch();
  std::string PlaceOfMatcher(std::size_t position) const;
  std::size_t DatabaseCount() const;
  void TakeResults();
  void IndexWitnesses();
  void FindRuns(Program& program) const;

  const RuleSet rules_;
  const LoadReport report_;
  const Taxonomy taxonomy_;
  const std::string log_source_field_;
  Plan plan_;
  const std::size_t rule_field_count_;
  const Router router_;
  const std::shared_ptr<const JsonPaths> json_paths_;
  const std::vector<KeywordPlan> keyword_group_plans_;
  const WaitingKeywords waiting_;
  HugeBlock database_memory_;  // outlives those that have a database
  // By FieldId, then that of all keywords, then those of each group of rules
  // alone unless there are too many.
  std::vector<FieldMatcher> field_matchers_;
  std::vector<char> is_matched_;  // by FieldId
  std::vector<KeywordPrefilter> keyword_prefilters_;
  std::vector<Confirmer> confirmers_;
  LiteralScratch literal_scratch_;  // never used but to be cloned
  // What the pieces of work give, of the same positions as the above.
  struct Results {
    std::vector<std::optional<FieldMatcher>> matchers;
    std::vector<std::optional<KeywordPrefilter>> prefilters;
    std::vector<std::optional<Confirmer>> confirmers;
  };
  Results results_;
  std::vector<FieldId> field_of_;  // by PredicateId
  std::vector<char> must_fire_;    // by PredicateId
  std::vector<RuleId> woken_;
  std::vector<std::uint32_t> woken_begin_;  // by predicate, and the end
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_STATE_H_
