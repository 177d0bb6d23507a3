#include "lib/pipeline/plain_text.h"

namespace hypersigma::internal {
namespace {

using Kind = PatternPart::Kind;

bool IsWildcard(char c) { return c == '*' || c == '?'; }

}  // namespace

PlainText::PlainText(const SigmaString& pattern) {
  for (const PatternPart& part : pattern.parts()) {
    switch (part.kind) {
      case Kind::kAnyRun:
        Add("*", Byte::kWildcard);
        break;
      case Kind::kAnyOne:
        Add("?", Byte::kWildcard);
        break;
      case Kind::kAnyDash:
        Add("-", Byte::kDash);
        break;
      case Kind::kLiteral:
      case Kind::kPlaceholder:
        for (const char c : part.literal) {
          if (IsWildcard(c)) Add("\\", Byte::kEscape);
          Add({&c, 1}, Byte::kLiteral);
        }
        break;
    }
  }
}

void PlainText::Add(std::string_view text, Byte kind) {
  text_.append(text);
  kinds_.resize(text_.size(), kind);
}

void PlainText::AppendTo(std::size_t begin, std::size_t end,
                         SigmaString& pattern) const {
  std::string literal;
  const auto flush = [&] {
    pattern.AppendLiteral(literal);
    literal.clear();
  };
  for (std::size_t i = begin; i < end; ++i) {
    switch (kinds_[i]) {
      case Byte::kLiteral:
        literal.push_back(text_[i]);
        break;
      case Byte::kEscape:
        break;
      case Byte::kDash:
        flush();
        pattern.AppendAnyDash();
        break;
      case Byte::kWildcard:
        flush();
        if (text_[i] == '*') {
          pattern.AppendAnyRun();
        } else {
          pattern.AppendAnyOne();
        }
        break;
    }
  }
  flush();
}

std::string PlainTextOf(const SigmaString& pattern) {
  return PlainText(pattern).text();
}

void AppendWithWildcards(std::string_view text, SigmaString& pattern) {
  std::string literal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes =
        text[i] == '\\' && i + 1 < text.size() && IsWildcard(text[i + 1]);
    if (escapes) {
      literal.push_back(text[++i]);
    } else if (IsWildcard(text[i])) {
      pattern.AppendLiteral(literal);
      literal.clear();
      if (text[i] == '*') {
        pattern.AppendAnyRun();
      } else {
        pattern.AppendAnyOne();
      }
    } else {
      literal.push_back(text[i]);
    }
  }
  pattern.AppendLiteral(literal);
}

std::string SigmaTextOf(const SigmaString& pattern) {
  std::string text;
  // A backslash is doubled where it would escape what follows it.
  const auto append = [&text](char c, bool is_literal) {
    const bool is_special = IsWildcard(c) || c == '\\';
    if (is_special && !text.empty() && text.back() == '\\') {
      text.push_back('\\');
    }
    if (is_literal && IsWildcard(c)) text.push_back('\\');
    text.push_back(c);
  };
  for (const PatternPart& part : pattern.parts()) {
    switch (part.kind) {
      case Kind::kAnyRun:
        append('*', false);
        break;
      case Kind::kAnyOne:
        append('?', false);
        break;
      case Kind::kAnyDash:
        append('-', false);
        break;
      case Kind::kLiteral:
      case Kind::kPlaceholder:
        for (const char c : part.literal) append(c, true);
        break;
    }
  }
  return text;
}

}  // namespace hypersigma::internal
