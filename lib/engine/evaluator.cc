#include "lib/engine/evaluator.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// How many undecided predicates a run follows both ways before it gives up and
// calls the rule undecided.
constexpr int kUndecidedBudget = 64;

}  // namespace

Evaluator::Evaluator(const EngineState& engine, const EvaluatorOptions& options,
                     ConfirmScratch confirm)
    : engine_(&engine),
      values_(engine.plan().fields.size()),
      routes_(engine.router(), options.routing, options.log_source),
      aliased_(engine.plan().fields.size()),
      looked_at_(engine.plan().fields.size() + 1),
      short_texts_(engine.plan().fields.size(), options.value_cache_bytes),
      long_texts_(engine.plan().fields.size(), options.value_cache_bytes / 2,
                  ValueCache::kLongTexts),
      known_texts_(engine.plan().fields.size()),
      confirm_(std::move(confirm)),
      found_keywords_(engine.plan().predicates.size()),
      woken_(engine.plan().rules.size()) {
  const Plan& plan = engine.plan();
  match_.fired = SparseBitset(plan.predicates.size());
  fired_ = SparseBitset(plan.predicates.size());
  const std::size_t on_demand = plan.predicates.size() - plan.decided_count;
  confirmed_ = SparseBitset(on_demand);
  verdicts_.resize(on_demand);
  matched_.reserve(plan.rules.size());
  undecided_.reserve(plan.rules.size());
}

absl::StatusOr<Evaluator> Evaluator::Create(const EngineState& engine,
                                            const EvaluatorOptions& options) {
  HS_ASSIGN_OR_RETURN(RegexScratch regex, RegexScratch::Create());
  Evaluator evaluator(engine, options,
                      ConfirmScratch{std::move(regex), {}, {}});
  HS_ASSIGN_OR_RETURN(evaluator.match_.literals, engine.NewLiteralScratch());
  return evaluator;
}

absl::Status Evaluator::Evaluate(Event event) {
  Prepare(event, /*is_raw=*/false, Members::kNamed);
  if (!MayHaveKeywords(event)) return Run(Keywords::kNone);
  Prepare(event, /*is_raw=*/false, Members::kAll);
  return Run(Keywords::kAny);
}

void Evaluator::Prepare(Event event, bool is_raw, Members members) {
  values_.Assign(event, is_raw, members);
  route_ = &routes_.Find(values_);
  ApplyAliases();
}

absl::Status Evaluator::Run(Keywords keywords) {
  keywords_ = keywords;
  needs_keywords_ = false;
  match_.fired.Clear();
  fired_.Clear();
  facts_.clear();
  confirmed_.Clear();
  has_undecided_ = false;
  settled_.clear();
  asked_.clear();
  looked_at_.Clear();
  woken_.Clear();
  is_woken_ = false;
  matched_.clear();
  undecided_.clear();
  verdict_ = {};
  HS_RETURN_IF_ERROR(FirePredicates());
  HS_RETURN_IF_ERROR(FireKeywords());
  const std::size_t fact_count = facts_.size();
  if (!RecallVerdict()) {
    JudgeRules();
    LearnVerdict(fact_count);
  }
  return std::exchange(status_, absl::OkStatus());
}

// Whether it is known which rules hold under the same facts. Asks what was
// asked then.
bool Evaluator::RecallVerdict() {
  auto known = verdict_memo_.Find(MemoKey(), facts_);
  if (known.has_value() && !known->is_verdict()) {
    for (const std::uint32_t asked : known->list) {
      const ValueFact fact(asked);
      if (fact.is_field()) {
        const FieldId field{fact.field()};
        if (field == WaitingKeywordsId()) {
          FireWaitingKeywords();
        } else {
          FireWaiting(field);
        }
      } else {
        Holds(PredicateId{asked});
      }
    }
    known = verdict_memo_.Find(MemoKey(), facts_);
  }
  if (!known.has_value() || !known->is_verdict() || has_undecided_ ||
      needs_keywords_) {
    return false;
  }
  for (const std::uint32_t rule : known->list) matched_.push_back(RuleId{rule});
  verdict_ = known->id;
  return true;
}

// Remembers which rules hold, and what had to be asked beside the first
// `fact_count` facts.
void Evaluator::LearnVerdict(std::size_t fact_count) {
  if (has_undecided_ || needs_keywords_) return;
  const std::span<const std::uint32_t> facts = facts_;
  if (!asked_.empty()) {
    verdict_memo_.StoreAsked(MemoKey(), facts.first(fact_count), asked_);
  }
  verdict_ = verdict_memo_.StoreVerdict(MemoKey(), facts, matched_);
}

