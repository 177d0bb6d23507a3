// What the evaluator looks at only when a rule that was woken asks for it:
// fields in which the route has no witness, and patterns that wait.

#include <cstddef>
#include <cstdint>
#include <span>

#include "lib/engine/evaluator.h"

namespace hypersigma::internal {

// Looks at what may fire `predicate` and has waited so far; returns false if
// nothing has.
bool Evaluator::FireWaitingFor(PredicateId predicate) {
  const FieldId field = engine_->FieldOf(predicate);
  const bool waits = engine_->HalfOf(predicate) == PatternHalf::kWaits;
  if (field == kUnnamedField) return waits && FireWaitingKeywords();
  const bool was_field = FireWaiting(field, PatternHalf::kWakes);
  const bool was_half = waits && FireWaiting(field, PatternHalf::kWaits);
  return was_field || was_half;
}

bool Evaluator::FireWaiting(FieldId field, PatternHalf half) {
  if (Index(field) >= route_->fields.size()) return false;
  const FieldUse use = route_->fields[Index(field)];
  const bool waits = half == PatternHalf::kWakes
                         ? use == FieldUse::kWaits
                         : use != FieldUse::kNone &&
                               engine_->field_matcher(field).has_waiting();
  if (!waits || !LookAt(HalfId(field, half))) return false;
  const std::size_t begin = lookups_.size();
  for (std::uint32_t at = values_.First(field); at != kNoValue;
       at = values_.all()[at].next) {
    LookUp(field, half, at);
  }
  for (std::size_t i = begin; i < lookups_.size(); ++i) {
    status_.Update(FireFor(lookups_[i]));
  }
  return true;
}

bool Evaluator::FireWaitingKeywords() {
  if (keywords_ != Keywords::kMaybe || !LookAt(WaitingKeywords())) return false;
  ForEachPrefilter(PatternHalf::kWaits, [&](const KeywordPrefilter& prefilter) {
    status_.Update(
        prefilter.Find(json_.text, match_.literals, found_keywords_));
  });
  Fire(found_keywords_.predicates.members());
  return true;
}

// Notes that a half is looked at; returns false if it was before.
bool Evaluator::LookAt(FieldId half_id) {
  if (!looked_at_.Insert(Index(half_id))) return false;
  const ValueFact looked_at = ValueFact::LookedAt(Index(half_id));
  facts_.push_back(looked_at.bits());
  asked_.push_back(looked_at.bits());
  return true;
}

// Looks at what was looked at for an event before.
void Evaluator::FireAsked(FieldId half_id) {
  const auto count = static_cast<std::uint32_t>(engine_->plan().fields.size());
  if (half_id == WaitingKeywords()) {
    FireWaitingKeywords();
  } else if (Index(half_id) < count) {
    FireWaiting(half_id, PatternHalf::kWakes);
  } else {
    FireWaiting(FieldId{Index(half_id) - count}, PatternHalf::kWaits);
  }
}

std::span<const std::uint32_t> Evaluator::FireAll() {
  for (std::uint32_t i = 0; i < route_->fields.size(); ++i) {
    FireWaiting(FieldId{i}, PatternHalf::kWakes);
    FireWaiting(FieldId{i}, PatternHalf::kWaits);
  }
  FireWaitingKeywords();
  return fired_.members();
}

}  // namespace hypersigma::internal
