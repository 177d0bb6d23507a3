// Parses a condition: names, brackets, `and`, `or`, `not`, `x of y`.
// Source: Sigma rules specification, "Condition"; design document "semantics",
// 7 and, for correlations, 9.8.

#ifndef HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_
#define HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_

#include <cstdint>
#include <optional>

#include "lib/rule/ast.h"
#include "lib/rule/reporter.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// What the names of a condition stand for. Over rules, in the extended
// condition of a correlation, there are no quantifiers and patterns.
enum class ConditionOver : std::uint8_t { kSelections, kRules };

// Parses the string `condition` and reports what is wrong with it; nullopt
// after an error. Cost: linear in the text and in the names that its
// quantifiers look at, which are limited.
std::optional<Condition> ParseCondition(
    const YamlNode& condition, const SelectionNames& names, Reporter& reporter,
    ConditionOver over = ConditionOver::kSelections);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_CONDITION_PARSER_H_
