// What rules look for, and how many look for the same.
// Source: design document "catalog", "Indicators".

#ifndef HYPERSIGMA_LIB_CATALOG_INDICATOR_TABLE_H_
#define HYPERSIGMA_LIB_CATALOG_INDICATOR_TABLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/catalog/condition_text.h"
#include "lib/compile/plan.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

// A (field, kind, value), whichever rules look for it.
struct IndicatorEntry {
  FieldId field = kUnnamedField;
  IndicatorKind kind = IndicatorKind::kEq;
  bool cased = false;
  std::string key;         // the value, folded unless cased
  std::string_view value;  // as the first rule writes it
  std::string address;
  std::vector<RuleId> rules;  // each once, in order
};

// How one rule looks for it.
struct IndicatorRow {
  std::uint32_t entry = 0;
  std::string_view value;
  std::vector<std::string_view> modifiers;  // that change the value
  Use use = Use::kNone;
};

// Names of an item's modifiers; `all`, `cased` and `neq` last.
std::vector<std::string_view> ModifierNames(const DetectionItem& item);

// Immutable. Borrows the plan.
class IndicatorTable {
 public:
  // REQUIRES: `plan` is of `rules`. Cost: linear, and sorting.
  IndicatorTable(std::span<const DetectionRule> rules, const Plan& plan);

  std::span<const IndicatorEntry> entries() const { return entries_; }

  // The positions of the entries, by field name (keywords first), kind, value.
  std::span<const std::uint32_t> order() const { return order_; }

  // Sorted by field name, kind, value, modifiers; each once.
  std::span<const IndicatorRow> RowsOf(RuleId rule) const {
    return rows_[static_cast<std::size_t>(rule)];
  }

  // The position of the entry that a value of `item` has. REQUIRES: it has one.
  std::uint32_t Find(FieldId field, const ValuePlan& value, bool cased) const;

 private:
  void Add(RuleId rule, const DetectionPlan& plan, const Detection& detection,
           Use use);
  void AddItem(RuleId rule, const DetectionPlan& plan,
               const DetectionItem& item, Use use);
  std::uint32_t Intern(RuleId rule, FieldId field, const ValuePlan& value,
                       bool cased);
  void Sort();
  std::string_view NameOf(FieldId field) const;

  const Plan* plan_;
  std::vector<IndicatorEntry> entries_;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<IndicatorRow>> rows_;  // by RuleId
  absl::flat_hash_map<std::string, std::uint32_t> by_key_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_INDICATOR_TABLE_H_
