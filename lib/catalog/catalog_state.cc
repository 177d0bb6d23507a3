#include "lib/catalog/catalog_state.h"

#include <algorithm>
#include <cstddef>

#include "lib/base/text.h"
#include "lib/catalog/address.h"

namespace hypersigma::internal {
namespace {

void AddFields(const DetectionPlan& detection, std::vector<FieldId>& fields) {
  if (detection.kind == DetectionPlan::Kind::kItem) {
    fields.push_back(detection.field);
  }
  for (const DetectionPlan& child : detection.children) {
    AddFields(child, fields);
  }
}

}  // namespace

CatalogState::CatalogState(const RuleSet& given, const CatalogOptions& how)
    : rules(given),
      options(how),
      plan(CompilePlan(rules.detection_rules())),
      places(rules, options.sources),
      indicators(rules.detection_rules(), plan),
      relations(options.compare ? FindRelations(rules, plan, options)
                                : Relations()),
      related_by(rules.rules().size()),
      relations_of(rules.rules().size()) {
  for (std::uint32_t i = 0; i < rules.rules().size(); ++i) AddRule(RuleId{i});
  AddRelated();
  AddRelations();
}

void CatalogState::AddRule(RuleId id) {
  const auto position = static_cast<std::size_t>(id);
  const Rule& rule = rules.rules()[position];
  const AttackTags& tags = attack.emplace_back(ReadAttackTags(rule.tags));
  for (const std::string& each : tags.tactics) tactics[each].push_back(id);
  for (const std::string& each : tags.techniques) {
    techniques[each].push_back(id);
  }
  if (!rule.id.empty()) by_id[FoldedAscii(rule.id)].push_back(id);
  std::vector<FieldId>& looked_at = fields.emplace_back();
  for (const SelectionPlan& selection : plan.rules[position].selections) {
    AddFields(selection.detection, looked_at);
  }
  const auto place = [this](FieldId field) {
    return std::pair(field != kUnnamedField, NameOf(field));
  };
  std::sort(looked_at.begin(), looked_at.end(),
            [&](FieldId a, FieldId b) { return place(a) < place(b); });
  looked_at.erase(std::unique(looked_at.begin(), looked_at.end()),
                  looked_at.end());
  for (const FieldId field : looked_at) by_field[field].push_back(id);
}

void CatalogState::AddRelated() {
  for (std::uint32_t i = 0; i < rules.rules().size(); ++i) {
    for (const RelatedRule& related : rules.rules()[i].related) {
      const auto found = by_id.find(FoldedAscii(related.id));
      if (found == by_id.end()) continue;
      // Where many have one id, the first stands for all.
      related_by[static_cast<std::size_t>(found->second.front())].emplace_back(
          RuleId{i}, related.type);
    }
  }
}

void CatalogState::AddRelations() {
  const auto of = [this](RuleId rule) -> RuleRelations& {
    return relations_of[static_cast<std::size_t>(rule)];
  };
  for (const std::vector<RuleId>& group : relations.equal) {
    for (const RuleId rule : group) {
      of(rule).equal = group;
      std::erase(of(rule).equal, rule);
    }
  }
  for (const Implication& each : relations.implied) {
    of(each.narrow).implies.push_back(each.wide);
    of(each.wide).implied_by.push_back(each.narrow);
  }
  for (const Implication& each : relations.not_decided) {
    ++of(each.narrow).not_decided;
    ++of(each.wide).not_decided;
  }
}

CatalogCounts CatalogState::Count(std::span<const RuleId> of) const {
  std::vector<std::uint32_t> counts(options.sources.size() + 1);
  for (const RuleId rule : of) ++counts[places.Of(rule).source];
  CatalogCounts result;
  result.rules = static_cast<std::uint32_t>(of.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const std::string_view label = LabelAt(i);
    const auto known = std::find_if(
        result.sources.begin(), result.sources.end(),
        [label](const auto& source) { return source.label == label; });
    if (known == result.sources.end()) {
      result.sources.push_back({label, counts[i]});
    } else {
      known->rules += counts[i];
    }
  }
  return result;
}

std::string_view CatalogState::LabelAt(std::size_t source) const {
  if (source >= options.sources.size()) return std::string_view("");
  return options.sources[source].label;
}

std::string_view CatalogState::LabelOf(RuleId rule) const {
  return LabelAt(places.Of(rule).source);
}

std::string_view CatalogState::NameOf(FieldId field) const {
  return field == kUnnamedField
             ? std::string_view()
             : std::string_view(plan.fields.names()[Index(field)]);
}

std::string CatalogState::AddressOfField(FieldId field) const {
  return AddressOf({NameOf(field), field == kUnnamedField ? "keyword" : ""});
}

}  // namespace hypersigma::internal
