// Words of conditions.

#include "lib/rule/condition_words.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "lib/base/text.h"
#include "lib/rule/condition_lexer.h"

namespace hypersigma::internal {
namespace {

using Token = ConditionToken;

constexpr std::array<std::string_view, 3> kOperators{"and", "or", "not"};
constexpr std::array<std::string_view, 7> kReserved{"and",  "or",  "not", "of",
                                                    "them", "any", "all"};

}  // namespace

bool IsReservedWord(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

std::optional<std::string_view> OperatorInOtherCase(std::string_view word) {
  for (const std::string_view name : kOperators) {
    if (word != name && word.size() == name.size() &&
        std::equal(word.begin(), word.end(), name.begin(),
                   [](char a, char b) { return FoldAscii(a) == b; })) {
      return name;
    }
  }
  return std::nullopt;
}

bool IsConditionIdentifier(std::string_view name) {
  const std::vector<Token> tokens = SplitCondition(name);
  return tokens.size() == 2 && tokens[0].kind == Token::Kind::kWord &&
         tokens[0].text == name && !IsReservedWord(name) &&
         name.find('*') == std::string_view::npos;
}

std::vector<std::string_view> NamesInCondition(std::string_view condition) {
  std::vector<std::string_view> names;
  absl::flat_hash_set<std::string_view> seen;
  for (const Token& token : SplitCondition(condition)) {
    if (token.kind == Token::Kind::kWord && !IsReservedWord(token.text) &&
        token.text.find('*') == std::string_view::npos &&
        !OperatorInOtherCase(token.text).has_value() &&
        seen.insert(token.text).second) {
      names.push_back(token.text);
    }
  }
  return names;
}

}  // namespace hypersigma::internal
