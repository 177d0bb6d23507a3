// Tells why a rule matches an event, or why not, down to the bytes.
//
// Beside the data's way RuleSet -> Engine -> Scanner: the slow path for people
// who ask about one event. It evaluates the engine's plan value by value,
// without the pattern library. docs/explain.md describes what it says.

#ifndef HYPERSIGMA_EXPLANATION_H_
#define HYPERSIGMA_EXPLANATION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"
#include "hypersigma/truth.h"

namespace hypersigma {

// The bytes [begin, end) of a value's text.
struct ByteSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

// A value of the event.
struct SeenValue {
  ValueKind kind = ValueKind::kNull;
  // What patterns see: a string without JSON's escapes, byte for byte as in the
  // event; of numbers the canonical text; of booleans `true` or `false`; else
  // empty.
  std::string text;
  // Where it stands in JSON: names of members joined by dots, arrays left out;
  // empty when that cannot be told, or is longer than 1,024 bytes.
  std::string member;
};

// A field that explained rules look at, and what the event has there.
struct SeenField {
  // As rules write it; empty for keywords, which look at every value.
  std::string name;
  bool is_missing = true;
  // The name that the event has for the field, where that is another: found
  // through the taxonomy. Without the layout's way to it.
  std::string alias;
  // Of all values; of keywords those that are listed.
  std::uint64_t value_count = 0;
  // The first 100, and all others that hit; of keywords those that hit.
  std::vector<SeenValue> values;
};

// A position in EventExplanation::fields, and one in SeenField::values.
struct ValuePlace {
  std::size_t field = 0;
  std::size_t value = 0;

  friend bool operator==(const ValuePlace&, const ValuePlace&) = default;
};

// What in the event makes an indicator true: the first that does.
struct IndicatorHit {
  ValuePlace place;
  // In SeenValue::text. Nullopt for null, for exists, and for a regular
  // expression that moves its beginning behind its end.
  std::optional<ByteSpan> span;
  // What stands there, after all modifiers: of several variants (windash,
  // base64offset, ...) the one that hit. Folded unless the item is cased. A
  // regular expression, network or number as the rule writes it.
  std::string pattern;
  // Whether `*` and `?` in `pattern` are wildcards, unless a `\` is before
  // them; else all of it is plain text.
  bool has_wildcards = false;
  // Whether it must stand at the value's beginning, and at its end. Not said of
  // regular expressions.
  bool at_start = false;
  bool at_end = false;
  // fieldref alone: the value of the other field.
  std::optional<ValuePlace> other;
};

// A value of a detection item.
struct ExplainedValue {
  IndicatorKind kind = IndicatorKind::kEq;
  std::string value;  // as the rule writes it
  // Whether the event has it; the item's `neq` is left out.
  Truth truth = Truth::kFalse;
  std::optional<UndecidedReason> reason;  // of kUndecided
  // Of kTrue; nullopt where what is true is that the field is missing.
  std::optional<IndicatorHit> hit;
};

// A selection's body: a tree of AND (map) and OR (list) over detection items.
struct ExplainedDetection {
  enum class Kind : std::uint8_t { kItem, kAllOf, kAnyOf };
  Kind kind = Kind::kItem;
  Truth truth = Truth::kFalse;
  std::vector<ExplainedDetection> children;
  // Of an item. True when any of `values` is, or with `all` all of them;
  // inverted if `neq`.
  std::size_t field = 0;  // position in EventExplanation::fields
  bool is_keyword = false;
  bool all = false;
  bool neq = false;
  std::vector<ExplainedValue> values;
};

struct ExplainedSelection {
  std::string name;
  Truth truth = Truth::kFalse;
  // Whether a condition names it, itself or by a quantifier.
  bool is_named = false;
  // Whether a filter or a pipeline added it.
  bool is_filter = false;
  ExplainedDetection detection;
};

// One predicate that would have to be other than it is.
struct Change {
  std::size_t selection = 0;  // position in RuleExplanation::selections
  std::string field;          // empty for keywords
  IndicatorKind kind = IndicatorKind::kEq;
  std::string value;    // as the rule writes it
  std::string pattern;  // as in IndicatorHit
  bool has_wildcards = false;
  bool becomes = false;
  // How many other predicates of the same item would do in its place.
  std::uint32_t alternatives = 0;
};

enum class ChangesStatus : std::uint8_t {
  // The condition holds.
  kNone,
  // No smaller set makes the condition hold.
  kSmallest,
  // They make it hold; whether a smaller set does was not decided within the
  // work that is allowed.
  kSufficient,
  // Not decided: a predicate of the condition is undecided itself.
  kNotDecided,
  // Nothing makes the condition hold.
  kImpossible,
};

// Returns "none", "smallest", "sufficient", "not_decided", "impossible".
HYPERSIGMA_EXPORT std::string_view ChangesStatusName(ChangesStatus status);

// What one rule makes of the event.
struct RuleExplanation {
  RuleId rule{};
  // What the rule's condition says. The rule matches if it is true and the rule
  // is admitted.
  Truth truth = Truth::kFalse;
  // Whether the event's log sources admit the rule.
  bool is_admitted = true;
  // Why the engine never evaluates the rule; else empty.
  std::string refused;
  // As the rule writes them, then those of filters and pipelines.
  std::vector<ExplainedSelection> selections;
  // The smallest set of predicates whose change makes the condition hold, each
  // taken as free to be true or false whatever the others are.
  ChangesStatus changes_status = ChangesStatus::kNone;
  std::vector<Change> changes;
};

// What rules make of one event. Owns all its texts.
struct EventExplanation {
  // As in ScanResult.
  std::vector<LogSource> log_sources;
  std::string layout;
  bool repaired = false;
  std::string time;
  std::string computer;
  // That the rules look at, each once; in an order that is always the same.
  std::vector<SeenField> fields;
  // In the order that was asked for.
  std::vector<RuleExplanation> rules;
};

// Explains one event after the other.
//
// Thread safety: none; one explainer a thread. Keeps its Engine alive. Cost: in
// proportion to the values of the event times the values of the rules; memory
// is allocated for each event.
class HYPERSIGMA_EXPORT Explainer {
 public:
  // `options` say how events are read and routed, as for a scanner; `rules` of
  // them are those that ExplainJson(json) looks at. Errors: those of
  // Scanner::Create().
  static absl::StatusOr<Explainer> Create(Engine engine,
                                          const ScannerOptions& options = {});

  Explainer(Explainer&&) noexcept;
  Explainer& operator=(Explainer&&) noexcept;
  ~Explainer();

  // Explains the rules that match the event, or are undecided, in RuleId order.
  // Errors: those of Scanner::ScanJson(); kResourceExhausted when values and
  // rules are too many to be compared one by one.
  absl::StatusOr<EventExplanation> ExplainJson(std::string_view json);

  // Explains `rules`, admitted or not. Errors: also kInvalidArgument for a rule
  // that the engine does not have.
  absl::StatusOr<EventExplanation> ExplainJson(std::string_view json,
                                               std::span<const RuleId> rules);

  // The same for an event as for Scanner::Scan(); SeenValue::member is empty.
  absl::StatusOr<EventExplanation> Explain(Event event);
  absl::StatusOr<EventExplanation> Explain(Event event,
                                           std::span<const RuleId> rules);

 private:
  struct State;
  explicit Explainer(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_EXPLANATION_H_
