#include "lib/catalog/explain_spans.h"

#include <algorithm>
#include <string>
#include <vector>

#include "lib/base/text.h"
#include "lib/engine/glob.h"

namespace hypersigma::internal {
namespace {

using Kind = PatternPart::Kind;

TextFinding At(std::optional<ByteSpan> span) {
  if (!span.has_value()) return {};
  return {Truth::kTrue, *span};
}

bool BeginsOpen(const std::vector<PatternPart>& glob) {
  return !glob.empty() && glob.front().kind == Kind::kAnyRun;
}
bool EndsOpen(const std::vector<PatternPart>& glob) {
  return !glob.empty() && glob.back().kind == Kind::kAnyRun;
}

// Where characters begin, and the end.
std::vector<std::size_t> Boundaries(std::string_view text) {
  std::vector<std::size_t> boundaries = {0};
  for (std::size_t at = 0; at < text.size();) {
    at += DecodeCodePoint(text.substr(at)).byte_count;
    boundaries.push_back(at);
  }
  return boundaries;
}

// Returns the least of the cuts that has `property`, which all cuts behind it
// have, too. REQUIRES: the last one has it.
template <typename Property>
std::size_t FirstCut(const std::vector<std::size_t>& cuts,
                     const Property& property) {
  return *std::partition_point(
      cuts.begin(), cuts.end() - 1,
      [&property](std::size_t cut) { return !property(cut); });
}

// The place of a glob that matches `text`.
ByteSpan GlobSpan(const std::vector<PatternPart>& glob, std::string_view text) {
  const std::vector<std::size_t> cuts = Boundaries(text);
  // What cannot be told within the limit counts as no match: the place is then
  // longer than it need be, and still one that matches.
  const auto matches = [](std::span<const PatternPart> parts,
                          std::string_view part_of_text) {
    return GlobMatches(parts, part_of_text).value_or(false);
  };
  ByteSpan span{0, text.size()};
  if (EndsOpen(glob)) {
    span.end = FirstCut(cuts, [&](std::size_t end) {
      return matches(glob, text.substr(0, end));
    });
  }
  if (!BeginsOpen(glob)) return span;
  const std::string_view before_end = text.substr(0, span.end);
  const auto end = std::find(cuts.begin(), cuts.end(), span.end);
  const auto begins =
      std::partition_point(cuts.begin() + 1, end + 1, [&](std::size_t begin) {
        return matches(glob, before_end.substr(begin));
      });
  span.begin = *(begins - 1);
  return span;
}

TextFinding FindGlob(const std::vector<PatternPart>& glob,
                     std::string_view text) {
  const std::optional<bool> matches = GlobMatches(glob, text);
  if (!matches.has_value()) return {Truth::kUndecided, {}};
  if (!*matches) return {};
  return {Truth::kTrue, GlobSpan(glob, text)};
}

}  // namespace

std::optional<ByteSpan> FindRelated(FieldRelation relation,
                                    std::string_view text,
                                    std::string_view other) {
  const auto if_true = [](bool holds,
                          ByteSpan span) -> std::optional<ByteSpan> {
    if (!holds) return std::nullopt;
    return span;
  };
  switch (relation) {
    case FieldRelation::kEquals:
      return if_true(text == other, {0, text.size()});
    case FieldRelation::kStartsWith:
      return if_true(text.starts_with(other), {0, other.size()});
    case FieldRelation::kEndsWith:
      return if_true(text.ends_with(other),
                     {text.size() - other.size(), text.size()});
    case FieldRelation::kContains: {
      const std::size_t at = FindText(text, other);
      return if_true(at != std::string_view::npos, {at, at + other.size()});
    }
  }
  return std::nullopt;
}

TextFinding FindInText(const Predicate& predicate, std::string_view text) {
  const std::string_view operand = predicate.operand;
  switch (predicate.op) {
    case Operator::kEquals:
      return At(FindRelated(FieldRelation::kEquals, text, operand));
    case Operator::kStartsWith:
      return At(FindRelated(FieldRelation::kStartsWith, text, operand));
    case Operator::kEndsWith:
      return At(FindRelated(FieldRelation::kEndsWith, text, operand));
    case Operator::kContains:
      return At(FindRelated(FieldRelation::kContains, text, operand));
    case Operator::kGlob:
      return FindGlob(predicate.glob, text);
    default:  // kAnyText
      return {Truth::kTrue, {0, text.size()}};
  }
}

ByteSpan UnfoldSpan(std::string_view text, ByteSpan span) {
  if (IsAscii(text)) return span;
  ByteSpan unfolded{text.size(), text.size()};
  std::string folded;
  std::size_t folded_at = 0;
  for (std::size_t at = 0; at < text.size() && folded_at <= span.end;) {
    if (folded_at == span.begin) unfolded.begin = at;
    if (folded_at == span.end) unfolded.end = at;
    const std::size_t length = DecodeCodePoint(text.substr(at)).byte_count;
    folded.clear();
    AppendFolded(text.substr(at, length), &folded);
    folded_at += folded.size();
    at += length;
  }
  return unfolded;
}

}  // namespace hypersigma::internal
