#include "lib/engine/engine_state.h"

#include <algorithm>
#include <map>
#include <utility>

#include "lib/base/free_memory.h"
#include "lib/base/round_up.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Confirmers of one piece of work; most cost nothing, expressions some 10 us.
constexpr std::size_t kConfirmersAtOnce = 64;

// About what it costs to compile the database of `plan`, in patterns of fields:
// those of keywords, which are searched in everything, take eight times as
// long.
std::size_t WeightOf(const FieldPlan& plan, bool is_keywords) {
  return (plan.patterns.size() + plan.equalities.size()) *
         (is_keywords ? 8 : 1);
}

absl::Status Annotate(const absl::Status& status, const std::string& place) {
  const std::string message =
      place + ": " +
      std::string(status.message().data(), status.message().size());
  return absl::Status(status.code(), message);
}

// What `plan` refused is no rule any more.
LoadReport ReportOf(const RuleSet& rules, const Plan& plan) {
  LoadReport report = rules.report();
  if (plan.refused.empty()) return report;
  const std::map<RuleId, std::string> reasons(plan.refused.begin(),
                                              plan.refused.end());
  for (Document& document : report.documents) {
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
  return report;
}

DatabaseSource SourceAt(std::span<const DatabaseSource> sources,
                        std::size_t position) {
  return sources.empty() ? DatabaseSource{} : sources[position];
}

std::size_t RoomOf(const LiteralDatabase& database) {
  return RoundUp(database.size_bytes(), LiteralDatabase::kAlignment);
}

// Lists those of all matchers, then those of all prefilters.
template <typename Matchers, typename Prefilters, typename Database>
void ListDatabases(Matchers& matchers, Prefilters& prefilters,
                   std::vector<Database*>& databases) {
  for (auto& matcher : matchers) databases.push_back(matcher.database());
  for (auto& prefilter : prefilters) databases.push_back(prefilter.database());
}

}  // namespace

EngineState::EngineState(EngineParts parts)
    : rules_(std::move(parts.rules)),
      report_(std::move(parts.report)),
      taxonomy_(std::move(parts.taxonomy)),
      log_source_field_(std::move(parts.log_source_field)),
      plan_(std::move(parts.plan)),
      rule_field_count_(plan_.fields.size()),
      router_(rules_.rules(), taxonomy_.data(), log_source_field_, plan_),
      json_paths_(std::make_shared<const JsonPaths>(plan_.fields,
                                                    taxonomy_.data().layouts)),
      keyword_group_plans_(PlanKeywordGroups(plan_, router_.groups())),
      waiting_(plan_) {}

absl::StatusOr<std::shared_ptr<const EngineState>> EngineState::Build(
    const RuleSet& rules, const EngineOptions& options) {
  HS_RETURN_IF_ERROR(CheckLiteralPlatform());
  EngineParts parts;
  parts.rules = rules;
  parts.plan =
      CompilePlan(rules.detection_rules(), options.max_field_patterns,
                  {.sample = options.profile.sample(), .rules = rules.rules()});
  parts.report = ReportOf(rules, parts.plan);
  parts.taxonomy = options.taxonomy;
  parts.log_source_field = options.log_source_field;
  std::shared_ptr<EngineState> state(new EngineState(std::move(parts)));
  HS_RETURN_IF_ERROR(state->BuildAll({}, ThreadCount(options.compile_threads)));
  return state;
}

absl::StatusOr<std::shared_ptr<const EngineState>> EngineState::Load(
    EngineParts parts, std::span<const std::string_view> databases,
    DatabaseSource::Kind kind, int thread_count) {
  HS_RETURN_IF_ERROR(CheckLiteralPlatform());
  std::shared_ptr<EngineState> state(new EngineState(std::move(parts)));
  if (databases.size() != state->DatabaseCount()) {
    return absl::DataLossError("databases and plan do not belong together");
  }
  std::vector<DatabaseSource> sources;
  for (const std::string_view bytes : databases) {
    sources.push_back({kind, bytes});
  }
  HS_RETURN_IF_ERROR(state->PlaceDatabases(sources));
  HS_RETURN_IF_ERROR(state->BuildAll(sources, ThreadCount(thread_count)));
  return state;
}

