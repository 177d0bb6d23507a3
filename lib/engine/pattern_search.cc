#include "lib/engine/pattern_search.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

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

}  // namespace

// One search of a text: what its callbacks need.
struct PatternSearch::Pass {
  void Found(const Sought& sought, std::size_t end) {
    if (!(sought.cased ? with_cased : with_caseless)) return;
    search.React(sought, end == sought.bytes, end == text_size, fired);
  }

  const PatternSearch& search;
  SparseBitset& fired;
  std::size_t text_size;
  bool with_cased;
  bool with_caseless;
  // Where a part of the text is searched: where it begins, and what remembers
  // what is found.
  std::size_t part_begin = 0;
  KnownText* known = nullptr;
};

absl::StatusOr<PatternSearch> PatternSearch::Build(
    std::span<const Pattern> patterns, const DatabaseSource& source) {
  PatternSearch search;
  const std::vector<Literal> literals = search.TakePatterns(patterns);
  HS_ASSIGN_OR_RETURN(search.database_, source.Make(literals));
  return search;
}

// Returns what libhs is to search for.
std::vector<Literal> PatternSearch::TakePatterns(std::span<const Pattern> all) {
  std::vector<const Pattern*> patterns;
  std::vector<Sought> sought;
  for (const Pattern& pattern : all) {
    const Sought reactions = AddReactions(pattern);
    (pattern.cased ? has_cased_ : has_caseless_) = true;
    if (pattern.literal.size() == 1) {
      byte_patterns_.push_back({pattern.literal.front(), reactions});
      continue;
    }
    patterns.push_back(&pattern);
    sought.push_back(reactions);
  }
  anchored_ = AnchoredLiterals(patterns);
  std::vector<Literal> literals;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (anchored_.Takes(i)) continue;
    literals.push_back(
        {patterns[i]->literal, sought[i].cased, sought[i].anywhere});
    literal_patterns_.push_back(sought[i]);
    longest_bytes_ = std::max(longest_bytes_, patterns[i]->literal.size());
  }
  if (!anchored_.is_empty()) anchored_patterns_ = std::move(sought);
  return literals;
}

PatternSearch::Sought PatternSearch::AddReactions(const Pattern& pattern) {
  const auto begin = static_cast<std::uint32_t>(reactions_.size());
  reactions_.insert(reactions_.end(), pattern.reactions.begin(),
                    pattern.reactions.end());
  const bool anywhere = std::all_of(
      reactions_.begin() + begin, reactions_.end(),
      [](const Reaction& r) { return r.anchor == Anchor::kAnywhere; });
  all_anywhere_ = all_anywhere_ && anywhere;
  return {static_cast<std::uint32_t>(pattern.literal.size()), pattern.cased,
          anywhere, begin, static_cast<std::uint32_t>(reactions_.size())};
}

absl::Status PatternSearch::Find(std::string_view text, bool is_ascii,
                                 MatchScratch& scratch,
                                 KnownText* known) const {
  const bool is_worth_knowing = known != nullptr && database_.has_value() &&
                                text.size() >= KnownText::kMinBytes &&
                                text.size() <= KnownText::kMaxBytes;
  if (is_ascii) {
    return FindIn(text, true, true, scratch,
                  is_worth_knowing ? known : nullptr);
  }
  // Beyond ASCII libhs does not fold: cased patterns are sought in the text as
  // it is, the others in its folded copy.
  if (has_cased_)
    HS_RETURN_IF_ERROR(FindIn(text, true, false, scratch, nullptr));
  if (!has_caseless_) return absl::OkStatus();
  scratch.folded.clear();
  AppendFolded(text, &scratch.folded);
  return FindIn(scratch.folded, false, true, scratch, nullptr);
}

absl::Status PatternSearch::FindIn(std::string_view text, bool with_cased,
                                   bool with_caseless, MatchScratch& scratch,
                                   KnownText* known) const {
  for (const BytePattern& pattern : byte_patterns_) {
    if (pattern.sought.cased ? with_cased : with_caseless) {
      FindByte(pattern, text, scratch.fired);
    }
  }
  Pass pass{*this, scratch.fired, text.size(), with_cased, with_caseless};
  if (!anchored_.is_empty()) {
    anchored_.Find(text, &PatternSearch::OnAnchored, &pass);
  }
  if (!database_.has_value()) return absl::OkStatus();
  if (known != nullptr) return FindLiterals(text, scratch, *known);
  return database_->Scan(text, scratch.literals, &PatternSearch::OnLiteral,
                         &pass);
}

