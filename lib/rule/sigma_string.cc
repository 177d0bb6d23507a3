// Sigma strings.

#include "lib/rule/sigma_string.h"

#include <algorithm>
#include <cstddef>

namespace hypersigma::internal {

SigmaString SigmaString::Parse(std::string_view source) {
  SigmaString result;
  std::string literal;
  const auto flush = [&] {
    result.AppendLiteral(literal);
    literal.clear();
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char byte = source[i];
    if (byte == '*') {
      flush();
      result.AppendAnyRun();
    } else if (byte == '?') {
      flush();
      result.AppendAnyOne();
    } else {
      const bool escapes = byte == '\\' && i + 1 < source.size() &&
                           (source[i + 1] == '*' || source[i + 1] == '?' ||
                            source[i + 1] == '\\');
      literal.push_back(escapes ? source[++i] : byte);
    }
  }
  flush();
  return result;
}

SigmaString SigmaString::Literal(std::string_view text) {
  SigmaString result;
  result.AppendLiteral(text);
  return result;
}

void SigmaString::AppendLiteral(std::string_view text) {
  if (text.empty()) return;
  if (!parts_.empty() && parts_.back().kind == PatternPart::Kind::kLiteral) {
    parts_.back().literal.append(text);
    return;
  }
  PatternPart part;
  part.literal = std::string(text);
  parts_.push_back(std::move(part));
}

void SigmaString::AppendAnyRun() {
  if (!parts_.empty() && parts_.back().kind == PatternPart::Kind::kAnyRun) {
    return;
  }
  parts_.push_back({PatternPart::Kind::kAnyRun, {}});
}

void SigmaString::AppendAnyOne() {
  parts_.push_back({PatternPart::Kind::kAnyOne, {}});
}

void SigmaString::AppendAnyDash() {
  parts_.push_back({PatternPart::Kind::kAnyDash, {}});
}

void SigmaString::Append(const SigmaString& other) {
  for (const PatternPart& part : other.parts_) {
    switch (part.kind) {
      case PatternPart::Kind::kLiteral:
        AppendLiteral(part.literal);
        break;
      case PatternPart::Kind::kAnyRun:
        AppendAnyRun();
        break;
      case PatternPart::Kind::kAnyOne:
        AppendAnyOne();
        break;
      case PatternPart::Kind::kAnyDash:
        AppendAnyDash();
        break;
    }
  }
}

bool SigmaString::has_wildcard() const {
  return std::any_of(parts_.begin(), parts_.end(), [](const PatternPart& part) {
    return part.kind != PatternPart::Kind::kLiteral;
  });
}

std::string_view SigmaString::literal() const {
  return parts_.empty() ? std::string_view() : parts_.front().literal;
}

}  // namespace hypersigma::internal
