// The index of a catalogue as JSON. Source: docs/catalog_schema.md.

#ifndef HYPERSIGMA_LIB_CATALOG_INDEX_WRITER_H_
#define HYPERSIGMA_LIB_CATALOG_INDEX_WRITER_H_

#include "absl/status/status.h"
#include "hypersigma/catalog.h"
#include "lib/catalog/catalog_state.h"

namespace hypersigma::internal {

// Writes one object in pieces. Returns the first error of `write`. Cost: linear
// in the rules.
absl::Status WriteIndex(const CatalogState& catalog,
                        const Catalog::Write& write);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_INDEX_WRITER_H_
