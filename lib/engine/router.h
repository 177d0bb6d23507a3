// What an event's log sources admit: rules, fields, and what fields are called.
// Source: design documents "architecture", decision 5, and "semantics", 1.8.

#ifndef HYPERSIGMA_LIB_ENGINE_ROUTER_H_
#define HYPERSIGMA_LIB_ENGINE_ROUTER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/compile/plan.h"
#include "lib/engine/event_classifier.h"
#include "lib/engine/rule_groups.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

// What rules call a field, and the members of an event that may hold it; the
// first that is there is meant.
struct FieldAlias {
  FieldId field = kUnnamedField;
  std::vector<FieldId> members;
};

// What the rules of a route want of a field.
enum class FieldUse : std::uint8_t {
  kNone,   // nothing
  kWaits,  // only rules that another field has woken look at it
  kWakes,  // some rule has a witness there
};

// Held by shared pointers alone where it is to outlive its finder.
struct Route : std::enable_shared_from_this<Route> {
  // Differs between the routes of a finder, those that it forgot included.
  std::uint64_t serial = 0;
  // What the event was found to be; empty when no entry holds.
  std::vector<LogSource> log_sources;
  RuleMask rules;
  std::vector<RuleId> always;    // rules without a witness, of `rules`
  std::vector<FieldUse> fields;  // by FieldId
  // Positions of the groups whose rules have keywords.
  std::vector<std::uint32_t> keyword_groups;
  std::vector<FieldAlias> aliases;
};

// Immutable, shared by all scanners. Borrows nothing.
class Router {
 public:
  // Interns the members of events that it needs; they are not of any rule.
  // Cost: linear in rules and taxonomy.
  Router(std::span<const Rule> rules, const TaxonomyData& taxonomy,
         std::string_view log_source_field, Plan& plan);

  const EventClassifier& classifier() const { return classifier_; }
  std::span<const RuleGroup> groups() const { return groups_; }

  // Every rule, every field, no other names.
  Route AllRules() const;

  // For events for which `entries` hold. Without entries all rules are
  // admitted, or none if `strict`. Cost: linear in rules.
  Route ForEntries(std::span<const std::uint32_t> entries, bool strict) const;

  // The rules of `route` become those that agree with `stated`.
  void State(const LogSource& stated, Route& route) const;

  // The members of an event that state its log source; kUnnamedField when it
  // may not.
  struct StatedFields {
    FieldId product = kUnnamedField;
    FieldId category = kUnnamedField;
    FieldId service = kUnnamedField;
  };
  const StatedFields& stated_fields() const { return stated_fields_; }

 private:
  void AddAliases(std::span<const FieldSources> sources, FieldTable& fields,
                  std::vector<FieldAlias>& aliases) const;
  std::vector<std::uint32_t> GroupsFor(
      std::span<const LogSource> log_sources) const;
  Route NoRules() const;
  void Admit(std::size_t position, Route& route) const;

  std::vector<RuleGroup> groups_;
  std::vector<RuleMask> masks_;  // of their rules
  std::size_t rule_count_;
  std::size_t field_count_ = 0;
  EventClassifier classifier_;
  struct Entry {
    std::vector<LogSource> log_sources;  // as written
    std::vector<FieldAlias> aliases;
    std::vector<std::uint32_t> groups;  // positions; may repeat
  };
  std::vector<Entry> entries_;
  std::vector<FieldAlias> aliases_;  // of all classified events
  StatedFields stated_fields_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROUTER_H_