// Searches the part of `text` in which an occurrence may be that is neither in
// what it has in common with the text before at the beginning, nor in that at
// the end.
absl::Status PatternSearch::FindLiterals(std::string_view text,
                                         MatchScratch& scratch,
                                         KnownText& known) const {
  KnownText::Common common = known.CommonWith(text);
  known.Begin();
  if (!Recall(common, text.size(), known)) {
    common = {};
    known.Begin();
  }
  Pass pass{*this, scratch.fired, text.size(), true, true, 0, &known};
  for (const KnownText::Found& found : known.next()) {
    pass.Found(literal_patterns_[found.literal], found.end);
  }
  const std::size_t margin = longest_bytes_ - 1;
  pass.part_begin = common.prefix - std::min(common.prefix, margin);
  const std::size_t end =
      std::min(text.size(), text.size() - common.suffix + margin);
  HS_RETURN_IF_ERROR(
      database_->Scan(text.substr(pass.part_begin, end - pass.part_begin),
                      scratch.literals, &PatternSearch::OnNewLiteral, &pass));
  known.End(text);
  return absl::OkStatus();
}

// Adds what is known to be in the two ends of a text of `text_size` bytes.
// Returns false when that cannot be told: of a literal that is reported once
// the occurrence that is known may be neither, and another is.
bool PatternSearch::Recall(KnownText::Common common, std::size_t text_size,
                           KnownText& known) const {
  const std::size_t known_size = known.text().size();
  for (const KnownText::Found& found : known.found()) {
    const Sought& sought = literal_patterns_[found.literal];
    if (found.end <= common.prefix) {
      known.Add(found);
    } else if (found.end - sought.bytes >= known_size - common.suffix) {
      known.Add({found.literal, found.end + text_size - known_size});
    } else if (sought.anywhere) {
      return false;
    }
  }
  return true;
}

void PatternSearch::OnNewLiteral(void* context, std::uint32_t literal,
                                 std::size_t end) {
  Pass& pass = *static_cast<Pass*>(context);
  end += pass.part_begin;
  pass.known->Add({literal, end});
  pass.Found(pass.search.literal_patterns_[literal], end);
}

void PatternSearch::OnLiteral(void* context, std::uint32_t literal,
                              std::size_t end) {
  Pass& pass = *static_cast<Pass*>(context);
  pass.Found(pass.search.literal_patterns_[literal], end);
}

void PatternSearch::OnAnchored(void* context, std::uint32_t literal,
                               std::size_t end) {
  Pass& pass = *static_cast<Pass*>(context);
  pass.Found(pass.search.anchored_patterns_[literal], end);
}

void PatternSearch::React(const Sought& sought, bool at_start, bool at_end,
                          SparseBitset& fired) const {
  for (std::uint32_t i = sought.begin; i < sought.end; ++i) {
    const Reaction& reaction = reactions_[i];
    if (Holds(reaction.anchor, at_start, at_end)) {
      fired.Insert(Index(reaction.predicate));
    }
  }
}

void PatternSearch::FindByte(const BytePattern& pattern, std::string_view text,
                             SparseBitset& fired) const {
  if (text.empty()) return;
  const char byte = pattern.byte;
  const bool cased = pattern.sought.cased;
  const auto is_byte = [cased, byte](char c) {
    return (cased ? c : FoldAscii(c)) == byte;
  };
  bool anywhere = text.find(byte) != std::string_view::npos;
  if (!anywhere && !cased && byte >= 'a' && byte <= 'z') {
    anywhere = text.find(static_cast<char>(byte - 'a' + 'A')) !=
               std::string_view::npos;
  }
  if (!anywhere) return;
  React(pattern.sought, is_byte(text.front()), is_byte(text.back()), fired);
}

bool PatternSearch::HasBytePattern(std::string_view text) const {
  return std::any_of(
      byte_patterns_.begin(), byte_patterns_.end(),
      [text](const BytePattern& pattern) {
        return std::any_of(text.begin(), text.end(), [&pattern](char c) {
          return (pattern.sought.cased ? c : FoldAscii(c)) == pattern.byte;
        });
      });
}

absl::StatusOr<bool> PatternSearch::HasLiteral(std::string_view text,
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

}  // namespace hypersigma::internal