void Evaluator::JudgeRules() {
  WakeRules();
  bool is_open = false;
  const std::vector<RulePlan>& rules = engine_->plan().rules;
  for (std::uint32_t rule : woken_.members()) {
    const Verdict verdict = Judge(rules[rule].program);
    if (verdict == Verdict::kTrue) matched_.push_back(RuleId{rule});
    if (verdict != Verdict::kUndecided) continue;
    AddUndecided(RuleId{rule});
    is_open = true;
  }
  // What was asked of keywords along the way made no difference, or made one.
  needs_keywords_ = is_open && keywords_ == Keywords::kMaybe;
  std::sort(matched_.begin(), matched_.end());
  std::sort(
      undecided_.begin(), undecided_.end(),
      [](const Undecided& a, const Undecided& b) { return a.rule < b.rule; });
}

absl::Status Evaluator::FirePredicates() {
  lookups_.clear();
  const std::span<const EventValue> values = values_.all();
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    const FieldId field = values[i].field;
    if (Index(field) >= route_->fields.size()) continue;
    if (route_->fields[Index(field)] != FieldUse::kWakes) continue;
    if (!aliases_.empty() && aliased_.Contains(Index(field))) continue;
    LookUp(field, i);
  }
  for (const Alias& alias : aliases_) {
    if (route_->fields[Index(alias.field)] != FieldUse::kWakes) continue;
    for (std::uint32_t at = alias.value; at != kNoValue; at = values[at].next) {
      LookUp(alias.field, at);
    }
  }
  for (const Lookup& lookup : lookups_) HS_RETURN_IF_ERROR(FireFor(lookup));
  return absl::OkStatus();
}

// The cache is asked only when all of the event's places in it are being
// fetched from memory.
void Evaluator::LookUp(FieldId field, std::uint32_t position) {
  if (!engine_->is_matched(field)) return;
  // As it is in the event: what repeats need not be unescaped.
  Lookup& lookup = lookups_.emplace_back();
  lookup.field = field;
  lookup.position = position;
  const EventValue& value = values_.all()[position];
  lookup.is_long = value.text.size() > ValueCache::kShortTexts.max_text_bytes;
  ValueCache& cache = CacheFor(lookup);
  lookup.is_cached = cache.FindKey(field, value, lookup.key);
  if (lookup.is_cached) cache.Prefetch(lookup.key);
}

void Evaluator::ApplyAliases() {
  aliases_.clear();
  if (route_->aliases.empty()) return;
  aliased_.Clear();
  for (const FieldAlias& alias : route_->aliases) {
    if (route_->fields[Index(alias.field)] == FieldUse::kNone) continue;
    for (const FieldId member : alias.members) {
      const std::uint32_t value = values_.First(member);
      if (value == kNoValue) continue;
      if (member != alias.field) aliases_.push_back({alias.field, value});
      break;
    }
  }
  // Only now: a member may be an alias itself, and means the event's own.
  for (const Alias& alias : aliases_) {
    aliased_.Insert(Index(alias.field));
    values_.Redirect(alias.field, alias.value);
  }
}

void Evaluator::ListFields(std::vector<FieldId>& fields) const {
  fields.clear();
  const std::size_t count = engine_->rule_fields().size();
  for (std::uint32_t field = 0; field < count; ++field) {
    if (values_.First(FieldId{field}) != kNoValue) {
      fields.push_back(FieldId{field});
    }
  }
}

absl::Status Evaluator::FireFor(const Lookup& lookup) {
  if (lookup.is_cached) {
    if (const auto known = CacheFor(lookup).Find(lookup.key)) {
      Recall(*known, IsOnlyValue(lookup));
      return absl::OkStatus();
    }
  }
  HS_RETURN_IF_ERROR(engine_->field_matcher(lookup.field)
                         .Match(values_.At(lookup.position), match_,
                                &known_texts_[Index(lookup.field)]));
  Fire(match_.fired.members());
  if (lookup.is_cached) {
    CacheFor(lookup).Store(lookup.key, match_.fired.members());
  }
  match_.fired.Clear();
  return absl::OkStatus();
}

void Evaluator::Fire(std::span<const std::uint32_t> predicates) {
  for (std::uint32_t predicate : predicates) {
    if (fired_.Insert(predicate)) facts_.push_back(predicate);
  }
}

// What is known of one value of several says little of the field.
void Evaluator::Recall(std::span<const std::uint32_t> facts,
                       bool is_only_value) {
  for (const std::uint32_t bits : facts) {
    const ValueFact fact(bits);
    const std::uint32_t predicate = fact.predicate();
    const bool is_news = fact.has_fired() && fired_.Insert(predicate);
    if (is_only_value && fact.is_known() &&
        confirmed_.Insert(OnDemand(predicate))) {
      verdicts_[OnDemand(predicate)] =
          fact.verdict() ? Verdict::kTrue : Verdict::kFalse;
      facts_.push_back(bits);
    } else if (is_news) {
      facts_.push_back(predicate);
    }
  }
}

// Remembers a verdict where the value alone decides it.
void Evaluator::Learn(PredicateId predicate, Verdict verdict) {
  if (verdict == Verdict::kUndecided) return;
  if (!engine_->confirmer(predicate).is_of_value()) return;
  const FieldId field = engine_->FieldOf(predicate);
  for (const Lookup& lookup : lookups_) {
    if (lookup.field != field) continue;
    if (!lookup.is_cached || !IsOnlyValue(lookup)) return;
    CacheFor(lookup).Learn(
        lookup.key,
        ValueFact(Index(predicate), fired_.Contains(Index(predicate)),
                  verdict == Verdict::kTrue));
    return;
  }
}

