// Random events, built from values that satisfy rules.

#ifndef HYPERSIGMA_TESTS_SUPPORT_EVENT_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_EVENT_GENERATOR_H_

#include <vector>

#include "lib/reference/json_value.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::generator {

// Returns an object whose fields hold examples of a few of the rules, some of
// them changed: nested or dotted, in arrays, under duplicate keys.
reference::JsonValue RandomEvent(const std::vector<GeneratedRule>& rules,
                                 Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_EVENT_GENERATOR_H_
