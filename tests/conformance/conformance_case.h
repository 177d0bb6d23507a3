// One case of the conformance suite, from our YAML files or from JSON files of
// the shared sample. tests/conformance/README.md describes the format.

#ifndef HYPERSIGMA_TESTS_CONFORMANCE_CONFORMANCE_CASE_H_
#define HYPERSIGMA_TESTS_CONFORMANCE_CONFORMANCE_CASE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/reference/pattern.h"

namespace hypersigma::conformance {

struct Case {
  // What loading must say. What is refused under strict loading only is judged
  // as lenient loading takes it.
  enum class Loading { kLoads, kRefused, kRefusedIfStrict };

  std::string id;
  std::string rules;  // YAML, one or more documents
  Loading loading = Loading::kLoads;
  std::vector<std::string> events;            // JSON texts
  std::vector<std::set<std::string>> expect;  // titles, one set an event
  reference::Placeholders placeholders;
  // Documents that load as degraded; JSON cases do not say.
  std::optional<std::uint32_t> degraded;
  // Parts of diagnostics that loading gives.
  std::vector<std::string> says;
  // Whether it is about firings over time, which this runner does not judge.
  bool is_correlation = false;
};

absl::StatusOr<std::vector<Case>> ParseYamlCases(std::string_view file,
                                                 std::string_view yaml);

absl::StatusOr<std::vector<Case>> ParseJsonCases(std::string_view json);

}  // namespace hypersigma::conformance

#endif  // HYPERSIGMA_TESTS_CONFORMANCE_CONFORMANCE_CASE_H_
