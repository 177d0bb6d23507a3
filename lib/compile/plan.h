// Everything the engine needs to evaluate rules, as plain data.
//
// Written by the files of this folder, read by engine and catalogue. Knows
// nothing of libhs. The same rules, and the same sample if there is one, give
// the same plan, byte for byte.

#ifndef HYPERSIGMA_LIB_COMPILE_PLAN_H_
#define HYPERSIGMA_LIB_COMPILE_PLAN_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/base/field_table.h"
#include "lib/base/limits.h"
#include "lib/compile/predicate.h"
#include "lib/compile/program.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Where in the value a pattern must stand for a reaction to happen.
enum class Anchor : std::uint8_t { kAnywhere, kStart, kEnd };

// What a found pattern means. For a predicate decided by literals: it is true.
// For one on demand: it is worth confirming.
struct Reaction {
  Anchor anchor = Anchor::kAnywhere;
  PredicateId predicate{};

  friend bool operator==(const Reaction&, const Reaction&) = default;
};

// The literal that libhs compiles for one or several predicates of a field.
struct Pattern {
  std::string literal;  // folded unless cased; see hyperscan.h for its limits
  bool cased = false;
  std::vector<Reaction> reactions;

  friend bool operator==(const Pattern&, const Pattern&) = default;
};

// Which values an equality is about.
enum class EqualityKind : std::uint8_t {
  kText,        // any value with a text: the folded text
  kCasedText,   // the same, and the text is the predicate's operand
  kNumber,      // numbers: their key, see number.h
  kNumberText,  // strings: the text of a number
  kBool,        // booleans, and strings that say one
};

// A text that equals the whole value: found by hash, not by libhs.
struct Equality {
  std::string key;  // folded
  EqualityKind kind = EqualityKind::kText;
  PredicateId predicate{};

  friend auto operator<=>(const Equality&, const Equality&) = default;
};

// What is asked of one field's values.
struct FieldPlan {
  std::vector<Pattern> patterns;     // sorted by (literal, cased)
  std::vector<Equality> equalities;  // sorted
  // Fire when the field is there at all, and when it has a value with a text.
  std::vector<PredicateId> on_presence;
  std::vector<PredicateId> on_text;

  friend bool operator==(const FieldPlan&, const FieldPlan&) = default;
};

// A value of a rule, as written, and the predicates of which any makes it true.
struct ValuePlan {
  IndicatorKind kind = IndicatorKind::kEq;
  std::string written;
  std::vector<PredicateId> any_of;
};

// A selection's body with its predicates: the AST's tree, for explanations.
struct DetectionPlan {
  enum class Kind : std::uint8_t { kItem, kAllOf, kAnyOf };
  Kind kind = Kind::kItem;
  std::vector<DetectionPlan> children;
  // kItem only. kUnnamedField for a keyword item.
  FieldId field = kUnnamedField;
  bool all = false;
  bool neq = false;
  std::vector<ValuePlan> values;
};

struct SelectionPlan {
  std::string name;
  // Whether a condition names it, itself or by a quantifier.
  bool named = false;
  // Whether it comes from a filter: no part of what a match reports.
  bool is_filter = false;
  DetectionPlan detection;
};

struct RulePlan {
  std::vector<SelectionPlan> selections;
  Program program;
  // The rule can hold only if one of these fired; meaningless if `always`.
  std::vector<PredicateId> witness;
  // No witness exists: evaluated for every event.
  bool always = false;
};

// A rule past a limit, which never matches, and why.
using Refusal = std::pair<RuleId, std::string>;

struct Plan {
  FieldTable fields;
  // First those that a fired bit decides, then those on demand.
  std::vector<Predicate> predicates;
  std::uint32_t decided_count = 0;
  std::vector<FieldPlan> field_plans;  // indexed by FieldId
  FieldPlan keyword_plan;              // what is sought in every value
  // Some predicate is about every value.
  bool has_keywords = false;
  std::vector<RulePlan> rules;  // indexed by RuleId
  std::vector<Refusal> refused;
};

struct FiringSample;

// What witnesses are chosen by beside the rules. Says which of them wake a rule
// and never what it means.
struct WitnessChoice {
  const FiringSample* sample = nullptr;  // null: estimates alone
  // Needed with a sample: by RuleId, for their log sources.
  std::span<const Rule> rules{};
};

// Compiles `rules`; RuleId is the position in the span. A rule that would give
// a field more than `max_field_patterns` is refused. Cost: linear.
Plan CompilePlan(std::span<const DetectionRule> rules,
                 std::size_t max_field_patterns = kMaxFieldPatterns,
                 const WitnessChoice& choice = {});

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PLAN_H_
