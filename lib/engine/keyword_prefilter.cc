#include "lib/engine/keyword_prefilter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

// The text as JSON writes it between quotes.
std::string Escaped(std::string_view text) {
  std::string quoted;
  AppendJsonString(text, &quoted);
  return quoted.substr(1, quoted.size() - 2);
}

void OnLiteral(void* may_fire, std::uint32_t /*literal*/, std::size_t /*end*/) {
  *static_cast<bool*>(may_fire) = true;
}

}  // namespace

absl::StatusOr<KeywordPrefilter> KeywordPrefilter::Build(
    const KeywordPlan& keywords, const DatabaseSource& source) {
  KeywordPrefilter prefilter;
  const FieldPlan& plan = keywords.plan;
  if (keywords.has_untriggered || !plan.equalities.empty() ||
      !plan.on_presence.empty() || !plan.on_text.empty()) {
    return prefilter;
  }
  std::vector<Literal> literals;
  for (const Pattern& pattern : plan.patterns) {
    // Only ASCII is folded by libhs.
    if (!IsAscii(pattern.literal) && !pattern.cased) return prefilter;
    if (pattern.literal.size() < 2) return prefilter;
    literals.push_back(
        {PieceOf(Escaped(pattern.literal)), pattern.cased, /*once=*/true});
  }
  prefilter.is_usable_ = true;
  if (literals.empty()) return prefilter;
  prefilter.fragments_ = FragmentFilter::For(literals);
  HS_ASSIGN_OR_RETURN(prefilter.database_, source.Make(literals));
  return prefilter;
}

absl::StatusOr<bool> KeywordPrefilter::MayFire(std::string_view json,
                                               LiteralScratch& scratch) const {
  if (!database_.has_value() || !fragments_.MayHold(json)) return false;
  bool may_fire = false;
  HS_RETURN_IF_ERROR(database_->Scan(json, scratch, &OnLiteral, &may_fire));
  return may_fire;
}

}  // namespace hypersigma::internal
