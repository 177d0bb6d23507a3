// The part `stages` of a page: condition, selections, predicates.

#ifndef HYPERSIGMA_LIB_CATALOG_STAGE_WRITER_H_
#define HYPERSIGMA_LIB_CATALOG_STAGE_WRITER_H_

#include "hypersigma/rule_set.h"
#include "lib/catalog/catalog_state.h"
#include "lib/catalog/json_writer.h"

namespace hypersigma::internal {

// Writes the list of a rule's stages.
void WriteStages(const CatalogState& catalog, RuleId rule, JsonWriter& json);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_STAGE_WRITER_H_
