#include "lib/catalog/explain_predicates.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/catalog/explain_spans.h"

namespace hypersigma::internal {
namespace {

Truth ToTruth(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFalse:
      return Truth::kFalse;
    case Verdict::kTrue:
      return Truth::kTrue;
    case Verdict::kUndecided:
      return Truth::kUndecided;
  }
  return Truth::kUndecided;
}

bool IsAboutText(Operator op) { return op <= Operator::kAnyText; }

// Whether the pattern of a trigger stands in a text.
bool StandsIn(const Pattern& pattern, Anchor anchor, std::string_view text) {
  switch (anchor) {
    case Anchor::kStart:
      return text.starts_with(pattern.literal);
    case Anchor::kEnd:
      return text.ends_with(pattern.literal);
    case Anchor::kAnywhere:
      break;
  }
  return FindText(text, pattern.literal) != std::string_view::npos;
}

bool IsRun(const PatternPart& part) {
  return part.kind == PatternPart::Kind::kAnyRun;
}

// At one end, that of `op` and `relation`; `is_closed` is said of a glob.
bool StandsAt(const Predicate& predicate, Operator op, FieldRelation relation,
              bool is_closed) {
  switch (predicate.op) {
    case Operator::kStartsWith:
    case Operator::kEndsWith:
      return predicate.op == op;
    case Operator::kContains:
    case Operator::kAnyText:
    case Operator::kRegex:
      return false;
    case Operator::kGlob:
      return is_closed;
    case Operator::kFieldRef:
      return predicate.relation == relation ||
             predicate.relation == FieldRelation::kEquals;
    default:  // about the whole value
      return true;
  }
}

}  // namespace

absl::StatusOr<PredicateJudge> PredicateJudge::Create(
    const EngineState& engine) {
  HS_ASSIGN_OR_RETURN(RegexScratch regex, RegexScratch::Create());
  return PredicateJudge(engine, ConfirmScratch{std::move(regex), {}, {}});
}

void PredicateJudge::Begin(const EventValues& values) {
  values_ = &values;
  findings_.clear();
  folded_.clear();
  bytes_left_ = kMaxExplainBytes;
  status_ = absl::OkStatus();
}

const PredicateFinding& PredicateJudge::Judge(PredicateId id) {
  const auto known = findings_.find(id);
  if (known != findings_.end()) return known->second;
  return findings_.emplace(id, Find(id)).first->second;
}

PredicateFinding PredicateJudge::Find(PredicateId id) {
  const Predicate& predicate = engine_->plan().predicates[Index(id)];
  PredicateFinding result;
  const auto settles = [&](std::uint32_t position) {
    const PredicateFinding found = FindInValue(id, position);
    if (found.truth != Truth::kFalse) result = found;
    return found.truth == Truth::kTrue;
  };
  if (predicate.field == kUnnamedField) {
    for (std::uint32_t i = 0; i < values_->all().size(); ++i) {
      if (settles(i)) break;
    }
  } else if (values_->First(predicate.field) == kNoValue) {
    if (predicate.op == Operator::kNull || predicate.op == Operator::kMissing) {
      result.truth = Truth::kTrue;
    }
  } else if (predicate.op == Operator::kFieldRef) {
    result = FindFieldRef(id);
  } else {
    for (std::uint32_t i = values_->First(predicate.field); i != kNoValue;
         i = values_->all()[i].next) {
      if (settles(i)) break;
    }
  }
  // The engine confirms only what was triggered, and so cannot be undecided
  // about anything else.
  if (result.truth == Truth::kUndecided && status_.ok() &&
      predicate.has_trigger && !IsTriggered(id)) {
    result.truth = Truth::kFalse;
  }
  return result;
}

PredicateFinding PredicateJudge::FindInValue(PredicateId id,
                                             std::uint32_t position) {
  const Predicate& predicate = engine_->plan().predicates[Index(id)];
  const EventValue& value = values_->At(position);
  PredicateFinding found;
  if (!Spend(value.text.size() + predicate.operand.size())) {
    found.truth = Truth::kUndecided;
    return found;
  }
  found.value = position;
  const bool is_null =
      predicate.op == Operator::kNull && value.kind == ValueKind::kNull;
  if (is_null || predicate.op == Operator::kExists) {
    found.truth = Truth::kTrue;
    return found;
  }
  if (IsAboutText(predicate.op)) {
    if (!value.has_text()) return found;
    const TextFinding in_text =
        FindInText(predicate, TextOf(predicate, position));
    found.truth = in_text.truth;
    found.span =
        predicate.cased ? in_text.span : UnfoldSpan(value.text, in_text.span);
    return found;
  }
  if (predicate.op == Operator::kBool ||
      predicate.op == Operator::kNumberEquals) {
    if (!EqualsScalar(predicate, position)) return found;
    found.truth = Truth::kTrue;
    found.span = ByteSpan{0, value.text.size()};
    return found;
  }
  return Confirm(id, position);
}

// Source: design document "semantics", the value table.
bool PredicateJudge::EqualsScalar(const Predicate& predicate,
                                  std::uint32_t position) {
  const EventValue& value = values_->At(position);
  if (!value.has_text()) return false;
  if (predicate.op == Operator::kBool) {
    return value.kind != ValueKind::kNumber &&
           Fold(value.text) == predicate.operand;
  }
  const auto wanted = Number::Parse(predicate.operand);
  if (!wanted.has_value() || value.kind == ValueKind::kBool) return false;
  std::string key;
  if (value.kind == ValueKind::kString) {
    wanted->AppendText(&key);
    return Fold(value.text) == Fold(key);
  }
  const auto number = Number::Parse(value.text);
  if (!number.has_value()) return false;
  std::string number_key;
  wanted->AppendKey(&key);
  number->AppendKey(&number_key);
  return key == number_key;
}

