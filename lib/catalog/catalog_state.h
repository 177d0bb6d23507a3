// Everything that pages and index are written from.

#ifndef HYPERSIGMA_LIB_CATALOG_CATALOG_STATE_H_
#define HYPERSIGMA_LIB_CATALOG_CATALOG_STATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "lib/catalog/attack.h"
#include "lib/catalog/indicator_table.h"
#include "lib/catalog/relations.h"
#include "lib/catalog/rule_places.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {

// What holds between a rule and others.
struct RuleRelations {
  std::vector<RuleId> equal;
  std::vector<RuleId> implies;
  std::vector<RuleId> implied_by;
  std::uint32_t not_decided = 0;  // rules
};

// Immutable after construction.
struct CatalogState {
  CatalogState(const RuleSet& rules, const CatalogOptions& options);

  // Counts rules, each given once, by source.
  CatalogCounts Count(std::span<const RuleId> of) const;

  // The label of a rule's source.
  std::string_view LabelOf(RuleId rule) const;

  // The name of a field; without data() for keywords. And its address.
  std::string_view NameOf(FieldId field) const;
  std::string AddressOfField(FieldId field) const;

  const RuleSet rules;
  const CatalogOptions options;
  const Plan plan;
  const RulePlaces places;
  const IndicatorTable indicators;
  const Relations relations;

  // By RuleId.
  std::vector<AttackTags> attack;
  std::vector<std::vector<FieldId>> fields;  // by name, keywords first
  std::vector<std::vector<std::pair<RuleId, std::string_view>>> related_by;
  std::vector<RuleRelations> relations_of;

  // The rules of each, sorted.
  using RulesByName = std::map<std::string, std::vector<RuleId>, std::less<>>;
  RulesByName tactics;
  RulesByName techniques;
  RulesByName by_id;  // folded
  std::map<FieldId, std::vector<RuleId>> by_field;

 private:
  // `source` is a position in the options, or their number.
  std::string_view LabelAt(std::size_t source) const;
  void AddRule(RuleId id);
  void AddRelated();
  void AddRelations();
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_CATALOG_STATE_H_
