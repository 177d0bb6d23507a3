#include "hypersigma/scanner.h"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/details.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/rule_selection.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"

namespace hypersigma {
namespace internal {
namespace {

constexpr std::string_view kFlat = "flat";
constexpr std::string_view kAnyLayout = "auto";

// Returns the paths of the layouts that a scanner knows.
absl::StatusOr<std::shared_ptr<const JsonPaths>> ChoosePaths(
    const EngineState& engine, const ScannerOptions& options) {
  const std::vector<EventLayout>& layouts = engine.taxonomy().data().layouts;
  const FieldTable& fields = engine.plan().fields;
  const bool is_off = options.routing == Routing::kOff;
  const std::string_view name = !options.layout.empty() ? options.layout
                                : is_off                ? kFlat
                                                        : kAnyLayout;
  if (name == kAnyLayout) return engine.json_paths();
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (layouts[i].name != name) continue;
    return std::make_shared<const JsonPaths>(fields, layouts, i);
  }
  if (name == kFlat) {
    return std::make_shared<const JsonPaths>(fields,
                                             std::span<const EventLayout>());
  }
  return absl::InvalidArgumentError(
      absl::StrCat("there is no layout '", options.layout, "'"));
}

// Where most events turn out to need all their values, they are read in full
// at once.
class ReadChoice {
 public:
  bool ReadsAll() {
    if (score_ < kMost) return false;
    // Once in a while it is tried again.
    if (++since_trial_ < kTrial) return true;
    since_trial_ = 0;
    return false;
  }

  void Learn(bool needed_all) {
    score_ = std::clamp(score_ + (needed_all ? 1 : -1), 0, kMost);
  }

 private:
  static constexpr int kMost = 64;
  static constexpr int kTrial = 16;

  int score_ = 0;
  int since_trial_ = 0;
};

}  // namespace
}  // namespace internal

struct Scanner::State {
  Engine engine;
  ScannerOptions options;
  internal::Evaluator evaluator;
  internal::MatchDetails details;
  internal::JsonReader reader;
  std::vector<FieldId> fields;
  internal::ReadChoice reads_all{};

  // What the evaluator found.
  ScanResult Result() {
    ScanResult result;
    result.matches = options.details
                         ? details.Describe(evaluator.matched(), evaluator)
                         : details.List(evaluator.matched());
    result.undecided = evaluator.undecided();
    result.log_sources = evaluator.route().log_sources;
    if (options.fields) {
      evaluator.ListFields(fields);
      result.fields = fields;
    }
    return result;
  }
};

Scanner::Scanner(std::unique_ptr<State> state) : state_(std::move(state)) {}
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;
Scanner::~Scanner() = default;

absl::StatusOr<Scanner> Scanner::Create(Engine engine,
                                        const ScannerOptions& options) {
  const internal::EngineState& state = engine.state();
  HS_ASSIGN_OR_RETURN(
      internal::Evaluator evaluator,
      internal::Evaluator::Create(state, {.routing = options.routing,
                                          .log_source = options.log_source}));
  HS_RETURN_IF_ERROR(
      internal::CheckMask(options.rules.get(), engine.rules().size()));
  evaluator.Select(options.rules);
  HS_ASSIGN_OR_RETURN(std::shared_ptr<const internal::JsonPaths> paths,
                      internal::ChoosePaths(state, options));
  internal::JsonReader reader(std::move(paths),
                              {.unnamed_values = state.plan().has_keywords});
  return Scanner(std::make_unique<State>(State{std::move(engine),
                                               options,
                                               std::move(evaluator),
                                               internal::MatchDetails(state),
                                               std::move(reader),
                                               {}}));
}

absl::Status Scanner::Select(std::shared_ptr<const RuleMask> rules) {
  HS_RETURN_IF_ERROR(
      internal::CheckMask(rules.get(), state_->engine.rules().size()));
  state_->evaluator.Select(std::move(rules));
  return absl::OkStatus();
}

