#include "lib/catalog/relations.h"
namespace hypersigma::internal {
Relations FindRelations(const RuleSet&, const Plan&, const CatalogOptions&) {
  return {};
}
}  // namespace hypersigma::internal
