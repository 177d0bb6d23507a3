// Decides rules for one event: fires predicates, wakes rules, runs programs.

#ifndef HYPERSIGMA_LIB_ENGINE_EVALUATOR_H_
#define HYPERSIGMA_LIB_ENGINE_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/base/bitset.h"
#include "lib/engine/confirm.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/keyword_prefilter.h"
#include "lib/engine/known_text.h"
#include "lib/engine/route_finder.h"
#include "lib/engine/value_cache.h"
#include "lib/engine/verdict_memo.h"
#include "lib/engine/waiting_keywords.h"
#include "lib/input/json_occurrence.h"

namespace hypersigma::internal {

struct EvaluatorOptions {
  Routing routing = Routing::kOff;
  // Of all events, whatever they say.
  std::optional<LogSource> log_source{};
  // Memory for values that repeat; half as much again for long ones.
  std::size_t value_cache_bytes = ValueCache::kDefaultBytes;
};

// What is known of the keywords in an event.
enum class Keywords : std::uint8_t {
  kNone,   // there is none, of those that the route asks for
  kMaybe,  // none but those that Evaluator::FindKeywords() found, or that wait
  kAny,    // they have to be sought in the values
};

// All working memory of one scanner but that of input and explanations.
// Borrows the engine; not thread safe; allocates only to grow.
class Evaluator {
 public:
  static absl::StatusOr<Evaluator> Create(const EngineState& engine,
                                          const EvaluatorOptions& options = {});

  // Rules that may match from now on; null: all. REQUIRES: a mask of the
  // engine's rules.
  void Select(std::shared_ptr<const RuleMask> rules) {
    selected_ = std::move(rules);
    verdict_memo_.Clear();
  }

  // Evaluates the rules that the event's route admits, and that are selected,
  // on `event`, whose texts must outlive the next calls of Holds(). Errors:
  // kInternal from libhs.
  absl::Status Evaluate(Event event);

  // The same in steps, between which the route is known. With `is_raw` strings
  // are as JsonReader::ReadFields() gives them; Keywords::kAny needs all
  // members, and none of them raw. Otherwise confirming predicates about any
  // value sees the named fields alone.
  void Prepare(Event event, bool is_raw, Members members = Members::kAll);

  // Looks for the keywords that the route asks for in `json`, the prepared
  // event, which is looked at until the next call of Prepare(). REQUIRES:
  // JsonEvent::is_plain, or `is_plain` is false. Errors: kInternal from libhs.
  absl::StatusOr<Keywords> FindKeywords(const JsonTokenText& json,
                                        bool is_plain);
  absl::Status Run(Keywords keywords);

  // Whether the last run, or a call of Holds() since, has asked for what only
  // Keywords::kAny can tell. The run then says nothing.
  bool needs_keywords() const { return needs_keywords_; }

  // Rules that hold for the last event, in RuleId order.
  std::span<const RuleId> matched() const { return matched_; }
  // The verdict on the last event among those that are remembered. Events with
  // one serial number are alike to all that was asked of them so far; 0: this
  // one may be like no other.
  const VerdictMemo::Id& verdict() const { return verdict_; }
  // How often the last event was asked for more than what fires at first.
  std::size_t asked_count() const { return asked_.size(); }
  // What the last event was taken for.
  const Route& route() const { return *route_; }
  // Rules that a limit leaves open, in RuleId order.
  std::span<const Undecided> undecided() const { return undecided_; }

  // Fires what no rule has asked for yet, and returns all that the last event
  // fires, as PredicateIds, each once, in no order.
  std::span<const std::uint32_t> FireAll();

  // The rules that were judged for the last event, as RuleIds, or would have
  // been if the same had not fired for an event before; each once, in no order.
  std::span<const std::uint32_t> judged() const {
    WakeRules();
    return woken_.members();
  }

  // Lists the fields of rules that the last event has, each once.
  void ListFields(std::vector<FieldId>& fields) const;

  // The last event's verdict on one predicate; confirmed at most once.
  Verdict Holds(PredicateId predicate) {
    const bool has_fired = fired_.Contains(Index(predicate));
    if (IsOpen(predicate, has_fired)) return Settle(predicate);
    return has_fired ? Verdict::kTrue : Verdict::kFalse;
  }

 private:
  Evaluator(const EngineState& engine, const EvaluatorOptions& options,
            ConfirmScratch confirm);

