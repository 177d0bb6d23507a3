// Takes a RuleSet apart and puts one together, for what turns one into another.

#ifndef HYPERSIGMA_LIB_RULE_RULE_SET_PARTS_H_
#define HYPERSIGMA_LIB_RULE_RULE_SET_PARTS_H_

#include <string>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_loader.h"

namespace hypersigma::internal {

class RuleSetParts {
 public:
  // Borrows `rules`.
  static const LoadedRules& Of(const RuleSet& rules);

  // Does what RuleSet::FromPaths() does with files that were read.
  static RuleSet Load(std::vector<RuleFileText> files,
                      const RuleSetOptions& options);

  // `pipelines`: the names of those that `loaded` went through.
  static RuleSet Join(LoadedRules loaded, const RuleSetOptions& options,
                      std::vector<std::string> pipelines);
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_SET_PARTS_H_
