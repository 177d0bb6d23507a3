// What the evaluator knows of keywords: at first what the JSON text may hold,
// and only where that decides a rule what its values hold.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/keyword_groups.h"

namespace hypersigma::internal {

absl::StatusOr<Keywords> Evaluator::FindKeywords(const JsonTokenText& json,
                                                 bool is_plain) {
  const std::vector<std::uint32_t>& groups = route_->keyword_groups;
  if (groups.empty() || engine_->keyword_matcher().is_empty()) {
    return Keywords::kNone;
  }
  if (!is_plain) return Keywords::kAny;
  json_ = json;
  found_keywords_.Clear();
  bool needs_values = false;
  bool some_wait = false;
  absl::Status status;
  ForEachPrefilter(KeywordHalf::kWakes, [&](const KeywordPrefilter& prefilter) {
    needs_values |= prefilter.has_untriggered();
    status.Update(prefilter.Find(json.text, match_.literals, found_keywords_));
  });
  HS_RETURN_IF_ERROR(status);
  if (needs_values) return Keywords::kAny;
  ForEachPrefilter(KeywordHalf::kWaits, [&](const KeywordPrefilter& prefilter) {
    some_wait |= !prefilter.is_empty();
  });
  return found_keywords_.predicates.members().empty() && !some_wait
             ? Keywords::kNone
             : Keywords::kMaybe;
}

// Whether the route asks for keywords that `event` may have.
bool Evaluator::MayHaveKeywords(Event event) {
  const std::span<const FieldMatcher> of_groups = engine_->keyword_groups();
  const std::vector<std::uint32_t>& groups = route_->keyword_groups;
  if (groups.empty() || engine_->keyword_matcher().is_empty()) return false;
  return of_groups.empty() || groups.size() > kMaxKeywordGroupsOfEvent ||
         std::any_of(groups.begin(), groups.end(), [&](std::uint32_t group) {
           return of_groups[group].MayFireOn(event, match_);
         });
}

absl::Status Evaluator::FireKeywords() {
  switch (keywords_) {
    case Keywords::kNone:
      break;
    case Keywords::kMaybe:
      Fire(found_keywords_.predicates.members());
      break;
    case Keywords::kAny:
      return FireKeywordsOfValues();
  }
  return absl::OkStatus();
}

absl::Status Evaluator::FireKeywordsOfValues() {
  const std::span<const FieldMatcher> of_groups = engine_->keyword_groups();
  const std::vector<std::uint32_t>& groups = route_->keyword_groups;
  if (of_groups.empty() || groups.size() > kMaxKeywordGroupsOfEvent) {
    if (engine_->keyword_matcher().is_empty()) return absl::OkStatus();
    match_.joined.Assign(values_.all());
    HS_RETURN_IF_ERROR(
        engine_->keyword_matcher().MatchAll(values_.all(), match_));
  } else if (!groups.empty()) {
    match_.joined.Assign(values_.all());
    for (const std::uint32_t group : groups) {
      HS_RETURN_IF_ERROR(of_groups[group].MatchAll(values_.all(), match_));
    }
  }
  Fire(match_.fired.members());
  match_.fired.Clear();
  return absl::OkStatus();
}

// Returns false unless keywords have waited so far.
bool Evaluator::FireWaitingKeywords() {
  if (keywords_ != Keywords::kMaybe || !LookAt(WaitingKeywordsId())) {
    return false;
  }
  ForEachPrefilter(KeywordHalf::kWaits, [&](const KeywordPrefilter& prefilter) {
    status_.Update(
        prefilter.Find(json_.text, match_.literals, found_keywords_));
  });
  Fire(found_keywords_.predicates.members());
  return true;
}

// As Holds() where all that is known of keywords is what the text has.
Verdict Evaluator::HoldsInText(PredicateId keyword, bool has_fired) {
  if (!has_fired && engine_->MustFire(keyword)) return Verdict::kFalse;
  const bool is_decided = Index(keyword) < engine_->plan().decided_count;
  const Verdict verdict =
      is_decided ? SettleKeyword(keyword) : Verdict::kUndecided;
  needs_keywords_ |= verdict == Verdict::kUndecided;
  return verdict;
}

// Whether a literal of the keyword, which the text has, is in a value.
Verdict Evaluator::SettleKeyword(PredicateId keyword) {
  for (const SettledKeyword& settled : settled_) {
    if (settled.predicate != keyword) continue;
    return settled.holds ? Verdict::kTrue : Verdict::kFalse;
  }
  bool is_open = found_keywords_.untold.Contains(Index(keyword));
  bool holds = false;
  for (const FoundKeywords::Literal& literal : found_keywords_.literals) {
    const Occurrence found =
        literal.prefilter->FindInValues(literal, keyword, json_);
    is_open |= found == Occurrence::kOpen;
    holds |= found == Occurrence::kValue;
    if (holds) break;
  }
  if (is_open && !holds) return Verdict::kUndecided;
  settled_.push_back({keyword, holds});
  facts_.push_back(ValueFact(Index(keyword), /*has_fired=*/true, holds).bits());
  asked_.push_back(Index(keyword));
  return holds ? Verdict::kTrue : Verdict::kFalse;
}

}  // namespace hypersigma::internal
