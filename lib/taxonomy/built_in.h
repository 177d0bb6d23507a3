// The taxonomy that is built in: the text of data/logsources.yml.

#ifndef HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_
#define HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_

#include <string_view>

namespace hypersigma::internal {

// Made of the file by cmake/EmbedFile.cmake.
std::string_view BuiltInTaxonomyYaml();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_TAXONOMY_BUILT_IN_H_
