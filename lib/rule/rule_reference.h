// How filters and correlations name other rules: by id or by name.
// Source: design document "semantics", 8.2 and 9.1.

#ifndef HYPERSIGMA_LIB_RULE_RULE_REFERENCE_H_
#define HYPERSIGMA_LIB_RULE_RULE_REFERENCE_H_

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/source.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// What a reference leads to: a position in RuleSet::rules() or in
// RuleSet::correlations().
struct RuleTarget {
  enum class Kind : std::uint8_t { kRule, kCorrelation };
  Kind kind = Kind::kRule;
  std::uint32_t index = 0;

  friend auto operator<=>(const RuleTarget&, const RuleTarget&) = default;
};

struct RuleReference {
  std::string text;  // the id or name as written
  SourceRange range;
  // Ascending. More than one where several rules have the id or name.
  std::vector<RuleTarget> targets;
};

// Parses the value of `rules`: a list of ids and names, or one of them.
// `targets` are left empty. Reports what is neither.
std::vector<RuleReference> ParseRuleReferences(const YamlNode& node,
                                               Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_REFERENCE_H_
