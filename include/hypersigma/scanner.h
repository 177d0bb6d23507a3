// Tells which rules of an Engine match an event.
//
// Third step of the data's way: RuleSet -> Engine -> Scanner. Files and streams
// are left to file_scanner.h.

#ifndef HYPERSIGMA_SCANNER_H_
#define HYPERSIGMA_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/base/attributes.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {

namespace internal {
class Evaluator;
}  // namespace internal

// How an indicator looks for its value. Source: design document "catalog".
enum class IndicatorKind : std::uint8_t {
  kMatch,  // contains
  kStartsWith,
  kEndsWith,
  kEq,
  kWildcard,
  kRegex,
  kCidr,
  kLt,
  kLte,
  kGt,
  kGte,
  kExists,
  kNull,
  kKeyword,
  kFieldRef,
  // Parts of a time, perhaps under lt, lte, gt or gte.
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kYear,
};

// Returns "match", "starts_with", "ends_with", "eq", "wildcard", ...
HYPERSIGMA_EXPORT std::string_view IndicatorKindName(IndicatorKind kind);

// One value of a rule that the event has. Borrows from the engine.
struct Indicator {
  // Empty for a keyword.
  std::string_view field;
  IndicatorKind kind = IndicatorKind::kEq;
  // As the rule writes it.
  std::string_view value;
};

// Which rules an event is tested against. Source: design document "semantics",
// 1.8.
enum class Routing : std::uint8_t {
  // Those that the event's log sources admit; all when it has none that the
  // taxonomy knows, so that nothing is lost.
  kAuto,
  // Those that the event's log sources admit; none when it has none.
  kStrict,
  // All, on events as they are: fields have just the names that rules give
  // them, and layouts are not recognised.
  kOff,
};

// A rule that holds for an event. Borrows from engine and scanner.
struct Match {
  RuleId rule{};
  // Selections that the rule's condition names and that are true, in the order
  // in which the rule writes them. Those of filters are left out: they say why
  // a hit was let through, not what was found.
  std::span<const std::string_view> selections;
  // What hit, in the order in which the true selections write it.
  std::span<const Indicator> indicators;
  // When the event happened, as it says itself, where its layout names a member
  // for that; else empty. JSON only.
  std::string_view time{};
  // On which computer it happened; the same holds for it.
  std::string_view computer{};
};

// A limit that keeps one value of an event from holding up all others. Source:
// design document "semantics", 5.5; docs/limits.md.
enum class UndecidedReason : std::uint8_t {
  kRegexLimit,
  kWildcardLimit,
  kFieldRefLimit,
};

// Returns e.g. "a regular expression reached its limit".
HYPERSIGMA_EXPORT std::string_view UndecidedReasonText(UndecidedReason reason);

// A rule that neither holds nor fails for an event. Borrows from the engine.
struct Undecided {
  RuleId rule{};
  // The first of its questions that was left open: the field, empty for
  // keywords, and why.
  std::string_view field;
  UndecidedReason reason = UndecidedReason::kRegexLimit;
};

// The verdict on one event.
struct ScanResult {
  // Each rule once, in RuleId order.
  std::span<const Match> matches;
  // Neither matches nor not, in RuleId order; none of them is in `matches`.
  std::span<const Undecided> undecided;
  // JSON only: invalid UTF-8, raw control bytes or lone surrogates were read as
  // characters that equal nothing.
  bool repaired = false;
  // The log sources that the event belongs to, or the one that was stated;
  // empty when it is unclassified, and with Routing::kOff.
  std::span<const LogSource> log_sources;
  // JSON only: the event's layout, and its time and computer as in Match.
  std::string_view layout;
  std::string_view time;
  std::string_view computer;
  // With ScannerOptions::fields: the fields of rules that the event has, under
  // the names that rules give them, each once.
  std::span<const FieldId> fields;
};

struct ScannerOptions {
  // Speed: fill Match::selections and Match::indicators.
  bool details = true;
  // Speed: fill ScanResult::fields.
  bool fields = false;
  // Behaviour: which rules an event is tested against.
  Routing routing = Routing::kAuto;
  // Behaviour: the log source of all events, perhaps in part: rules that set
  // another value for one of its attributes are left out. It comes before what
  // events say; not with Routing::kOff.
  std::optional<LogSource> log_source{};
  // Behaviour: the layout of all JSON events, by name; "auto" recognises each
  // event's. Empty is "auto", and "flat" with Routing::kOff.
  std::string layout{};
  // Behaviour: the only rules that may match; null: all. A mask of the engine.
  std::shared_ptr<const RuleMask> rules{};
};

// Evaluates one event after the other. Holds all scratch memory, so that a
// scan allocates nothing once its buffers have grown to the largest event.
//
// Thread safety: none; one scanner a thread. Keeps its Engine alive.
class HYPERSIGMA_EXPORT Scanner {
 public:
  // Errors: kResourceExhausted when scratch memory cannot be had;
  // kInvalidArgument for a layout that the taxonomy does not have, or a mask of
  // another size.
  static absl::StatusOr<Scanner> Create(Engine engine,
                                        const ScannerOptions& options = {});

  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) noexcept;
  ~Scanner();

  // The only rules that may match from now on; null: all. Nothing is compiled:
  // tenants may share an engine. Errors: kInvalidArgument for a mask of another
  // size. Cost: constant.
  absl::Status Select(std::shared_ptr<const RuleMask> rules);

  // Returns what holds for `event`. The result is owned by the scanner and
  // valid until its next call. Errors: kInternal when the pattern library
  // fails; never "no match" when it could not look. Cost: one library pass a
  // present field. Source: Sigma rules specification, "Condition".
  absl::StatusOr<ScanResult> Scan(Event event) ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The same for one JSON object. Invalid UTF-8 is repaired, not refused.
  // Saves a copy when `readable_behind`, the number of bytes behind `json` that
  // may be read whatever they are, is kJsonPadding or more: for a line of a
  // larger buffer, what remains of the buffer.
  // Errors: kInvalidArgument, with the byte offset, when `json` is not exactly
  // one JSON object; kResourceExhausted past a limit.
  absl::StatusOr<ScanResult> ScanJson(std::string_view json,
                                      std::size_t readable_behind = 0)
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // For Profiler; not part of the contract.
  internal::Evaluator& evaluator() ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  struct State;
  explicit Scanner(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_SCANNER_H_