void Evaluator::WakeRules() const {
  if (is_woken_) return;
  is_woken_ = true;
  const auto wake = [this](RuleId id) {
    const auto rule = static_cast<std::uint32_t>(id);
    if (IsWanted(rule)) woken_.Insert(rule);
  };
  for (const RuleId rule : route_->always) wake(rule);
  for (const std::uint32_t predicate : fired_.members()) {
    for (const RuleId rule : engine_->WokenBy(predicate)) wake(rule);
  }
}

// Looks at what may fire `predicate` and has waited so far; returns false if
// nothing has.
bool Evaluator::FireWaitingFor(PredicateId predicate) {
  const FieldId field = engine_->FieldOf(predicate);
  if (field != kUnnamedField) return FireWaiting(field);
  return engine_->Waits(predicate) && FireWaitingKeywords();
}

// Returns false unless `field` has waited so far.
bool Evaluator::FireWaiting(FieldId field) {
  if (!Waits(field)) return false;
  LookAt(field);
  const std::size_t begin = lookups_.size();
  for (std::uint32_t at = values_.First(field); at != kNoValue;
       at = values_.all()[at].next) {
    LookUp(field, at);
  }
  for (std::size_t i = begin; i < lookups_.size(); ++i) {
    status_.Update(FireFor(lookups_[i]));
  }
  return true;
}

// Notes that `field` is looked at; returns false if it was before.
bool Evaluator::LookAt(FieldId field) {
  if (!looked_at_.Insert(Index(field))) return false;
  const ValueFact looked_at = ValueFact::LookedAt(Index(field));
  facts_.push_back(looked_at.bits());
  asked_.push_back(looked_at.bits());
  return true;
}

std::span<const std::uint32_t> Evaluator::FireAll() {
  for (std::uint32_t i = 0; i < route_->fields.size(); ++i) {
    FireWaiting(FieldId{i});
  }
  FireWaitingKeywords();
  return fired_.members();
}

Verdict Evaluator::Settle(PredicateId predicate) {
  bool fired = fired_.Contains(Index(predicate));
  if (!fired && FireWaitingFor(predicate)) {
    fired = fired_.Contains(Index(predicate));
  }
  if (keywords_ == Keywords::kMaybe &&
      engine_->FieldOf(predicate) == kUnnamedField) {
    return HoldsInText(predicate, fired);
  }
  if (!IsOpen(predicate, fired)) {
    return fired ? Verdict::kTrue : Verdict::kFalse;
  }
  const std::uint32_t position = OnDemand(Index(predicate));
  if (confirmed_.Insert(position)) {
    const Verdict verdict =
        engine_->confirmer(predicate).Confirm(values_, confirm_);
    verdicts_[position] = verdict;
    has_undecided_ |= verdict == Verdict::kUndecided;
    facts_.push_back(
        ValueFact(Index(predicate), fired, verdict == Verdict::kTrue).bits());
    asked_.push_back(Index(predicate));
    Learn(predicate, verdict);
  }
  return verdicts_[position];
}

void Evaluator::AddUndecided(RuleId rule) {
  const Predicate& predicate =
      engine_->plan().predicates[Index(first_undecided_)];
  Undecided& undecided = undecided_.emplace_back();
  undecided.rule = rule;
  if (predicate.field != kUnnamedField) {
    undecided.field = engine_->plan().fields.names()[Index(predicate.field)];
  }
  if (predicate.op == Operator::kGlob) {
    undecided.reason = UndecidedReason::kWildcardLimit;
  } else if (predicate.op == Operator::kFieldRef) {
    undecided.reason = UndecidedReason::kFieldRefLimit;
  }
}

Verdict Evaluator::Judge(const Program& program) {
  int budget = kUndecidedBudget;
  return RunFrom(program, program.start, budget);
}

Verdict Evaluator::RunFrom(const Program& program, ProgramTarget at,
                           int& budget) {
  while (at < kReject) {
    const Test& test = program.tests[at];
    if (test.run > 1 && IsSilent(test)) {
      at = program.tests[at + test.run - 1].if_false;
      continue;
    }
    const Verdict verdict = Holds(test.predicate);
    if (verdict == Verdict::kUndecided) {
      if (budget == kUndecidedBudget) first_undecided_ = test.predicate;
      // The rule is decided all the same if both ways lead to one verdict.
      if (--budget < 0) return Verdict::kUndecided;
      const Verdict if_true = RunFrom(program, test.if_true, budget);
      const Verdict if_false = RunFrom(program, test.if_false, budget);
      return if_true == if_false ? if_true : Verdict::kUndecided;
    }
    at = verdict == Verdict::kTrue ? test.if_true : test.if_false;
  }
  return at == kAccept ? Verdict::kTrue : Verdict::kFalse;
}

}  // namespace hypersigma::internal
