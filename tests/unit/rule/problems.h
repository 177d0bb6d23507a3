// Diagnostics as short text, for literal expectations.

#ifndef HYPERSIGMA_TESTS_UNIT_RULE_PROBLEMS_H_
#define HYPERSIGMA_TESTS_UNIT_RULE_PROBLEMS_H_

#include <string>
#include <vector>

#include "hypersigma/diagnostic.h"

namespace hypersigma::internal {

// Returns "line:column severity: message" for each; a kStrictWarning is called
// "strict".
inline std::vector<std::string> Problems(
    const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : diagnostics) {
    const std::string severity =
        diagnostic.severity == Severity::kStrictWarning
            ? "strict"
            : std::string(SeverityName(diagnostic.severity));
    problems.push_back(std::to_string(diagnostic.line) + ":" +
                       std::to_string(diagnostic.column) + " " + severity +
                       ": " + diagnostic.message);
  }
  return problems;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_RULE_PROBLEMS_H_
