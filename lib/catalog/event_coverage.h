// Which events can reach a rule, told by the log source map.

#ifndef HYPERSIGMA_LIB_CATALOG_EVENT_COVERAGE_H_
#define HYPERSIGMA_LIB_CATALOG_EVENT_COVERAGE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/compile/plan.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

// A field that a rule needs, on events of one entry.
struct CarriedField {
  FieldId field = kUnnamedField;
  // Whether such events have it; nullopt where the map does not say.
  std::optional<bool> carried;
  // Where they have it, first found; empty for just its own name.
  std::vector<std::string_view> members;
};

// Events of one entry of the log source map. Borrows from the taxonomy.
struct CoveringEvent {
  const LogSourceEntry* entry = nullptr;
  std::string_view product;
  std::vector<CarriedField> fields;
};

struct EventCoverage {
  // The entries whose events are tested against the rule.
  std::uint32_t admitted = 0;
  // Those of them on which it can hold.
  std::vector<CoveringEvent> events;
  // Why there are none, where the map says so.
  std::string_view reason;
};

// Returns the values that the entry demands of `field`, each once.
std::vector<std::string_view> DemandedValues(const LogSourceEntry& entry,
                                             std::string_view field);

// Returns the entries that admit rules of `log_source`, in the map's order.
std::vector<const LogSourceEntry*> AdmittingEntries(
    const TaxonomyData& taxonomy, const LogSource& log_source);

// `fields`: what the rule looks at, keywords left out. REQUIRES: the rule is
// compiled. Cost: entries that admit it, times the tests of its program.
EventCoverage CoverageOf(const RulePlan& rule, const LogSource& log_source,
                         std::span<const FieldId> fields, const Plan& plan,
                         const TaxonomyData& taxonomy);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EVENT_COVERAGE_H_
