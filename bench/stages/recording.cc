#include "bench/stages/recording.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "bench/support/or_die.h"
#include "lib/base/bitset.h"
#include "lib/engine/confirm.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/route_finder.h"

namespace hypersigma::bench {
namespace {

using internal::EngineState;
using internal::EventValue;
using internal::EventValues;
using internal::FieldMatcher;
using internal::Index;
using internal::KeywordHalf;
using internal::kNoValue;
using internal::LiteralDatabase;
using internal::PathId;
using internal::PredicateId;
using internal::Route;
using internal::Verdict;

// Lists the members of objects in which fields may be.
void ListMembers(simdjson::ondemand::object object, PathId path,
                 Recording& recording) {
  for (auto member : object) {
    simdjson::ondemand::field field;
    if (std::move(member).get(field)) Die("an event is malformed");
    const char* const name = field.key().raw();
    const char* end = name;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    const std::string_view text(name, static_cast<std::size_t>(end - name));
    const std::string_view kept =
        recording.member_texts.Add(std::string(text).append("\":"));
    recording.members.Add({path, kept.substr(0, text.size())});
    const PathId found = recording.paths.Member(path, text);
    simdjson::ondemand::object inner;
    if (found == internal::kNoPath || found == internal::kNoNamedPath ||
        !recording.paths[found].has_members ||
        field.value().get_object().get(inner)) {
      continue;
    }
    ListMembers(inner, found, recording);
  }
}

// One event after the other.
class Recorder {
 public:
  Recorder(const EngineState& engine, Recording& recording)
      : engine_(engine),
        recording_(recording),
        routes_(engine.router(), Routing::kAuto, std::nullopt),
        values_(engine.plan().fields.size()),
        confirm_{OrDie(internal::RegexScratch::Create()), {}, {}},
        fired_(engine.plan().predicates.size()),
        woken_(engine.plan().rules.size()),
        verdicts_(engine.plan().predicates.size()) {
    match_.fired = internal::SparseBitset(engine.plan().predicates.size());
    match_.literals = OrDie(engine.NewLiteralScratch());
    for (const internal::RoutingMember& member :
         engine.router().classifier().Members()) {
      routing_fields_.push_back(member.field);
    }
  }

  void Record(std::string_view line, Event event) {
    RecordMembers(line);
    values_.Assign(event);
    route_ = &routes_.Find(values_);
    RecordRoutingPairs(event);
    fired_.Clear();
    RecordPrefilters();
    RecordScans();
    FireKeywords();
    WakeRules();
    RunPrograms();
    RecordHeld();
  }

 private:
  void RecordMembers(std::string_view line) {
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser_.iterate(line, line.size() + simdjson::SIMDJSON_PADDING)
            .get(document) ||
        document.get_object().get(object)) {
      Die("an event is malformed");
    }
    ListMembers(object, internal::kRootPath, recording_);
    recording_.members.EndEvent();
  }

  void RecordRoutingPairs(Event event) {
    for (FieldValue pair : event) {
      if (std::count(routing_fields_.begin(), routing_fields_.end(),
                     pair.field) == 0) {
        continue;
      }
      pair.value.text = recording_.routing_texts.Add(pair.value.text);
      recording_.routing_pairs.Add(pair);
    }
    recording_.routing_pairs.EndEvent();
  }

  // As Evaluator::FindKeywords() chooses them.
  void RecordPrefilters() {
    const auto all = engine_.keyword_prefilters(KeywordHalf::kWakes);
    const std::vector<std::uint32_t>& groups = route_->keyword_groups;
    const bool is_grouped =
        all.size() > 1 && groups.size() <= internal::kMaxKeywordGroupsOfEvent;
    if (!engine_.keyword_matcher().is_empty() && !groups.empty()) {
      if (!is_grouped) recording_.prefilters.Add(&all.front());
      for (const std::uint32_t group : groups) {
        if (is_grouped) recording_.prefilters.Add(&all[1 + group]);
      }
    }
    recording_.prefilters.EndEvent();
  }

  // The values that the route needs, those of aliases under the field's name.
  void RecordScans() {
    std::vector<std::pair<FieldId, std::uint32_t>> aliases;
    for (const internal::FieldAlias& alias : route_->aliases) {
      if (route_->fields[Index(alias.field)] == internal::FieldUse::kNone)
        continue;
      for (const FieldId member : alias.members) {
        const std::uint32_t first = values_.First(member);
        if (first == kNoValue) continue;
        aliases.emplace_back(alias.field, first);
        break;
      }
    }
    for (const auto& [field, first] : aliases) values_.Redirect(field, first);
    for (std::size_t i = 0; i < engine_.rule_fields().size(); ++i) {
      const FieldId field{static_cast<std::uint32_t>(i)};
      if (route_->fields[i] == internal::FieldUse::kNone) continue;
      for (std::uint32_t at = values_.First(field); at != kNoValue;
           at = values_.all()[at].next) {
        RecordScan(engine_.field_matcher(field), values_.At(at));
      }
    }
    recording_.scans.EndEvent();
  }

