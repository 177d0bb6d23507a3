// Words and brackets of conditions.

#include "lib/rule/condition_lexer.h"

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*';
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

ConditionToken TokenAt(std::string_view condition, std::size_t begin) {
  std::size_t size = 1;
  ConditionToken token;
  token.begin = begin;
  const char first = condition[begin];
  if (first == '(') {
    token.kind = ConditionToken::Kind::kOpen;
  } else if (first == ')') {
    token.kind = ConditionToken::Kind::kClose;
  } else if (IsWordByte(first)) {
    token.kind = ConditionToken::Kind::kWord;
    while (begin + size < condition.size() &&
           IsWordByte(condition[begin + size])) {
      ++size;
    }
  } else {
    token.kind = ConditionToken::Kind::kOther;
    size = DecodeCodePoint(condition.substr(begin)).byte_count;
  }
  token.text = condition.substr(begin, size);
  return token;
}

}  // namespace

std::vector<ConditionToken> SplitCondition(std::string_view condition) {
  std::vector<ConditionToken> tokens;
  std::size_t at = 0;
  while (at < condition.size()) {
    if (IsSpace(condition[at])) {
      ++at;
      continue;
    }
    tokens.push_back(TokenAt(condition, at));
    at += tokens.back().text.size();
  }
  ConditionToken end;
  end.begin = condition.size();
  tokens.push_back(end);
  return tokens;
}

}  // namespace hypersigma::internal
