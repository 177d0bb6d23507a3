#include "lib/engine/router.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

// Puts `added` behind what is known of the same fields.
void Merge(std::span<const FieldAlias> added,
           std::vector<FieldAlias>& aliases) {
  for (const FieldAlias& alias : added) {
    const auto known = std::find_if(
        aliases.begin(), aliases.end(),
        [&alias](const FieldAlias& each) { return each.field == alias.field; });
    if (known == aliases.end()) {
      aliases.push_back(alias);
    } else {
      known->members.insert(known->members.end(), alias.members.begin(),
                            alias.members.end());
    }
  }
}

// The field's own name comes last unless it is listed.
void AddOwnNames(std::vector<FieldAlias>& aliases) {
  for (FieldAlias& alias : aliases) {
    if (std::find(alias.members.begin(), alias.members.end(), alias.field) ==
        alias.members.end()) {
      alias.members.push_back(alias.field);
    }
  }
}

}  // namespace

Router::Router(std::span<const Rule> rules, const TaxonomyData& taxonomy,
               std::string_view log_source_field, Plan& plan)
    : groups_(GroupRules(rules, plan)),
      rule_count_(rules.size()),
      classifier_(taxonomy, plan.fields) {
  for (const RuleGroup& group : groups_) {
    RuleMask& mask = masks_.emplace_back(rule_count_);
    for (const RuleId rule : group.rules) mask.Add(rule);
  }
  for (const LogSourceEntry& entry : taxonomy.entries) {
    Entry& added = entries_.emplace_back();
    added.log_sources = entry.log_sources;
    added.groups = GroupsFor(entry.log_sources);
    AddAliases(entry.fields, plan.fields, added.aliases);
  }
  AddAliases(taxonomy.fields, plan.fields, aliases_);
  if (!log_source_field.empty()) {
    const auto member = [&](std::string_view attribute) {
      return plan.fields.Intern(Concat({log_source_field, ".", attribute}));
    };
    stated_fields_ = {member("product"), member("category"), member("service")};
  }
  field_count_ = plan.fields.size();
  plan.field_plans.resize(field_count_);
}

// Leaves out fields that no rule looks at.
void Router::AddAliases(std::span<const FieldSources> sources,
                        FieldTable& fields,
                        std::vector<FieldAlias>& aliases) const {
  for (const FieldSources& source : sources) {
    const FieldId field = fields.Find(source.field);
    if (field == kUnnamedField) continue;
    FieldAlias& alias = aliases.emplace_back();
    alias.field = field;
    for (const std::string& member : source.members) {
      alias.members.push_back(fields.Intern(member));
    }
  }
}

// Positions of the groups that an event of one of `log_sources` may match.
std::vector<std::uint32_t> Router::GroupsFor(
    std::span<const LogSource> log_sources) const {
  std::vector<std::uint32_t> positions;
  for (const LogSource& log_source : log_sources) {
    const LogSource folded = FoldLogSource(log_source);
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      if (Admits(folded, groups_[i].log_source)) positions.push_back(i);
    }
  }
  return positions;
}

void Router::Admit(std::size_t position, Route& route) const {
  const RuleGroup& group = groups_[position];
  route.rules |= masks_[position];
  route.always.insert(route.always.end(), group.always.begin(),
                      group.always.end());
  for (const FieldId field : group.fields) {
    FieldUse& use = route.fields[Index(field)];
    use = std::max(use, FieldUse::kWaits);
  }
  for (const FieldId field : group.waking) {
    route.fields[Index(field)] = FieldUse::kWakes;
  }
  if (group.has_keywords) {
    route.keyword_groups.push_back(static_cast<std::uint32_t>(position));
  }
}

Route Router::NoRules() const {
  Route route;
  route.rules = RuleMask(rule_count_);
  route.fields.resize(field_count_);
  return route;
}

Route Router::AllRules() const {
  Route route = NoRules();
  for (std::size_t i = 0; i < groups_.size(); ++i) Admit(i, route);
  return route;
}

Route Router::ForEntries(std::span<const std::uint32_t> entries,
                         bool strict) const {
  if (entries.empty()) return strict ? NoRules() : AllRules();
  Route route = NoRules();
  std::vector<char> admitted(groups_.size());
  for (const std::uint32_t position : entries) {
    const Entry& entry = entries_[position];
    for (const LogSource& source : entry.log_sources) {
      if (std::find(route.log_sources.begin(), route.log_sources.end(),
                    source) == route.log_sources.end()) {
        route.log_sources.push_back(source);
      }
    }
    Merge(entry.aliases, route.aliases);
    for (const std::uint32_t group : entry.groups) admitted[group] = 1;
  }
  Merge(aliases_, route.aliases);
  AddOwnNames(route.aliases);
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (admitted[i] != 0) Admit(i, route);
  }
  return route;
}

void Router::State(const LogSource& stated, Route& route) const {
  const LogSource folded = FoldLogSource(stated);
  Route admitted = NoRules();
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (Agrees(folded, groups_[i].log_source)) Admit(i, admitted);
  }
  admitted.log_sources = {stated};
  admitted.aliases = std::move(route.aliases);
  route = std::move(admitted);
}

}  // namespace hypersigma::internal
