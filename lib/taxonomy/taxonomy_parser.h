// The taxonomy file: YAML -> data, with everything that is wrong in it.

#ifndef HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARSER_H_
#define HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARSER_H_

#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

// Reads one document; the result is meaningless after an error. The format is
// described in docs/log_sources.md.
TaxonomyData ParseTaxonomy(const YamlNode& root, Reporter& reporter);

// Puts what `added` says over `base`: what has a name that is already there
// replaces it in its place.
void MergeTaxonomy(TaxonomyData added, TaxonomyData& base);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARSER_H_
