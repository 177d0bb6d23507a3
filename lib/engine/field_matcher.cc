#include "lib/engine/field_matcher.h"

#include <algorithm>
#include <utility>

#include "lib/base/number.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/engine/event_fragments.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t Bit(EqualityKind kind) {
  return std::uint32_t{1} << static_cast<std::uint32_t>(kind);
}

constexpr std::uint64_t LengthBit(std::size_t length) {
  return std::uint64_t{1} << std::min<std::size_t>(length, 63);
}

// Folds into `buffer`, whose contents are replaced.
std::string_view FoldInto(std::string_view text, std::string& buffer) {
  buffer.clear();
  AppendFolded(text, &buffer);
  return buffer;
}

}  // namespace

FieldMatcher::FieldMatcher(const FieldPlan& plan,
                           std::span<const Predicate> predicates)
    : plan_(&plan), predicates_(predicates) {}

absl::StatusOr<FieldMatcher> FieldMatcher::Build(
    const FieldPlan& plan, std::span<const Predicate> predicates,
    const DatabaseSource& source) {
  FieldMatcher matcher(plan, predicates);
  HS_ASSIGN_OR_RETURN(matcher.patterns_,
                      PatternSearch::Build(plan.patterns, source));
  matcher.empty_ = plan.patterns.empty() && plan.equalities.empty() &&
                   plan.on_presence.empty() && plan.on_text.empty();
  matcher.IndexEqualities();
  return matcher;
}

void FieldMatcher::IndexEqualities() {
  const std::vector<Equality>& equalities = plan_->equalities;
  for (std::uint32_t i = 0; i < equalities.size(); ++i) {
    Range& range =
        equalities_.try_emplace(equalities[i].key, Range{i, i}).first->second;
    range.end = i + 1;
    key_lengths_ |= LengthBit(equalities[i].key.size());
    key_kinds_ |= Bit(equalities[i].kind);
  }
}

absl::Status FieldMatcher::Match(const EventValue& value, MatchScratch& scratch,
                                 KnownText* known) const {
  for (PredicateId id : plan_->on_presence) scratch.fired.Insert(Index(id));
  if (!value.has_text()) return absl::OkStatus();
  for (PredicateId id : plan_->on_text) scratch.fired.Insert(Index(id));
  const bool is_ascii = IsAscii(value.text);
  if (key_lengths_ != 0) MatchEqualities(value, is_ascii, scratch);
  if (patterns_.is_empty()) return absl::OkStatus();
  return patterns_.Find(value.text, is_ascii, scratch, known);
}

void FieldMatcher::MatchEqualities(const EventValue& value, bool is_ascii,
                                   MatchScratch& scratch) const {
  std::uint32_t kinds =
      Bit(EqualityKind::kText) | Bit(EqualityKind::kCasedText);
  if (value.kind == ValueKind::kString) {
    kinds |= Bit(EqualityKind::kNumberText) | Bit(EqualityKind::kBool);
  } else if (value.kind == ValueKind::kBool) {
    kinds |= Bit(EqualityKind::kBool);
  } else if ((key_kinds_ & Bit(EqualityKind::kNumber)) != 0) {
    const auto number = Number::Parse(value.text);
    if (number.has_value()) {
      scratch.folded.clear();
      number->AppendKey(&scratch.folded);
      FireEqualities(scratch.folded, Bit(EqualityKind::kNumber), value.text,
                     scratch.fired);
    }
  }
  // Folding keeps the length of ASCII only.
  if (is_ascii && (key_lengths_ & LengthBit(value.text.size())) == 0) return;
  FireEqualities(FoldInto(value.text, scratch.folded), kinds, value.text,
                 scratch.fired);
}

void FieldMatcher::FireEqualities(std::string_view key, std::uint32_t kinds,
                                  std::string_view text,
                                  SparseBitset& fired) const {
  const auto it = equalities_.find(key);
  if (it == equalities_.end()) return;
  for (std::uint32_t i = it->second.begin; i < it->second.end; ++i) {
    const Equality& equality = plan_->equalities[i];
    if ((kinds & Bit(equality.kind)) == 0) continue;
    if (equality.kind == EqualityKind::kCasedText &&
        predicates_[Index(equality.predicate)].operand != text) {
      continue;
    }
    fired.Insert(Index(equality.predicate));
  }
}

