// Sigma strings.

#include "lib/rule/sigma_string.h"

#include <algorithm>
#include <cstddef>

namespace hypersigma::internal {

namespace {

// The position of the `%` that ends the placeholder at `begin`, or npos.
std::size_t EndOfPlaceholder(std::string_view source, std::size_t begin) {
  const std::size_t end = source.find('%', begin + 1);
  return end == begin + 1 ? std::string_view::npos : end;
}

SigmaString ParseEscaped(std::string_view source, bool has_placeholders) {
  const std::string_view escapable = has_placeholders ? "*?\\%" : "*?\\";
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
    } else if (byte == '\\' && i + 1 < source.size() &&
               escapable.find(source[i + 1]) != std::string_view::npos) {
      literal.push_back(source[++i]);
    } else if (byte == '%' && has_placeholders &&
               EndOfPlaceholder(source, i) != std::string_view::npos) {
      flush();
      const std::size_t end = EndOfPlaceholder(source, i);
      result.AppendPlaceholder(source.substr(i + 1, end - i - 1));
      i = end;
    } else {
      literal.push_back(byte);
    }
  }
  flush();
  return result;
}

}  // namespace

SigmaString SigmaString::Parse(std::string_view source) {
  return ParseEscaped(source, /*has_placeholders=*/false);
}

SigmaString SigmaString::ParseWithPlaceholders(std::string_view source) {
  return ParseEscaped(source, /*has_placeholders=*/true);
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

void SigmaString::AppendPlaceholder(std::string_view name) {
  parts_.push_back({PatternPart::Kind::kPlaceholder, std::string(name)});
}

void SigmaString::Append(const PatternPart& part) {
  switch (part.kind) {
    case PatternPart::Kind::kLiteral:
      return AppendLiteral(part.literal);
    case PatternPart::Kind::kAnyRun:
      return AppendAnyRun();
    case PatternPart::Kind::kAnyOne:
    case PatternPart::Kind::kAnyDash:
    case PatternPart::Kind::kPlaceholder:
      parts_.push_back(part);
      return;
  }
}

void SigmaString::Append(const SigmaString& other) {
  for (const PatternPart& part : other.parts_) Append(part);
}

bool SigmaString::has_wildcard() const {
  return std::any_of(parts_.begin(), parts_.end(), [](const PatternPart& part) {
    return part.kind != PatternPart::Kind::kLiteral;
  });
}

std::string_view SigmaString::literal() const {
  return parts_.empty() ? std::string_view() : parts_.front().literal;
}

std::size_t SigmaString::byte_count() const {
  std::size_t bytes = sizeof(SigmaString);
  for (const PatternPart& part : parts_) {
    bytes += sizeof(PatternPart) + part.literal.size();
  }
  return bytes;
}

}  // namespace hypersigma::internal