absl::StatusOr<ScanResult> Scanner::Scan(Event event) {
  internal::Evaluator& evaluator = state_->evaluator;
  HS_RETURN_IF_ERROR(evaluator.Evaluate(event));
  return state_->Result();
}

absl::StatusOr<ScanResult> Scanner::ScanJson(std::string_view json,
                                             std::size_t readable_behind) {
  internal::Evaluator& evaluator = state_->evaluator;
  const bool reads_all = state_->reads_all.ReadsAll();
  HS_ASSIGN_OR_RETURN(internal::JsonEvent event,
                      reads_all
                          ? state_->reader.Read(json, readable_behind)
                          : state_->reader.ReadFields(json, readable_behind));
  evaluator.Prepare(event.values, event.is_raw);
  HS_ASSIGN_OR_RETURN(
      internal::Keywords keywords,
      evaluator.FindKeywords(state_->reader.text(), event.is_plain));
  ScanResult result;
  if (keywords != internal::Keywords::kAny) {
    HS_RETURN_IF_ERROR(evaluator.Run(keywords));
    result = state_->Result();
    if (evaluator.needs_keywords()) keywords = internal::Keywords::kAny;
  }
  const bool needs_all = keywords == internal::Keywords::kAny;
  if (!reads_all) state_->reads_all.Learn(needs_all);
  if (needs_all) {
    if (event.is_raw) {
      HS_ASSIGN_OR_RETURN(event, state_->reader.Read(json, readable_behind));
      evaluator.Prepare(event.values, event.is_raw);
    }
    HS_RETURN_IF_ERROR(evaluator.Run(keywords));
    result = state_->Result();
  }
  result.repaired = event.repaired;
  result.time = event.time;
  result.computer = event.computer;
  state_->details.SetOrigin(event.time, event.computer);
  const std::vector<internal::EventLayout>& layouts =
      state_->engine.state().taxonomy().data().layouts;
  result.layout =
      event.layout.has_value() ? layouts[*event.layout].name : internal::kFlat;
  return result;
}

internal::Evaluator& Scanner::evaluator() { return state_->evaluator; }

std::string_view UndecidedReasonText(UndecidedReason reason) {
  switch (reason) {
    case UndecidedReason::kRegexLimit:
      return "a regular expression reached its limit";
    case UndecidedReason::kWildcardLimit:
      return "a pattern with wildcards reached its limit";
    case UndecidedReason::kFieldRefLimit:
      return "two fields have too much text to be compared";
  }
  return "";
}

std::string_view IndicatorKindName(IndicatorKind kind) {
  switch (kind) {
    case IndicatorKind::kMatch:
      return "match";
    case IndicatorKind::kStartsWith:
      return "starts_with";
    case IndicatorKind::kEndsWith:
      return "ends_with";
    case IndicatorKind::kEq:
      return "eq";
    case IndicatorKind::kWildcard:
      return "wildcard";
    case IndicatorKind::kRegex:
      return "regex";
    case IndicatorKind::kCidr:
      return "cidr";
    case IndicatorKind::kLt:
      return "lt";
    case IndicatorKind::kLte:
      return "lte";
    case IndicatorKind::kGt:
      return "gt";
    case IndicatorKind::kGte:
      return "gte";
    case IndicatorKind::kExists:
      return "exists";
    case IndicatorKind::kNull:
      return "null";
    case IndicatorKind::kKeyword:
      return "keyword";
    case IndicatorKind::kFieldRef:
      return "fieldref";
    case IndicatorKind::kMinute:
      return "minute";
    case IndicatorKind::kHour:
      return "hour";
    case IndicatorKind::kDay:
      return "day";
    case IndicatorKind::kWeek:
      return "week";
    case IndicatorKind::kMonth:
      return "month";
    case IndicatorKind::kYear:
      return "year";
  }
  return "";
}

}  // namespace hypersigma
