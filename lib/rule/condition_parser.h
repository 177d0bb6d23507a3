// Parses a condition: names, brackets, `and`, `or`, `not`, `x of y`.
// Source: Sigma rules specification, "Condition"; design document "semantics",
// 7.

#ifndef HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_

#include <optional>
#include <string_view>

#include "lib/rule/ast.h"
#include "lib/rule/reporter.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Returns whether a condition can name a selection `name` outright: letters,
// digits, `_` and `-`, and not one of the words with a meaning of their own.
bool IsConditionIdentifier(std::string_view name);

// Parses the string `condition` and reports what is wrong with it; nullopt
// after an error. Cost: linear in the text and in the names that its
// quantifiers look at, which are limited.
std::optional<Condition> ParseCondition(const YamlNode& condition,
                                        const SelectionNames& names,
                                        Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_