std::size_t EngineState::DatabaseCount() const {
  // Matchers of fields, of keywords and of groups; prefilters of all keywords
  // and of groups, of both halves.
  return plan_.fields.size() + 3 + 3 * keyword_group_plans_.size();
}

std::vector<const LiteralDatabase*> EngineState::databases() const {
  std::vector<const LiteralDatabase*> databases;
  ListDatabases(field_matchers_, keyword_prefilters_, databases);
  return databases;
}

absl::Status EngineState::PlaceDatabases(std::span<DatabaseSource> sources) {
  std::vector<std::size_t> begins;
  std::size_t end = 0;
  for (const DatabaseSource& source : sources) {
    begins.push_back(end);
    if (source.serialized.empty()) continue;
    HS_ASSIGN_OR_RETURN(const std::size_t bytes,
                        LiteralDatabase::LoadedBytes(source.serialized));
    end += RoundUp(bytes, LiteralDatabase::kAlignment);
  }
  database_memory_ = HugeBlock(end);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    sources[i].memory = database_memory_.data() + begins[i];
  }
  return absl::OkStatus();
}

absl::Status EngineState::GatherDatabases() {
  // To compile took some 50 MiB more.
  ReturnFreeMemory();
  std::vector<LiteralDatabase*> databases;
  ListDatabases(field_matchers_, keyword_prefilters_, databases);
  std::size_t bytes = 0;
  for (const LiteralDatabase* database : databases) {
    if (database != nullptr) bytes += RoomOf(*database);
  }
  database_memory_ = HugeBlock(bytes);
  char* next = database_memory_.data();
  for (LiteralDatabase* database : databases) {
    if (database == nullptr) continue;
    HS_RETURN_IF_ERROR(database->MoveTo(next));
    next += RoomOf(*database);
  }
  return absl::OkStatus();
}

absl::Status EngineState::BuildAll(std::span<const DatabaseSource> sources,
                                   int thread_count) {
  WorkList work;
  AddMatchers(sources, work);
  const std::size_t matcher_count = results_.matchers.size();
  AddPrefilters(sources.empty() ? sources : sources.subspan(matcher_count),
                work);
  AddConfirmers(work);
  work.Add(1, [this] {
    IndexWitnesses();
    return absl::OkStatus();
  });
  HS_RETURN_IF_ERROR(work.Run(thread_count));
  TakeResults();
  if (sources.empty()) HS_RETURN_IF_ERROR(GatherDatabases());
  return ReserveScratch();
}

absl::Status EngineState::ReserveScratch() {
  for (const LiteralDatabase* database : databases()) {
    if (database == nullptr) continue;
    HS_RETURN_IF_ERROR(literal_scratch_.Reserve(*database));
  }
  return absl::OkStatus();
}

std::string EngineState::PlaceOfMatcher(std::size_t position) const {
  return position < plan_.fields.size()
             ? "field '" + plan_.fields.names()[position] + "'"
             : "keywords";
}

void EngineState::AddMatchers(std::span<const DatabaseSource> sources,
                              WorkList& work) {
  std::vector<const FieldPlan*> plans;
  for (const FieldPlan& plan : plan_.field_plans) plans.push_back(&plan);
  plans.push_back(&plan_.keyword_plan);
  for (const KeywordPlan& group : keyword_group_plans_) {
    plans.push_back(&group.plan);
  }
  results_.matchers.resize(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const FieldPlan* plan = plans[i];
    const bool is_keywords = i >= plan_.fields.size();
    work.Add(WeightOf(*plan, is_keywords),
             [this, i, plan, is_keywords, source = SourceAt(sources, i)] {
               absl::StatusOr<FieldMatcher> matcher =
                   FieldMatcher::Build(*plan, plan_.predicates, source);
               if (!matcher.ok()) {
                 return Annotate(matcher.status(), PlaceOfMatcher(i));
               }
               if (is_keywords) matcher->AddFilter();
               results_.matchers[i] = *std::move(matcher);
               return absl::OkStatus();
             });
  }
}

