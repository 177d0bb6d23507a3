// The taxonomy that is built in: the text of data/logsources.yml.

#ifndef HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_
#define HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_

#include <string_view>

namespace hypersigma::internal {

// Defined in a file that the build makes from the YAML.
extern const std::string_view kBuiltInTaxonomy;

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_
