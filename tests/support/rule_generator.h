// Random Sigma rules as YAML text, each with values that probably satisfy it.

#ifndef HYPERSIGMA_TESTS_SUPPORT_RULE_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_RULE_GENERATOR_H_

#include <string>
#include <vector>

#include "tests/support/item_generator.h"
#include "tests/support/random.h"

namespace hypersigma::generator {

struct GeneratedRule {
  std::string yaml;  // one document, ends with a newline
  std::vector<Example> examples;
};

// Returns a rule that loads without strictness. The values of placeholders are
// GeneratedPlaceholders().
GeneratedRule RandomRule(const std::string& title, Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_RULE_GENERATOR_H_
