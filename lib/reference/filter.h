// Sigma filters. Source: design document "semantics", 8.

#ifndef HYPERSIGMA_LIB_REFERENCE_FILTER_H_
#define HYPERSIGMA_LIB_REFERENCE_FILTER_H_

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/pattern.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {

struct ReferenceFilter {
  // Ids and names; nullopt for any rule.
  std::optional<std::set<std::string>> rules;
  ReferenceLogsource logsource;
  std::shared_ptr<const ReferenceBody> body;
};

// Makes a filter. REQUIRES: a map with the key `filter`. Errors:
// kInvalidArgument when it must be refused; else as of MakeReferenceRule().
absl::StatusOr<ReferenceFilter> MakeReferenceFilter(
    const internal::YamlNode& document, const Placeholders& placeholders);

// Returns whether `names` has the id, in any case, or the name.
bool IsNamed(const std::set<std::string>& names, const std::string& id,
             const std::string& name);

// Returns whether the filter is about this rule.
bool Applies(const ReferenceFilter& filter, const ReferenceRule& rule);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_FILTER_H_
