#include "lib/engine/keyword_prefilter.h"

#include <cstddef>
#include <string>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma::internal {
namespace {

// A part of `text` that libhs takes, where `text` is too much for it.
std::string PieceOf(std::string text) {
  if (text.size() > kMaxLiteralBytes) text.resize(kMaxLiteralBytes);
  const std::size_t other = text.find_last_not_of(text.back());
  const std::size_t begin = other == std::string::npos ? 0 : other + 1;
  if (text.size() - begin > kMaxLiteralTailRun) {
    text.resize(begin + kMaxLiteralTailRun);
  }
  return text;
}

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

}  // namespace

absl::StatusOr<KeywordPrefilter> KeywordPrefilter::Build(
    const KeywordPlan& keywords, const DatabaseSource& source) {
  KeywordPrefilter prefilter;
  prefilter.has_untriggered_ = keywords.has_untriggered;
  prefilter.AddUntold(keywords.plan);
  std::vector<Literal> literals;
  for (const Pattern& pattern : keywords.plan.patterns) {
    if (!IsTold(pattern)) continue;
    const Told& told = prefilter.told_.emplace_back(
        Told{Escaped(pattern.literal), pattern.cased, pattern.reactions});
    literals.push_back({PieceOf(told.escaped), told.cased, /*once=*/true});
  }
  if (literals.empty()) return prefilter;
  prefilter.fragments_ = FragmentFilter::For(literals);
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
  found.literals.push_back({&prefilter, literal, end});
  for (const Reaction& reaction : prefilter.told_[literal].reactions) {
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
  return database_->Scan(json, scratch, &KeywordPrefilter::OnLiteral, &search);
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