  // Gives fields the values of the members that hold them in this event.
  void ApplyAliases();
  absl::Status FirePredicates();
  // The value at `position`, as one of `field`, and its place in the cache.
  struct Lookup {
    FieldId field = kUnnamedField;
    std::uint32_t position = kNoValue;
    bool is_cached = false;
    bool is_long = false;
    ValueCache::Key key;
  };
  void LookUp(FieldId field, std::uint32_t position);
  ValueCache& CacheFor(const Lookup& lookup) {
    return lookup.is_long ? long_texts_ : short_texts_;
  }
  bool IsOnlyValue(const Lookup& lookup) const {
    return values_.First(lookup.field) == lookup.position &&
           values_.all()[lookup.position].next == kNoValue;
  }
  absl::Status FireFor(const Lookup& lookup);
  bool FireWaitingFor(PredicateId predicate);
  // Whether `field` was not looked at so far, as no rule asked for it.
  bool Waits(FieldId field) const {
    return Index(field) < route_->fields.size() &&
           route_->fields[Index(field)] == FieldUse::kWaits &&
           !looked_at_.Contains(Index(field));
  }
  bool FireWaiting(FieldId field);
  bool FireWaitingKeywords();
  bool LookAt(FieldId field);
  absl::Status FireKeywords();
  absl::Status FireKeywordsOfValues();
  bool MayHaveKeywords(Event event);
  // Calls `use` with each prefilter that the route needs.
  template <typename Use>
  void ForEachPrefilter(KeywordHalf half, const Use& use) const;
  // What keywords are called where it is noted that they were looked at.
  FieldId WaitingKeywordsId() const {
    return FieldId{static_cast<std::uint32_t>(engine_->plan().fields.size())};
  }
  void Fire(std::span<const std::uint32_t> predicates);
  void Recall(std::span<const std::uint32_t> facts, bool is_only_value);
  void Learn(PredicateId predicate, Verdict verdict);
  bool RecallVerdict();
  void LearnVerdict(std::size_t fact_count);
  // Events that are asked for keywords in other ways have other verdicts.
  std::uint64_t MemoKey() const {
    return route_->serial << 1 | (keywords_ == Keywords::kMaybe ? 1 : 0);
  }
  // Whether more than what has fired so far tells the verdict, or may.
  bool IsOpen(PredicateId predicate, bool has_fired) const {
    const FieldId field = engine_->FieldOf(predicate);
    if (field == kUnnamedField) {
      if (keywords_ == Keywords::kMaybe) return true;
    } else if (!has_fired && Waits(field)) {
      return true;
    }
    return has_fired ? Index(predicate) >= engine_->plan().decided_count
                     : !engine_->MustFire(predicate);
  }
  // Whether all predicates of the run that begins with `test` are false, as
  // nothing of it has fired, nor may yet.
  bool IsSilent(const Test& test) const {
    return !fired_.ContainsAny(Index(test.predicate), test.run) &&
           !Waits(engine_->FieldOf(test.predicate));
  }
  Verdict Settle(PredicateId predicate);
  Verdict HoldsInText(PredicateId keyword, bool has_fired);
  Verdict SettleKeyword(PredicateId keyword);
  void JudgeRules();
  void WakeRules() const;
  // The position of the verdict on a predicate that is decided on demand.
  std::uint32_t OnDemand(std::uint32_t predicate) const {
    return predicate - engine_->plan().decided_count;
  }
  bool IsWanted(std::uint32_t rule) const {
    return route_->rules.Contains(RuleId{rule}) &&
           (selected_ == nullptr || selected_->Contains(RuleId{rule}));
  }
  Verdict Judge(const Program& program);
  void AddUndecided(RuleId rule);
  Verdict RunFrom(const Program& program, ProgramTarget at, int& budget);

  const EngineState* engine_;
  EventValues values_;
  RouteFinder routes_;
  const Route* route_ = nullptr;
  std::shared_ptr<const RuleMask> selected_;
  // Fields of the event at hand whose values are another member's, and where
  // those begin.
  struct Alias {
    FieldId field;
    std::uint32_t value;
  };
  std::vector<Alias> aliases_;
  SparseBitset aliased_;  // their FieldIds
  // FieldIds of those that waited and no longer do, and WaitingKeywordsId().
  SparseBitset looked_at_;
  absl::Status status_;  // of looking at them; told by the run at hand or next
  ValueCache short_texts_;
  ValueCache long_texts_;
  std::vector<KnownText> known_texts_;  // by FieldId
  std::vector<Lookup> lookups_;
  MatchScratch match_;  // what the value at hand fires
  SparseBitset fired_;  // what the event fired; members are PredicateIds
  // The same, the verdicts that are known of values or were confirmed, and the
  // fields that were looked at, as ValueFacts.
  std::vector<std::uint32_t> facts_;
  ConfirmScratch confirm_;
  Keywords keywords_ = Keywords::kNone;
  // With kMaybe: the text, what was found in it, and what is known of that.
  JsonTokenText json_;
  FoundKeywords found_keywords_;
  struct SettledKeyword {
    PredicateId predicate;
    bool holds;
  };
  std::vector<SettledKeyword> settled_;
  bool needs_keywords_ = false;
  bool has_undecided_ = false;  // any verdict of this event
  // What was asked of the event beside what fired at first, in order: fields
  // that were looked at, as ValueFacts, and PredicateIds that were confirmed.
  std::vector<std::uint32_t> asked_;
  VerdictMemo verdict_memo_;
  VerdictMemo::Id verdict_;
  // Members are RuleIds. Found when they are needed.
  mutable SparseBitset woken_;
  mutable bool is_woken_ = false;
  // Verdicts on demand, by OnDemand().
  SparseBitset confirmed_;
  std::vector<Verdict> verdicts_;
  std::vector<RuleId> matched_;
  std::vector<Undecided> undecided_;
  // The first that the run at hand found undecided.
  PredicateId first_undecided_{};
};

template <typename Use>
void Evaluator::ForEachPrefilter(KeywordHalf half, const Use& use) const {
  const std::span<const KeywordPrefilter> all =
      engine_->keyword_prefilters(half);
  const std::vector<std::uint32_t>& groups = route_->keyword_groups;
  if (all.size() == 1 || groups.size() > kMaxKeywordGroupsOfEvent) {
    use(all.front());
  } else {
    for (const std::uint32_t group : groups) use(all[1 + group]);
  }
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_EVALUATOR_H_
