// What the tests of limits share: rules as text, and what became of them.

#ifndef HYPERSIGMA_TESTS_LIMITS_LIMITS_SUPPORT_H_
#define HYPERSIGMA_TESTS_LIMITS_LIMITS_SUPPORT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {

// Returns `text` `count` times.
std::string Repeat(std::string_view text, std::size_t count);

// Returns a rule with this text under `detection:`, lines indented by two.
std::string RuleText(std::string_view detection);

// Returns a rule with one selection of one item, e.g. "f|contains: x".
std::string ItemRule(std::string_view item);

// Returns "refused: message" or "loaded: message" of each diagnostic, or only
// the status of a document without any.
std::vector<std::string> Outcomes(const LoadReport& report);
std::vector<std::string> LoadOutcomes(std::string_view yaml,
                                      const RuleSetOptions& options = {});

// Compiles rules that all load. Adds a test failure when they do not.
Engine BuildEngine(std::string_view yaml);

// What one event is to the engine's only rule.
enum class Verdict { kMatch, kNoMatch, kUndecided, kError };
Verdict ScanOne(const Engine& engine, std::string_view json);

}  // namespace hypersigma

#endif  // HYPERSIGMA_TESTS_LIMITS_LIMITS_SUPPORT_H_