void FieldMatcher::AddFilter() {
  if (!patterns_.is_database_alone()) return;
  std::vector<Literal> literals;
  for (const Pattern& pattern : plan_->patterns) {
    // The filter folds ASCII alone.
    if (!IsAscii(pattern.literal)) return;
    literals.push_back({pattern.literal});
  }
  filter_ = FragmentFilter::For(literals);
}

bool FieldMatcher::CanFilter(bool is_ascii, std::string_view text) const {
  return filter_.is_active() && (is_ascii || !HasAsciiFold(text));
}

absl::StatusOr<bool> FieldMatcher::MayFireIn(std::string_view texts,
                                             MatchScratch& scratch) const {
  if (key_lengths_ != 0 || !plan_->on_text.empty() ||
      !plan_->on_presence.empty() || patterns_.has_anchored_literals()) {
    return true;
  }
  if (filter_.is_active()) return MayFireNearFragments(texts, scratch);
  // Characters beyond ASCII may fold to one of a literal.
  if (patterns_.has_caseless() && !IsAscii(texts)) return true;
  if (patterns_.HasBytePattern(texts)) return true;
  return patterns_.HasLiteral(texts, scratch);
}

// A literal that holds one of the fragments in a group ends less than its own
// length behind it. All literals are ASCII, so that nothing but the two
// characters that fold to ASCII can stand for a part of one.
absl::StatusOr<bool> FieldMatcher::MayFireNearFragments(
    std::string_view texts, MatchScratch& scratch) const {
  constexpr std::size_t kGroup = FragmentFilter::kGroup;
  const std::size_t margin = filter_.longest_bytes();
  bool beyond_ascii = false;
  for (std::size_t begin = 0; begin < texts.size();) {
    const FragmentFilter::Place place = filter_.FindUnpadded(texts, begin);
    beyond_ascii = beyond_ascii || place.beyond_ascii;
    if (place.group == std::string_view::npos) break;
    const std::size_t from = place.group - std::min(place.group, margin);
    // With long literals all that is left is searched, once.
    const std::size_t size = margin > kGroup
                                 ? texts.size() - from
                                 : place.group - from + kGroup + margin;
    HS_ASSIGN_OR_RETURN(
        const bool found,
        patterns_.HasLiteral(texts.substr(from, size), scratch));
    if (found) return true;
    begin = place.group + kGroup;
    if (margin <= kGroup) continue;
    beyond_ascii = beyond_ascii || !IsAscii(texts.substr(from));
    break;
  }
  return patterns_.has_caseless() && beyond_ascii && HasAsciiFold(texts);
}

bool FieldMatcher::MayFireOn(Event event, MatchScratch& scratch) const {
  if (empty_) return false;
  return !filter_.is_active() || !patterns_.all_anywhere() ||
         key_lengths_ != 0 || !plan_->on_text.empty() ||
         !plan_->on_presence.empty() ||
         TextsMayHold(filter_, event, scratch.joined);
}

absl::Status FieldMatcher::MatchAll(std::span<const EventValue> values,
                                    MatchScratch& scratch) const {
  // Anchors need the values one by one; so do equal values, which keywords
  // hardly ever ask for.
  if (!patterns_.all_anywhere() || key_lengths_ != 0) {
    for (const EventValue& value : values) {
      HS_RETURN_IF_ERROR(Match(value, scratch));
    }
    return absl::OkStatus();
  }
  const std::string_view texts = scratch.joined.text();
  if (texts.empty()) return absl::OkStatus();
  for (PredicateId id : plan_->on_text) scratch.fired.Insert(Index(id));
  if (patterns_.is_empty()) return absl::OkStatus();
  const bool is_ascii = scratch.joined.is_ascii();
  if (CanFilter(is_ascii, texts) && !filter_.MayHold(texts)) {
    return absl::OkStatus();
  }
  return patterns_.Find(texts, is_ascii, scratch);
}

}  // namespace hypersigma::internal
