// The page of a rule as JSON. Source: docs/catalog_schema.md.

#ifndef HYPERSIGMA_LIB_CATALOG_PAGE_WRITER_H_
#define HYPERSIGMA_LIB_CATALOG_PAGE_WRITER_H_

#include <string>

#include "hypersigma/rule_set.h"
#include "lib/catalog/catalog_state.h"
#include "lib/catalog/json_writer.h"

namespace hypersigma::internal {

// Appends one object to `out`. Cost: linear in the rule, and what the log
// source map has on it.
void WritePage(const CatalogState& catalog, RuleId rule, std::string& out);

// Writes `{"sigma": 2}`.
void WriteSources(const CatalogCounts& counts, JsonWriter& json);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_PAGE_WRITER_H_