void EngineState::AddPrefilters(std::span<const DatabaseSource> sources,
                                WorkList& work) {
  const std::size_t count = keyword_group_plans_.size() + 1;
  results_.prefilters.resize(2 * count);
  for (std::size_t i = 0; i < 2 * count; ++i) {
    const KeywordHalf half =
        i < count ? KeywordHalf::kWakes : KeywordHalf::kWaits;
    const std::size_t at = i % count;
    const FieldPlan& plan =
        at == 0 ? plan_.keyword_plan : keyword_group_plans_[at - 1].plan;
    work.Add(WeightOf(plan, true), [this, i, at, half,
                                    source = SourceAt(sources, i)] {
      const auto build = [&](const KeywordPlan& keywords) {
        return KeywordPrefilter::Build(keywords, waiting_, half, source);
      };
      HS_ASSIGN_OR_RETURN(results_.prefilters[i],
                          at == 0 ? build(PlanAllKeywords(plan_))
                                  : build(keyword_group_plans_[at - 1]));
      return absl::OkStatus();
    });
  }
}

void EngineState::AddConfirmers(WorkList& work) {
  const std::size_t count = plan_.predicates.size() - plan_.decided_count;
  results_.confirmers.resize(count);
  for (std::size_t begin = 0; begin < count; begin += kConfirmersAtOnce) {
    const std::size_t end = std::min(begin + kConfirmersAtOnce, count);
    work.Add(kConfirmersAtOnce, [this, begin, end] {
      for (std::size_t i = begin; i < end; ++i) {
        HS_ASSIGN_OR_RETURN(
            results_.confirmers[i],
            Confirmer::Create(plan_.predicates[plan_.decided_count + i]));
      }
      return absl::OkStatus();
    });
  }
}

void EngineState::TakeResults() {
  const auto take = [](auto& from, auto& to) {
    to.reserve(from.size());
    for (auto& each : from) to.push_back(*std::move(each));
  };
  take(results_.matchers, field_matchers_);
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    is_matched_.push_back(field_matchers_[i].is_empty() ? 0 : 1);
  }
  take(results_.prefilters, keyword_prefilters_);
  take(results_.confirmers, confirmers_);
  results_ = {};
}

void EngineState::IndexWitnesses() {
  for (const Predicate& predicate : plan_.predicates) {
    const bool is_decided = field_of_.size() < plan_.decided_count;
    must_fire_.push_back(is_decided || predicate.has_trigger ? 1 : 0);
    field_of_.push_back(predicate.field);
  }
  for (RulePlan& rule : plan_.rules) FindRuns(rule.program);
  // First how many each predicate wakes, then where its rules begin.
  woken_begin_.assign(plan_.predicates.size() + 1, 0);
  for (const RulePlan& rule : plan_.rules) {
    for (const PredicateId witness : rule.witness) {
      ++woken_begin_[Index(witness) + 1];
    }
  }
  for (std::size_t i = 1; i < woken_begin_.size(); ++i) {
    woken_begin_[i] += woken_begin_[i - 1];
  }
  woken_.resize(woken_begin_.back());
  std::vector<std::uint32_t> next = woken_begin_;
  for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
    for (const PredicateId witness : plan_.rules[i].witness) {
      woken_[next[Index(witness)]++] = RuleId{i};
    }
  }
}

// From the last test to the first.
void EngineState::FindRuns(Program& program) const {
  std::vector<Test>& tests = program.tests;
  for (std::size_t i = tests.size(); i-- > 1;) {
    Test& test = tests[i - 1];
    const Test& next = tests[i];
    const FieldId field = FieldOf(test.predicate);
    const bool follows = test.if_false == i &&
                         Index(next.predicate) == Index(test.predicate) + 1 &&
                         FieldOf(next.predicate) == field;
    if (follows && field != kUnnamedField && MustFire(test.predicate) &&
        MustFire(next.predicate)) {
      test.run = next.run + 1;
    }
  }
}

}  // namespace hypersigma::internal
