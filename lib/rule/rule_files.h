// Finds and reads the files that rules come from.

#ifndef HYPERSIGMA_LIB_RULE_RULE_FILES_H_
#define HYPERSIGMA_LIB_RULE_RULE_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::internal {

// A file to load, or a problem in its place.
struct RuleFile {
  std::string path;
  absl::Status status;  // not ok: why there is nothing to read
};

// Returns the file `path`, or what is below the folder `path`: all files whose
// names end in .yml or .yaml, and unreadable folders, sorted by path. Links are
// followed; a folder that is reached twice is listed once. Errors: kNotFound
// when `path` does not exist.
absl::StatusOr<std::vector<RuleFile>> FindRuleFiles(const std::string& path);

// Returns the content of a file. Errors: kNotFound, kPermissionDenied,
// kInternal when it cannot be read; kResourceExhausted when it is over
// kMaxYamlBytes.
absl::StatusOr<std::string> ReadRuleFile(const std::string& path);

// The content of a file, or why there is none.
struct RuleFileText {
  std::string path;
  absl::StatusOr<std::string> yaml;
};

// Reads `files`, several at a time, and returns them in the same order.
// `thread_count` 0 takes one per core.
std::vector<RuleFileText> ReadRuleFiles(std::vector<RuleFile> files,
                                        int thread_count = 0);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_FILES_H_
