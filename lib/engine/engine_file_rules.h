// The section of an engine file that holds all but plan and databases: the
// rules' attributes, the load report, and how events are read.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_RULES_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_RULES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/rule_set.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

struct FileRules {
  std::vector<Rule> rules;
  LoadReport report;
  std::vector<std::string> pipelines;  // names
  std::string log_source_field;
  TaxonomyData taxonomy;
};

// Errors: kResourceExhausted past 2,000 MiB.
absl::StatusOr<std::string> WriteRules(const FileRules& rules);

// Returns the same again: ids are in range, enumerators exist. REQUIRES:
// `bytes` begin at a multiple of 16. Errors: kDataLoss. Cost: linear.
absl::StatusOr<FileRules> ReadRules(std::string_view bytes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_RULES_H_
