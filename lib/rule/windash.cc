// Flag dashes.

#include "lib/rule/windash.h"

#include <algorithm>
#include <string>

#include "lib/base/limits.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

bool IsDash(std::string_view character) {
  return std::find(kDashes.begin(), kDashes.end(), character) != kDashes.end();
}

// A literal run cut at its flag dashes: pieces[0] dash pieces[1] dash ...
std::vector<std::string> SplitAtFlagDashes(std::string_view run) {
  std::vector<std::string> pieces(1);
  bool after_word = false;
  while (!run.empty()) {
    const CodePoint code_point = DecodeCodePoint(run);
    const std::string_view character = run.substr(0, code_point.byte_count);
    run.remove_prefix(code_point.byte_count);
    const bool before_word =
        !run.empty() && IsWordCodePoint(DecodeCodePoint(run).value);
    if (!after_word && before_word && IsDash(character)) {
      pieces.emplace_back();
    } else {
      pieces.back().append(character);
    }
    after_word = IsWordCodePoint(code_point.value);
  }
  return pieces;
}

// `value` with each flag dash as a part of its own.
SigmaString MarkFlagDashes(const SigmaString& value) {
  SigmaString marked;
  for (const PatternPart& part : value.parts()) {
    if (part.kind != PatternPart::Kind::kLiteral) {
      marked.Append(part);
      continue;
    }
    const std::vector<std::string> pieces = SplitAtFlagDashes(part.literal);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (i > 0) marked.AppendAnyDash();
      marked.AppendLiteral(pieces[i]);
    }
  }
  return marked;
}

}  // namespace

std::vector<SigmaString> ExpandWindash(const SigmaString& value) {
  const SigmaString marked = MarkFlagDashes(value);
  std::size_t variants = 1;
  for (const PatternPart& part : marked.parts()) {
    if (part.kind == PatternPart::Kind::kAnyDash) variants *= kDashes.size();
    if (variants > kMaxWindashVariants ||
        variants * marked.byte_count() > kMaxWindashBytes) {
      return {marked};
    }
  }
  std::vector<SigmaString> expanded(1);
  for (const PatternPart& part : marked.parts()) {
    if (part.kind != PatternPart::Kind::kAnyDash) {
      for (SigmaString& variant : expanded) variant.Append(part);
      continue;
    }
    std::vector<SigmaString> longer;
    longer.reserve(expanded.size() * kDashes.size());
    for (const SigmaString& variant : expanded) {
      for (std::string_view dash : kDashes) {
        longer.push_back(variant);
        longer.back().AppendLiteral(dash);
      }
    }
    expanded = std::move(longer);
  }
  return expanded;
}

}  // namespace hypersigma::internal
