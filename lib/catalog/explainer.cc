#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hypersigma/explanation.h"
#include "lib/base/status_macros.h"
#include "lib/catalog/explain_fields.h"
#include "lib/catalog/explain_members.h"
#include "lib/catalog/explain_parts.h"
#include "lib/catalog/explain_predicates.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_finder.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"

namespace hypersigma {
namespace {

using internal::EngineState;
using internal::EventLayout;
using internal::EventValues;
using internal::FieldList;
using internal::JsonReader;
using internal::PredicateJudge;
using internal::Route;
using internal::RouteFinder;

absl::Status CheckRules(std::span<const RuleId> rules, const Engine& engine) {
  for (const RuleId rule : rules) {
    const auto position = static_cast<std::size_t>(rule);
    if (position < engine.rules().size()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("there is no rule ", position, " in an engine of ",
                     engine.rules().size()));
  }
  return absl::OkStatus();
}

// What the scanner found, in RuleId order.
std::vector<RuleId> RulesOf(const ScanResult& result) {
  std::vector<RuleId> rules;
  for (const Match& match : result.matches) rules.push_back(match.rule);
  for (const Undecided& open : result.undecided) rules.push_back(open.rule);
  std::sort(rules.begin(), rules.end());
  return rules;
}

}  // namespace

struct Explainer::State {
  State(Engine from, const ScannerOptions& options, Scanner scans,
        PredicateJudge judges)
      : engine(std::move(from)),
        scanner(std::move(scans)),
        values(engine.state().plan().fields.size()),
        routes(engine.state().router(), options.routing, options.log_source),
        judge(std::move(judges)) {}

  // As the scanner read it: by one layout, which it found.
  struct LayoutReader {
    std::string layout;
    JsonReader reader;
  };
  JsonReader& ReaderOf(std::string_view layout);
  const EventLayout* FindLayout(std::string_view name) const;
  absl::StatusOr<EventExplanation> ExplainValues(Event event,
                                                 std::span<const RuleId> rules,
                                                 const ScanResult& result,
                                                 std::string_view json);

  Engine engine;
  Scanner scanner;
  std::vector<LayoutReader> readers;
  EventValues values;
  RouteFinder routes;
  PredicateJudge judge;
};

const EventLayout* Explainer::State::FindLayout(std::string_view name) const {
  for (const EventLayout& layout : engine.state().taxonomy().data().layouts) {
    if (layout.name == name) return &layout;
  }
  return nullptr;
}

JsonReader& Explainer::State::ReaderOf(std::string_view layout) {
  for (LayoutReader& known : readers) {
    if (known.layout == layout) return known.reader;
  }
  const internal::Plan& plan = engine.state().plan();
  const EventLayout* const found = FindLayout(layout);
  const std::span<const EventLayout> layouts(found, found == nullptr ? 0 : 1);
  const auto forced =
      found == nullptr ? std::nullopt : std::optional<std::size_t>(0);
  JsonReader reader(
      std::make_shared<const internal::JsonPaths>(plan.fields, layouts, forced),
      {.unnamed_values = plan.has_keywords});
  return readers
      .emplace_back(LayoutReader{std::string(layout), std::move(reader)})
      .reader;
}

absl::StatusOr<EventExplanation> Explainer::State::ExplainValues(
    Event event, std::span<const RuleId> rules, const ScanResult& result,
    std::string_view json) {
  const internal::Plan& plan = engine.state().plan();
  values.Assign(event);
  const Route& route = routes.Find(values);
  FieldList::Aliases aliases;
  std::vector<std::pair<FieldId, std::uint32_t>> redirected;
  for (const internal::FieldAlias& alias : route.aliases) {
    for (const FieldId member : alias.members) {
      const std::uint32_t first = values.First(member);
      if (first == internal::kNoValue) continue;
      if (member != alias.field) {
        aliases[alias.field] = member;
        redirected.emplace_back(alias.field, first);
      }
      break;
    }
  }
  // Only now: a member may be an alias itself, and means the event's own.
  for (const auto& [field, first] : redirected) values.Redirect(field, first);
  judge.Begin(values);
  FieldList fields(plan.fields, values, aliases);
  EventExplanation explanation;
  explanation.log_sources = {result.log_sources.begin(),
                             result.log_sources.end()};
  explanation.layout = result.layout;
  explanation.repaired = result.repaired;
  explanation.time = result.time;
  explanation.computer = result.computer;
  for (const RuleId rule : rules) {
    explanation.rules.push_back(ExplainRule(plan, rule, judge, fields));
    explanation.rules.back().is_admitted = route.rules.Contains(rule);
    HS_RETURN_IF_ERROR(judge.status());
  }
  explanation.fields = std::move(fields).Take();
  if (!json.empty()) {
    NameMembers(json, FindLayout(explanation.layout), explanation.fields);
  }
  return explanation;
}

Explainer::Explainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Explainer::Explainer(Explainer&&) noexcept = default;
Explainer& Explainer::operator=(Explainer&&) noexcept = default;
Explainer::~Explainer() = default;

absl::StatusOr<Explainer> Explainer::Create(Engine engine,
                                            const ScannerOptions& options) {
  ScannerOptions scanned = options;
  scanned.details = false;
  HS_ASSIGN_OR_RETURN(Scanner scanner, Scanner::Create(engine, scanned));
  HS_ASSIGN_OR_RETURN(PredicateJudge judge,
                      PredicateJudge::Create(engine.state()));
  return Explainer(std::make_unique<State>(
      std::move(engine), options, std::move(scanner), std::move(judge)));
}

absl::StatusOr<EventExplanation> Explainer::ExplainJson(std::string_view json) {
  HS_ASSIGN_OR_RETURN(const ScanResult result, state_->scanner.ScanJson(json));
  return ExplainJson(json, RulesOf(result));
}

absl::StatusOr<EventExplanation> Explainer::ExplainJson(
    std::string_view json, std::span<const RuleId> rules) {
  HS_RETURN_IF_ERROR(CheckRules(rules, state_->engine));
  HS_ASSIGN_OR_RETURN(const ScanResult result, state_->scanner.ScanJson(json));
  HS_ASSIGN_OR_RETURN(const internal::JsonEvent event,
                      state_->ReaderOf(result.layout).Read(json));
  return state_->ExplainValues(event.values, rules, result, json);
}

absl::StatusOr<EventExplanation> Explainer::Explain(Event event) {
  HS_ASSIGN_OR_RETURN(const ScanResult result, state_->scanner.Scan(event));
  return Explain(event, RulesOf(result));
}

absl::StatusOr<EventExplanation> Explainer::Explain(
    Event event, std::span<const RuleId> rules) {
  HS_RETURN_IF_ERROR(CheckRules(rules, state_->engine));
  HS_ASSIGN_OR_RETURN(const ScanResult result, state_->scanner.Scan(event));
  return state_->ExplainValues(event, rules, result, {});
}

std::string_view ChangesStatusName(ChangesStatus status) {
  switch (status) {
    case ChangesStatus::kNone:
      return "none";
    case ChangesStatus::kSmallest:
      return "smallest";
    case ChangesStatus::kSufficient:
      return "sufficient";
    case ChangesStatus::kNotDecided:
      return "not_decided";
    case ChangesStatus::kImpossible:
      return "impossible";
  }
  return {};
}

}  // namespace hypersigma
