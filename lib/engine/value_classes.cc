#include "lib/engine/value_classes.h"

#include <algorithm>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Stand for themselves in a signature: no PredicateId is as great.
constexpr std::uint32_t kPresent = 0xFFFFFFFFu;
constexpr std::uint32_t kVerdict = 0xFFFFFFF0u;  // and a Verdict

}  // namespace

ClassifyScratch::ClassifyScratch(const EngineState& engine,
                                 ConfirmScratch confirm)
    : confirm_(std::move(confirm)), values_(engine.plan().fields.size()) {
  match_.fired = SparseBitset(engine.plan().predicates.size());
}

absl::StatusOr<ClassifyScratch> ClassifyScratch::Create(
    const EngineState& engine) {
  HS_ASSIGN_OR_RETURN(RegexScratch regex, RegexScratch::Create());
  ClassifyScratch scratch(engine, ConfirmScratch{std::move(regex), {}, {}});
  HS_ASSIGN_OR_RETURN(scratch.match_.literals, engine.NewLiteralScratch());
  return scratch;
}

absl::StatusOr<ClassId> ValueClasses::Classify(FieldId member,
                                               std::span<const Value> values,
                                               Hints hints,
                                               ClassifyScratch& scratch) {
  if (needs_->any_value_matters() || needs_->IsCompared(member)) {
    may_have_keywords_ = !needs_->keyword_matchers().empty();
    return kOwnClass;
  }
  scratch.signature_.clear();
  if (needs_->PresenceMatters(member)) scratch.signature_.push_back(kPresent);
  const bool is_single = hints.is_all && values.size() == 1 &&
                         values.front().kind <= ValueKind::kBool;
  for (const FieldId field : needs_->FieldsOf(member)) {
    scratch.pairs_.clear();
    for (const Value& value : values) scratch.pairs_.push_back({field, value});
    scratch.values_.Assign(scratch.pairs_);
    HS_ASSIGN_OR_RETURN(const bool decided,
                        AddField(field, is_single, scratch));
    if (!decided) {
      may_have_keywords_ = !needs_->keyword_matchers().empty();
      return kOwnClass;
    }
  }
  bool may_hold = !hints.has_no_keywords && !needs_->keyword_matchers().empty();
  if (may_hold && values.size() == 1 &&
      values.front().kind == ValueKind::kString) {
    // Mostly told faster than by a search.
    HS_ASSIGN_OR_RETURN(may_hold,
                        MayHoldKeywords(values.front().text, scratch));
  }
  if (may_hold) {
    if (needs_->FieldsOf(member).empty()) {
      scratch.pairs_.clear();
      for (const Value& value : values) {
        scratch.pairs_.push_back({kUnnamedField, value});
      }
      scratch.values_.Assign(scratch.pairs_);
    }
    HS_ASSIGN_OR_RETURN(const bool decided, AddKeywords(scratch));
    if (!decided) return kOwnClass;
  }
  return scratch.signature_.empty() ? kNoClass : Intern(scratch);
}

absl::StatusOr<bool> ValueClasses::AddField(FieldId field, bool is_single,
                                            ClassifyScratch& scratch) const {
  // Of several values each may leave open what another decides.
  if (!is_single &&
      (needs_->AsksForNull(field) || !needs_->OnDemand(field).empty())) {
    return false;
  }
  const FieldMatcher& matcher = engine_->field_matcher(field);
  if (!matcher.is_empty()) {
    for (const EventValue& value : scratch.values_.all()) {
      HS_RETURN_IF_ERROR(matcher.Match(value, scratch.match_));
    }
  }
  TakeFired(scratch);
  for (const std::uint32_t fired : scratch.fired_) {
    if (fired < engine_->plan().decided_count) continue;
    if (!is_single) return false;
    AddVerdict(PredicateId{fired}, scratch);
  }
  for (const PredicateId predicate : needs_->OnDemand(field)) {
    AddVerdict(predicate, scratch);
  }
  return true;
}

absl::StatusOr<bool> ValueClasses::AddKeywords(ClassifyScratch& scratch) {
  for (const FieldMatcher* matcher : needs_->keyword_matchers()) {
    for (const EventValue& value : scratch.values_.all()) {
      HS_RETURN_IF_ERROR(matcher->Match(value, scratch.match_));
    }
  }
  TakeFired(scratch);
  may_have_keywords_ = may_have_keywords_ || !scratch.fired_.empty();
  // Those on demand look at the values of other columns, too.
  return std::all_of(scratch.fired_.begin(), scratch.fired_.end(),
                     [this](std::uint32_t fired) {
                       return fired < engine_->plan().decided_count;
                     });
}

void ValueClasses::AddVerdict(PredicateId predicate,
                              ClassifyScratch& scratch) const {
  const Verdict verdict =
      engine_->confirmer(predicate).Confirm(scratch.values_, scratch.confirm_);
  scratch.signature_.push_back(kVerdict + static_cast<std::uint32_t>(verdict));
}

void ValueClasses::TakeFired(ClassifyScratch& scratch) const {
  scratch.fired_.clear();
  for (const std::uint32_t fired : scratch.match_.fired.members()) {
    if (needs_->IsAsked(fired)) scratch.fired_.push_back(fired);
  }
  scratch.match_.fired.Clear();
  std::sort(scratch.fired_.begin(), scratch.fired_.end());
  scratch.signature_.insert(scratch.signature_.end(), scratch.fired_.begin(),
                            scratch.fired_.end());
}

absl::StatusOr<bool> ValueClasses::MayHoldKeywords(
    std::string_view texts, ClassifyScratch& scratch) const {
  for (const FieldMatcher* matcher : needs_->keyword_matchers()) {
    HS_ASSIGN_OR_RETURN(const bool may,
                        matcher->MayFireIn(texts, scratch.match_));
    if (may) return true;
  }
  return false;
}

ClassId ValueClasses::Intern(ClassifyScratch& scratch) {
  const std::vector<std::uint32_t>& signature = scratch.signature_;
  scratch.key_.assign(reinterpret_cast<const char*>(signature.data()),
                      signature.size() * sizeof signature[0]);
  const auto next = static_cast<ClassId>(ids_.size() + 1);
  if (next >= kOwnClass) return kOwnClass;
  return ids_.try_emplace(scratch.key_, next).first->second;
}

}  // namespace hypersigma::internal