  void RecordScan(const FieldMatcher& matcher, const EventValue& value) {
    const LiteralDatabase* database = matcher.database();
    if (database != nullptr && value.has_text()) {
      recording_.scans.Add({database, recording_.scan_texts.Add(value.text)});
    }
    OrDie(matcher.Match(value, match_));
    TakeFired();
  }

  void FireKeywords() {
    const auto of_groups = engine_.keyword_groups();
    const std::vector<std::uint32_t>& groups = route_->keyword_groups;
    if (groups.empty() || engine_.keyword_matcher().is_empty()) return;
    match_.joined.Assign(values_.all());
    if (of_groups.empty() ||
        groups.size() > internal::kMaxKeywordGroupsOfEvent) {
      OrDie(engine_.keyword_matcher().MatchAll(values_.all(), match_));
    } else {
      for (const std::uint32_t group : groups) {
        OrDie(of_groups[group].MatchAll(values_.all(), match_));
      }
    }
    TakeFired();
  }

  void TakeFired() {
    for (const std::uint32_t predicate : match_.fired.members()) {
      fired_.Insert(predicate);
    }
    match_.fired.Clear();
  }

  void WakeRules() {
    woken_.Clear();
    const auto wake = [this](RuleId rule) {
      if (!route_->rules.Contains(rule)) return;
      if (woken_.Insert(static_cast<std::uint32_t>(rule))) {
        recording_.woken.Add(rule);
      }
    };
    for (const RuleId rule : route_->always) wake(rule);
    for (const std::uint32_t predicate : fired_.members()) {
      for (const RuleId rule : engine_.WokenBy(predicate)) wake(rule);
    }
    recording_.woken.EndEvent();
  }

  void RunPrograms() {
    for (const std::uint32_t rule : woken_.members()) {
      const internal::Program& program = engine_.plan().rules[rule].program;
      internal::ProgramTarget at = program.start;
      while (at < internal::kReject) {
        const internal::Test& test = program.tests[at];
        at = Holds(test.predicate) ? test.if_true : test.if_false;
      }
      if (at == internal::kAccept) ++recording_.match_count;
    }
    recording_.confirmations.EndEvent();
    const std::size_t event = recording_.confirmations.event_count() - 1;
    if (!recording_.confirmations[event].empty()) {
      recording_.values.push_back(values_);
    }
  }

  // What a limit leaves open counts as false.
  bool Holds(PredicateId id) {
    const bool fired = fired_.Contains(Index(id));
    if (Index(id) < engine_.plan().decided_count) return fired;
    if (!fired && engine_.plan().predicates[Index(id)].has_trigger) {
      return false;
    }
    std::optional<Verdict>& verdict = verdicts_[Index(id)];
    if (!verdict.has_value()) {
      recording_.confirmations.Add({id, recording_.values.size()});
      confirmed_.push_back(id);
      verdict = engine_.confirmer(id).Confirm(values_, confirm_);
    }
    return verdict == Verdict::kTrue;
  }

  void RecordHeld() {
    for (const std::uint32_t predicate : fired_.members()) {
      if (predicate < engine_.plan().decided_count) {
        recording_.held.Add(PredicateId{predicate});
      }
    }
    for (const PredicateId id : confirmed_) {
      if (verdicts_[Index(id)] == Verdict::kTrue) recording_.held.Add(id);
      verdicts_[Index(id)].reset();
    }
    confirmed_.clear();
    recording_.held.EndEvent();
  }

  const EngineState& engine_;
  Recording& recording_;
  simdjson::ondemand::parser parser_;
  internal::RouteFinder routes_;
  const Route* route_ = nullptr;
  std::vector<FieldId> routing_fields_;
  EventValues values_;
  internal::MatchScratch match_;
  internal::ConfirmScratch confirm_;
  internal::SparseBitset fired_;
  internal::SparseBitset woken_;
  std::vector<std::optional<Verdict>> verdicts_;  // by PredicateId
  std::vector<PredicateId> confirmed_;            // of the event at hand
};

}  // namespace

std::unique_ptr<const Recording> Record(const Engine& engine,
                                        const Events& events) {
  auto recording = std::make_unique<Recording>(
      Recording{.paths = internal::FieldPaths(engine.state().plan().fields),
                .parsed = ParsedEvents(engine, events)});
  Recorder recorder(engine.state(), *recording);
  for (std::size_t i = 0; i < events.lines().size(); ++i) {
    recorder.Record(events.lines()[i], recording->parsed.all()[i]);
  }
  return recording;
}

}  // namespace hypersigma::bench
