// Splits a condition into words and brackets.

#ifndef HYPERSIGMA_LIB_RULE_CONDITION_LEXER_H_
#define HYPERSIGMA_LIB_RULE_CONDITION_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

struct ConditionToken {
  enum class Kind : std::uint8_t { kWord, kOpen, kClose, kOther, kEnd };
  Kind kind = Kind::kEnd;
  std::string_view text;
  std::size_t begin = 0;  // byte in the condition

  bool IsWord(std::string_view word) const {
    return kind == Kind::kWord && text == word;
  }
};

// Returns the tokens; the last one is kEnd. A word is a run of letters, digits,
// `_`, `-` and `*`; blanks, tabs and newlines separate; kOther is one code
// point that has no place in a condition.
std::vector<ConditionToken> SplitCondition(std::string_view condition);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CONDITION_LEXER_H_