PredicateFinding PredicateJudge::Confirm(PredicateId id,
                                         std::uint32_t position) {
  const Predicate& predicate = engine_->plan().predicates[Index(id)];
  const EventValue& value = values_->At(position);
  const std::array<FieldValue, 1> alone = {
      FieldValue{predicate.field, Value{value.kind, value.text}}};
  single_.Assign(alone);
  PredicateFinding found;
  found.value = position;
  found.truth = ToTruth(engine_->confirmer(id).Confirm(single_, scratch_));
  const bool is_regex = predicate.op == Operator::kRegex && value.has_text();
  if (is_regex && !Spend(scratch_.regex.steps_taken())) {
    found.truth = Truth::kUndecided;
  }
  if (found.truth != Truth::kTrue || !value.has_text()) return found;
  if (is_regex) {
    const RegexSpan span = scratch_.regex.last_match();
    if (span != RegexSpan{}) found.span = ByteSpan{span.begin, span.end};
  } else {
    found.span = ByteSpan{0, value.text.size()};
  }
  return found;
}

PredicateFinding PredicateJudge::FindFieldRef(PredicateId id) {
  const Predicate& predicate = engine_->plan().predicates[Index(id)];
  PredicateFinding found;
  found.truth = ToTruth(engine_->confirmer(id).Confirm(*values_, scratch_));
  if (found.truth != Truth::kTrue) return found;
  // The same pairs in the same order, so within the same limit.
  for (std::uint32_t i = values_->First(predicate.field); i != kNoValue;
       i = values_->all()[i].next) {
    if (!values_->At(i).has_text()) continue;
    const std::string_view text = TextOf(predicate, i);
    for (std::uint32_t k = values_->First(predicate.other_field); k != kNoValue;
         k = values_->all()[k].next) {
      if (!values_->At(k).has_text()) continue;
      const auto span =
          FindRelated(predicate.relation, text, TextOf(predicate, k));
      if (!span.has_value()) continue;
      found.value = i;
      found.other = k;
      found.span =
          predicate.cased ? *span : UnfoldSpan(values_->At(i).text, *span);
      return found;
    }
  }
  return found;
}

bool PredicateJudge::IsTriggered(PredicateId id) {
  const Predicate& predicate = engine_->plan().predicates[Index(id)];
  const bool is_keyword = predicate.field == kUnnamedField;
  const FieldPlan& plan =
      is_keyword ? engine_->plan().keyword_plan
                 : engine_->plan().field_plans[Index(predicate.field)];
  const auto has = [id](const std::vector<PredicateId>& ids) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  // Fires for any value, of which there is one, or it were not undecided.
  if (has(plan.on_presence) || has(plan.on_text)) return true;
  const auto is_in = [&](const Pattern& pattern, std::uint32_t position) {
    if (!values_->At(position).has_text()) return false;
    Predicate like;
    like.cased = pattern.cased;
    const std::string_view text = TextOf(like, position);
    return std::any_of(pattern.reactions.begin(), pattern.reactions.end(),
                       [&](const Reaction& reaction) {
                         return reaction.predicate == id &&
                                Spend(text.size()) &&
                                StandsIn(pattern, reaction.anchor, text);
                       });
  };
  return std::any_of(
      plan.patterns.begin(), plan.patterns.end(), [&](const Pattern& pattern) {
        std::uint32_t i = is_keyword ? 0 : values_->First(predicate.field);
        while (i != kNoValue && i < values_->all().size()) {
          if (is_in(pattern, i)) return true;
          i = is_keyword ? i + 1 : values_->all()[i].next;
        }
        return false;
      });
}

// Folded once for all predicates.
std::string_view PredicateJudge::TextOf(const Predicate& predicate,
                                        std::uint32_t position) {
  const std::string_view text = values_->At(position).text;
  if (predicate.cased) return text;
  const auto known = folded_.find(position);
  if (known != folded_.end()) return known->second;
  return folded_.emplace(position, Fold(text)).first->second;
}

bool PredicateJudge::Spend(std::size_t bytes) {
  const std::size_t cost = bytes + kExplainBytesPerValue;
  if (cost <= bytes_left_) {
    bytes_left_ -= cost;
    return true;
  }
  bytes_left_ = 0;
  status_ = absl::ResourceExhaustedError(
      "the event has too many values to explain these rules: explain fewer at "
      "once");
  return false;
}

bool HasWildcards(const Predicate& predicate) {
  return predicate.op == Operator::kGlob || predicate.op == Operator::kAnyText;
}

bool StandsAtStart(const Predicate& predicate) {
  return StandsAt(predicate, Operator::kStartsWith, FieldRelation::kStartsWith,
                  predicate.glob.empty() || !IsRun(predicate.glob.front()));
}

bool StandsAtEnd(const Predicate& predicate) {
  return StandsAt(predicate, Operator::kEndsWith, FieldRelation::kEndsWith,
                  predicate.glob.empty() || !IsRun(predicate.glob.back()));
}

std::string PatternText(const Predicate& predicate) {
  if (predicate.op == Operator::kAnyText) return "*";
  std::string text = predicate.operand;
  for (const PatternPart& part : predicate.glob) {
    for (const char c : part.literal) {
      if (c == '*' || c == '?' || c == '\\') text += '\\';
      text += c;
    }
    if (part.kind == PatternPart::Kind::kAnyRun) text += '*';
    // A dash of any kind is one character.
    if (part.kind == PatternPart::Kind::kAnyOne ||
        part.kind == PatternPart::Kind::kAnyDash) {
      text += '?';
    }
  }
  return text;
}

}  // namespace hypersigma::internal
