// The part `events` of a page: which events reach a rule.

#ifndef HYPERSIGMA_LIB_CATALOG_EVENT_WRITER_H_
#define HYPERSIGMA_LIB_CATALOG_EVENT_WRITER_H_

#include "hypersigma/rule_set.h"
#include "lib/catalog/catalog_state.h"
#include "lib/catalog/json_writer.h"

namespace hypersigma::internal {

// Writes the event coverage of a rule.
void WriteEvents(const CatalogState& catalog, RuleId rule, JsonWriter& json);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EVENT_WRITER_H_
