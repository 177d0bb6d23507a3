// Which words of a condition have a meaning of their own, and which are names.
// Source: Sigma rules specification, "Condition"; design document "semantics",
// 7.1.

#ifndef HYPERSIGMA_LIB_RULE_CONDITION_WORDS_H_
#define HYPERSIGMA_LIB_RULE_CONDITION_WORDS_H_

#include <optional>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

// Returns whether `word` is one of and, or, not, of, them, any, all.
bool IsReservedWord(std::string_view word);

// Returns the operator that `word` is in another case, e.g. "and" for "AND".
std::optional<std::string_view> OperatorInOtherCase(std::string_view word);

// Returns whether a condition can name a selection `name` outright: letters,
// digits, `_` and `-`, and not one of the words with a meaning of their own.
bool IsConditionIdentifier(std::string_view name);

// Returns the words of `condition` that may be names, each once, in order: not
// reserved, no pattern, no operator in another case.
std::vector<std::string_view> NamesInCondition(std::string_view condition);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CONDITION_WORDS_H_
