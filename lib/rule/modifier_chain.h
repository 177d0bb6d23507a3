// Reads the modifiers of a detection item and refuses chains without a meaning.
// Source: Sigma modifiers appendix; design document "semantics", 5.

#ifndef HYPERSIGMA_LIB_RULE_MODIFIER_CHAIN_H_
#define HYPERSIGMA_LIB_RULE_MODIFIER_CHAIN_H_

#include <string_view>
#include <vector>

#include "lib/rule/modifier.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// The modifiers of one item, split as in DetectionItem.
struct ModifierChain {
  std::vector<Modifier> modifiers;
  bool all = false;
  bool cased = false;
  bool neq = false;
  // False after an error: what the values must be is then unknown.
  bool is_valid = true;

  bool Has(Modifier modifier) const;
  // Return the first modifier of a kind, or null: one that says what the value
  // is (see IsOperator), one of lt, lte, gt, gte, a time part.
  const Modifier* FindOperator() const;
  const Modifier* FindComparison() const;
  const Modifier* FindTimePart() const;
};

// contains, startswith, endswith.
bool IsAffix(Modifier modifier);
// lt, lte, gt, gte.
bool IsComparison(Modifier modifier);
// minute, hour, day, week, month, year.
bool IsTimePart(Modifier modifier);
// re, cidr, exists, fieldref, comparisons, time parts: what makes a value
// something else than a text. At most one, but for a comparison after a time
// part.
bool IsOperator(Modifier modifier);

// Returns the field of the key `field|modifier|...`; empty for keywords.
std::string_view FieldOfKey(std::string_view key);

// Parses the modifiers of `key` and reports what is wrong with them.
ModifierChain ParseModifierChain(const YamlNode& key, Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_MODIFIER_CHAIN_H_
