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

// Whether a pattern found anywhere in a text stands where it must.
bool Holds(Anchor anchor, bool at_start, bool at_end) {
  switch (anchor) {
    case Anchor::kAnywhere:
      return true;
    case Anchor::kStart:
      return at_start;
    case Anchor::kEnd:
      return at_end;
  }
  return false;
}

// Folds into `buffer`, whose contents are replaced.
std::string_view FoldInto(std::string_view text, std::string& buffer) {
  buffer.clear();
  AppendFolded(text, &buffer);
  return buffer;
}

}  // namespace

// One search of a text: what its callbacks need.
struct FieldMatcher::Pass {
  void Found(const Sought& sought, std::size_t end);

  const FieldMatcher& matcher;
  SparseBitset& fired;
  std::size_t text_size;
  bool with_cased;
  bool with_caseless;
};

FieldMatcher::FieldMatcher(const FieldPlan& plan,
                           std::span<const Predicate> predicates)
    : plan_(&plan), predicates_(predicates) {}

absl::StatusOr<FieldMatcher> FieldMatcher::Build(
    const FieldPlan& plan, std::span<const Predicate> predicates,
    const DatabaseSource& source) {
  FieldMatcher matcher(plan, predicates);
  matcher.empty_ = plan.patterns.empty() && plan.equalities.empty() &&
                   plan.on_presence.empty() && plan.on_text.empty();
  matcher.IndexEqualities();
  const std::vector<Literal> literals = matcher.SplitPatterns();
  HS_ASSIGN_OR_RETURN(matcher.database_, source.Make(literals));
  return matcher;
}

// Returns what libhs is to search for.
std::vector<Literal> FieldMatcher::SplitPatterns() {
  std::vector<Literal> literals;
  std::vector<const Pattern*> patterns;
  for (const Pattern& pattern : plan_->patterns) {
    const bool anywhere = std::all_of(
        pattern.reactions.begin(), pattern.reactions.end(),
        [](const Reaction& r) { return r.anchor == Anchor::kAnywhere; });
    (pattern.cased ? has_cased_ : has_caseless_) = true;
    all_anywhere_ = all_anywhere_ && anywhere;
    if (pattern.literal.size() == 1) {
      byte_patterns_.push_back(&pattern);
      continue;
    }
    literals.push_back({pattern.literal, pattern.cased, anywhere});
    patterns.push_back(&pattern);
  }
  anchored_ = AnchoredLiterals(patterns);
  std::vector<Literal> left;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    if (anchored_.Takes(i)) continue;
    left.push_back(std::move(literals[i]));
    AddSought(*patterns[i], literal_patterns_);
  }
  if (!anchored_.is_empty()) {
    for (const Pattern* pattern : patterns) {
      AddSought(*pattern, anchored_patterns_);
    }
  }
  return left;
}

