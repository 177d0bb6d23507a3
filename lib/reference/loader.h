// From YAML nodes to one rule, as the library loads it without strictness.
// Source: design document "semantics", 1 and 2.

#ifndef HYPERSIGMA_LIB_REFERENCE_LOADER_H_
#define HYPERSIGMA_LIB_REFERENCE_LOADER_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/pattern.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {

// Makes a detection rule. Errors: kInvalidArgument when it must be refused;
// kNotFound for a placeholder without values; kResourceExhausted past a limit;
// kUnimplemented for correlations, filters and legacy collections, which take a
// whole rule set.
absl::StatusOr<ReferenceRule> MakeReferenceRule(
    const internal::YamlNode& document, const Placeholders& placeholders = {});

// The same for the only document of `yaml`.
absl::StatusOr<ReferenceRule> ParseReferenceRule(
    std::string_view yaml, const Placeholders& placeholders = {});

// Makes the selections and conditions under `map`, in which `attributes` are
// keys that are no selections. Errors: as of MakeReferenceRule().
absl::StatusOr<ReferenceBody> MakeReferenceBody(
    const internal::YamlNode& map,
    const std::vector<std::string_view>& attributes,
    const Placeholders& placeholders);

// Returns the logsource's attributes.
ReferenceLogsource LogsourceOf(const internal::YamlNode& document);

// Errors: kInvalidArgument when there is no title or an empty one.
absl::Status CheckTitle(const internal::YamlNode& document);

// Errors: kInvalidArgument unless `logsource` is a map that names one.
absl::Status CheckLogsource(const internal::YamlNode& document);

// Errors: kInvalidArgument, of the YAML reader.
absl::Status CheckSyntax(const internal::YamlDocument& document);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_LOADER_H_
