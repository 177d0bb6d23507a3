#include "lib/engine/keyword_prefilter.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/engine/fragment_choice.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma::internal {
namespace {

// Of literals this many bytes are sought at most: libhs tells texts by no more
// of their bytes, and by rare ones faster.
constexpr std::size_t kPieceBytes = 8;

// The text as a plain JSON text has it between quotes: there no other character
// is escaped but those that have to be.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      AppendControl(static_cast<unsigned char>(c), &escaped);
      continue;
    }
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Whether a plain JSON text that has the literal in a value has it as
// Escaped().
bool IsTold(const Pattern& pattern) {
  // libhs folds ASCII alone, and one byte is in every text.
  return pattern.literal.size() > 1 &&
         (pattern.cased || IsAscii(pattern.literal));
}

// From here on libhs takes longer than it takes to find where it is needed.
constexpr std::size_t kLongText = std::size_t{4} << 10;

// Calls `search` with parts of `json` in which all literals are that it has:
// where fragments are, and as much around them as a literal may be long. Where
// parts are many, the last one is the rest.
template <typename Search>
absl::Status SearchAround(const FragmentFilter& fragments,
                          std::string_view json, const Search& search) {
  constexpr int kMostParts = 16;
  const std::size_t around = fragments.longest_bytes();
  std::size_t next = fragments.FindUnpadded(json, 0).group;
  for (int part = 1; next < json.size(); ++part) {
    const std::size_t begin = next - std::min(next, around);
    std::size_t end = begin;
    while (next < json.size() && next <= end + around) {
      next = std::min(next + FragmentFilter::kGroup, json.size());
      end = std::min(next + around, json.size());
      next = fragments.FindUnpadded(json, next).group;
    }
    if (part == kMostParts) end = json.size();
    HS_RETURN_IF_ERROR(search(begin, json.substr(begin, end - begin)));
    if (end == json.size()) break;
  }
  return absl::OkStatus();
}

// Of the literals from `before` on, whose ends count from `begin`, keeps those
// that were not found before.
void KeepNew(std::vector<FoundKeywords::Literal>& literals,
             std::ptrdiff_t before, std::size_t begin) {
  if (begin == 0) return;
  const auto found = literals.begin() + before;
  const auto is_known = [&](FoundKeywords::Literal& literal) {
    literal.end += begin;
    return std::any_of(literals.begin(), found, [&](const auto& known) {
      return known.prefilter == literal.prefilter &&
             known.position == literal.position;
    });
  };
  literals.erase(std::remove_if(found, literals.end(), is_known),
                 literals.end());
}

}  // namespace

absl::StatusOr<KeywordPrefilter> KeywordPrefilter::Build(
    const KeywordPlan& keywords, const WaitingKeywords& waiting,
    KeywordHalf half, const DatabaseSource& source) {
  KeywordPrefilter prefilter;
  if (half == KeywordHalf::kWakes) {
    prefilter.has_untriggered_ = keywords.has_untriggered;
    prefilter.AddUntold(keywords.plan);
  }
  std::vector<Literal> literals;
  for (const Pattern& pattern : keywords.plan.patterns) {
    if (!IsTold(pattern)) continue;
    std::vector<Reaction> reactions;
    std::copy_if(pattern.reactions.begin(), pattern.reactions.end(),
                 std::back_inserter(reactions), [&](const Reaction& reaction) {
                   return waiting.HalfOf(reaction.predicate) == half;
                 });
    if (reactions.empty()) continue;
    Told& told = prefilter.told_.emplace_back();
    told.escaped = Escaped(pattern.literal);
    told.cased = pattern.cased;
    told.reactions = std::move(reactions);
    literals.push_back({told.escaped, told.cased, /*once=*/true});
  }
  if (literals.empty()) return prefilter;
  prefilter.fragments_ = FragmentFilter::For(literals);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    std::string& bytes = literals[i].bytes;
    const std::size_t begin = FindRarestPiece(bytes, kPieceBytes);
    const std::size_t size = std::min(bytes.size(), kPieceBytes);
    prefilter.told_[i].bytes_behind = bytes.size() - size - begin;
    bytes = bytes.substr(begin, size);
  }
  HS_ASSIGN_OR_RETURN(prefilter.database_, source.Make(literals));
  return prefilter;
}

void KeywordPrefilter::AddUntold(const FieldPlan& plan) {
  for (const Pattern& pattern : plan.patterns) {
    if (IsTold(pattern)) continue;
    for (const Reaction& reaction : pattern.reactions) {
      untold_.push_back(Index(reaction.predicate));
    }
  }
  for (const Equality& equality : plan.equalities) {
    untold_.push_back(Index(equality.predicate));
  }
  for (const PredicateId predicate : plan.on_presence) {
    untold_.push_back(Index(predicate));
  }
  for (const PredicateId predicate : plan.on_text) {
    untold_.push_back(Index(predicate));
  }
}

void KeywordPrefilter::OnLiteral(void* search, std::uint32_t literal,
                                 std::size_t end) {
  const auto& [prefilter, found] = *static_cast<const Search*>(search);
  const Told& told = prefilter.told_[literal];
  found.literals.push_back({&prefilter, literal, end + told.bytes_behind});
  for (const Reaction& reaction : told.reactions) {
    found.predicates.Insert(Index(reaction.predicate));
  }
}

absl::Status KeywordPrefilter::Find(std::string_view json,
                                    LiteralScratch& scratch,
                                    FoundKeywords& found) const {
  for (const std::uint32_t predicate : untold_) {
    found.predicates.Insert(predicate);
    found.untold.Insert(predicate);
  }
  if (!database_.has_value() || !fragments_.MayHold(json)) {
    return absl::OkStatus();
  }
  Search search{*this, found};
  const auto look = [&](std::size_t begin, std::string_view part) {
    const auto before = static_cast<std::ptrdiff_t>(found.literals.size());
    absl::Status status =
        database_->Scan(part, scratch, &KeywordPrefilter::OnLiteral, &search);
    KeepNew(found.literals, before, begin);
    return status;
  };
  if (!fragments_.is_active() || json.size() < kLongText) return look(0, json);
  return SearchAround(fragments_, json, look);
}

Occurrence KeywordPrefilter::FindInValues(const FoundKeywords::Literal& literal,
                                          PredicateId predicate,
                                          const JsonTokenText& json) const {
  const Told& told = told_[literal.position];
  for (const Reaction& reaction : told.reactions) {
    if (reaction.predicate != predicate) continue;
    if (reaction.anchor != Anchor::kAnywhere) return Occurrence::kOpen;
    return internal::FindInValues(json, told.escaped, told.cased, literal.end);
  }
  return Occurrence::kNone;
}

}  // namespace hypersigma::internal