void FieldMatcher::AddSought(const Pattern& pattern,
                             std::vector<Sought>& sought) {
  const auto begin = static_cast<std::uint32_t>(reactions_.size());
  reactions_.insert(reactions_.end(), pattern.reactions.begin(),
                    pattern.reactions.end());
  sought.push_back({static_cast<std::uint32_t>(pattern.literal.size()),
                    pattern.cased, begin,
                    static_cast<std::uint32_t>(reactions_.size())});
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

absl::Status FieldMatcher::Match(const EventValue& value,
                                 MatchScratch& scratch) const {
  for (PredicateId id : plan_->on_presence) scratch.fired.Insert(Index(id));
  if (!value.has_text()) return absl::OkStatus();
  for (PredicateId id : plan_->on_text) scratch.fired.Insert(Index(id));
  const bool is_ascii = IsAscii(value.text);
  if (key_lengths_ != 0) MatchEqualities(value, is_ascii, scratch);
  if (plan_->patterns.empty()) return absl::OkStatus();
  return MatchPatterns(value.text, is_ascii, scratch);
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

absl::Status FieldMatcher::MatchPatterns(std::string_view text, bool is_ascii,
                                         MatchScratch& scratch) const {
  if (is_ascii) return ScanPass(text, true, true, scratch);
  // Beyond ASCII libhs does not fold: cased patterns are sought in the text as
  // it is, the others in its folded copy.
  if (has_cased_) HS_RETURN_IF_ERROR(ScanPass(text, true, false, scratch));
  if (!has_caseless_) return absl::OkStatus();
  return ScanPass(FoldInto(text, scratch.folded), false, true, scratch);
}

absl::Status FieldMatcher::ScanPass(std::string_view text, bool with_cased,
                                    bool with_caseless,
                                    MatchScratch& scratch) const {
  for (const Pattern* pattern : byte_patterns_) {
    if (pattern->cased ? with_cased : with_caseless) {
      MatchBytePattern(*pattern, text, scratch.fired);
    }
  }
  Pass pass{*this, scratch.fired, text.size(), with_cased, with_caseless};
  if (!anchored_.is_empty()) {
    anchored_.Find(text, &FieldMatcher::OnAnchored, &pass);
  }
  if (!database_.has_value()) return absl::OkStatus();
  return database_->Scan(text, scratch.literals, &FieldMatcher::OnLiteral,
                         &pass);
}

void FieldMatcher::OnLiteral(void* context, std::uint32_t literal,
                             std::size_t end) {
  Pass& pass = *static_cast<Pass*>(context);
  pass.Found(pass.matcher.literal_patterns_[literal], end);
}

void FieldMatcher::OnAnchored(void* context, std::uint32_t literal,
                              std::size_t end) {
  Pass& pass = *static_cast<Pass*>(context);
  pass.Found(pass.matcher.anchored_patterns_[literal], end);
}

void FieldMatcher::Pass::Found(const Sought& sought, std::size_t end) {
  if (!(sought.cased ? with_cased : with_caseless)) return;
  const bool at_start = end == sought.bytes;
  const bool at_end = end == text_size;
  for (std::uint32_t i = sought.begin; i < sought.end; ++i) {
    const Reaction& reaction = matcher.reactions_[i];
    if (Holds(reaction.anchor, at_start, at_end)) {
      fired.Insert(Index(reaction.predicate));
    }
  }
}

void FieldMatcher::MatchBytePattern(const Pattern& pattern,
                                    std::string_view text,
                                    SparseBitset& fired) {
  if (text.empty()) return;
  const char byte = pattern.literal.front();
  const auto is_byte = [&pattern, byte](char c) {
    return (pattern.cased ? c : FoldAscii(c)) == byte;
  };
  bool anywhere = text.find(byte) != std::string_view::npos;
  if (!anywhere && !pattern.cased && byte >= 'a' && byte <= 'z') {
    anywhere = text.find(static_cast<char>(byte - 'a' + 'A')) !=
               std::string_view::npos;
  }
  if (!anywhere) return;
  for (const Reaction& reaction : pattern.reactions) {
    if (Holds(reaction.anchor, is_byte(text.front()), is_byte(text.back()))) {
      fired.Insert(Index(reaction.predicate));
    }
  }
}

void FieldMatcher::AddFilter() {
  if (!byte_patterns_.empty() || !anchored_.is_empty()) return;
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
      !plan_->on_presence.empty() || !anchored_.is_empty()) {
    return true;
  }
  if (filter_.is_active()) return MayFireNearFragments(texts, scratch);
  // Characters beyond ASCII may fold to one of a literal.
  if (has_caseless_ && !IsAscii(texts)) return true;
  for (const Pattern* pattern : byte_patterns_) {
    const char byte = pattern->literal.front();
    const auto is_byte = [pattern, byte](char c) {
      return (pattern->cased ? c : FoldAscii(c)) == byte;
    };
    if (std::any_of(texts.begin(), texts.end(), is_byte)) return true;
  }
  return FindsLiteral(texts, scratch);
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
    HS_ASSIGN_OR_RETURN(const bool found,
                        FindsLiteral(texts.substr(from, size), scratch));
    if (found) return true;
    begin = place.group + kGroup;
    if (margin <= kGroup) continue;
    beyond_ascii = beyond_ascii || !IsAscii(texts.substr(from));
    break;
  }
  return has_caseless_ && beyond_ascii && HasAsciiFold(texts);
}

absl::StatusOr<bool> FieldMatcher::FindsLiteral(std::string_view text,
                                                MatchScratch& scratch) const {
  if (!database_.has_value()) return false;
  bool found = false;
  HS_RETURN_IF_ERROR(database_->Scan(
      text, scratch.literals,
      [](void* any, std::uint32_t, std::size_t) {
        *static_cast<bool*>(any) = true;
      },
      &found));
  return found;
}

bool FieldMatcher::MayFireOn(Event event, MatchScratch& scratch) const {
  if (empty_) return false;
  return !filter_.is_active() || !all_anywhere_ || key_lengths_ != 0 ||
         !plan_->on_text.empty() || !plan_->on_presence.empty() ||
         TextsMayHold(filter_, event, scratch.joined);
}

absl::Status FieldMatcher::MatchAll(std::span<const EventValue> values,
                                    MatchScratch& scratch) const {
  // Anchors need the values one by one; so do equal values, which keywords
  // hardly ever ask for.
  if (!all_anywhere_ || key_lengths_ != 0) {
    for (const EventValue& value : values) {
      HS_RETURN_IF_ERROR(Match(value, scratch));
    }
    return absl::OkStatus();
  }
  const std::string_view texts = scratch.joined.text();
  if (texts.empty()) return absl::OkStatus();
  for (PredicateId id : plan_->on_text) scratch.fired.Insert(Index(id));
  if (plan_->patterns.empty()) return absl::OkStatus();
  const bool is_ascii = scratch.joined.is_ascii();
  if (CanFilter(is_ascii, texts) && !filter_.MayHold(texts)) {
    return absl::OkStatus();
  }
  return MatchPatterns(texts, is_ascii, scratch);
}

}  // namespace hypersigma::internal
