// Legacy collections: documents that say how others are to be completed.
// Source: design document "semantics", 1.7.

#ifndef HYPERSIGMA_LIB_REFERENCE_COLLECTION_H_
#define HYPERSIGMA_LIB_REFERENCE_COLLECTION_H_

#include <optional>

#include "absl/status/statusor.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {

// Returns `base` with `over` merged in: maps merge, all else is replaced.
internal::YamlNode DeepMerge(const internal::YamlNode& base,
                             const internal::YamlNode& over);

// What the documents of one YAML stream leave to those behind them.
class Collection {
 public:
  // Takes the stream's next document, which is a map and neither correlation
  // nor filter. Returns the detection rule that it stands for, complete;
  // nullopt when it stands for none. Errors: kInvalidArgument for an action
  // that must be refused.
  absl::StatusOr<std::optional<internal::YamlNode>> Complete(
      const internal::YamlNode& document);

 private:
  std::optional<internal::YamlNode> global_;
  std::optional<internal::YamlNode> previous_;  // without the template
};

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_COLLECTION_H_
