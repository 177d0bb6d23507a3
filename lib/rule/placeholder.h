// Replaces the placeholders of values under the modifier `expand`.
// Source: Sigma modifiers appendix, "expand"; design document "semantics", 5.2.

#ifndef HYPERSIGMA_LIB_RULE_PLACEHOLDER_H_
#define HYPERSIGMA_LIB_RULE_PLACEHOLDER_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// Name to Sigma strings, as in RuleSetOptions.
using PlaceholderValues =
    std::map<std::string, std::vector<std::string>, std::less<>>;

struct Expansion {
  // The cross product, the values of the last placeholder changing fastest.
  // Empty when something below is set.
  std::vector<SigmaString> patterns;
  // Names without values, each once, as written.
  std::vector<std::string> missing;
  // The product is over kMaxExpansions, or over kMaxYamlBytes of memory.
  bool is_too_large = false;
};

// Returns every way to replace the placeholders of `pattern`.
Expansion ExpandPlaceholders(const SigmaString& pattern,
                             const PlaceholderValues& values);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_PLACEHOLDER_H_
