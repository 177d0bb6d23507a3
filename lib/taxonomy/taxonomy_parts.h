// Makes a taxonomy of data that come from elsewhere than from its file.

#ifndef HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARTS_H_
#define HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARTS_H_

#include "hypersigma/taxonomy.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

class TaxonomyParts {
 public:
  // `data` are those of another taxonomy: nothing is checked.
  static Taxonomy Join(TaxonomyData data);
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_PARTS_H_
