#include "lib/catalog/page_writer.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/text.h"
#include "lib/catalog/event_writer.h"
#include "lib/catalog/stage_writer.h"
#include "lib/engine/reachability.h"

namespace hypersigma::internal {
namespace {

// Fields of a rule times tests of its program: past that it is not told
// whether the rule needs a field.
constexpr std::size_t kMaxNeedSteps = 10'000'000;

constexpr std::string_view kNone;

void CollectFields(const DetectionPlan& detection,
                   std::vector<FieldId>& fields) {
  if (detection.kind == DetectionPlan::Kind::kItem) {
    fields.push_back(detection.field);
  }
  for (const DetectionPlan& child : detection.children) {
    CollectFields(child, fields);
  }
}

class PageWriter {
 public:
  PageWriter(const CatalogState& catalog, RuleId id, std::string& out)
      : catalog_(catalog),
        id_(id),
        rule_(catalog.rules.rules()[static_cast<std::size_t>(id)]),
        plan_(catalog.plan.rules[static_cast<std::size_t>(id)]),
        json_(&out) {}

  void Write() {
    json_.OpenObject();
    json_.Member("schema_version", kCatalogSchema);
    WriteCard();
    WriteRelated();
    WriteAttack();
    json_.Key("events");
    WriteEvents(catalog_, id_, json_);
    WriteFields();
    WriteBody();
    json_.Key("stages");
    WriteStages(catalog_, id_, json_);
    WriteIndicators();
    WriteRefusal();
    WriteLogic();
    json_.CloseObject();
  }

 private:
  std::size_t position() const { return static_cast<std::size_t>(id_); }

  void WriteCard() {
    const RulePlace& place = catalog_.places.Of(id_);
    json_.Member("key", place.key);
    json_.Member("position", position());
    json_.Member("title", rule_.title);
    json_.Member("id", rule_.id);
    json_.Member("name", rule_.name);
    json_.Member("description", rule_.description);
    json_.Member("status", rule_.status);
    json_.Member("level", rule_.level);
    json_.Member("author", rule_.author);
    json_.Member("date", rule_.date);
    json_.Member("modified", rule_.modified);
    json_.Member("product", rule_.product);
    json_.Member("category", rule_.category);
    json_.Member("service", rule_.service);
    json_.Member("source", catalog_.LabelOf(id_));
    json_.Member("path", place.path);
    json_.Member("line", rule_.line);
    json_.Member("document", place.document);
    json_.MemberStrings("references", rule_.references);
    json_.MemberStrings("false_positives", rule_.false_positives);
    json_.MemberStrings("tags", rule_.tags);
    json_.MemberStrings("filters", rule_.filters);
  }

  void WriteRelated() {
    json_.Key("related");
    json_.OpenArray();
    for (const RelatedRule& related : rule_.related) {
      json_.OpenObject();
      json_.Member("id", related.id);
      json_.Member("type", related.type);
      std::vector<std::string_view> keys;
      const auto found = catalog_.by_id.find(FoldedAscii(related.id));
      if (found != catalog_.by_id.end()) {
        for (const RuleId rule : found->second) {
          keys.push_back(catalog_.places.Of(rule).key);
        }
      }
      json_.MemberStrings("keys", keys);
      json_.CloseObject();
    }
    json_.CloseArray();
    json_.Key("related_by");
    json_.OpenArray();
    for (const auto& [rule, type] : catalog_.related_by[position()]) {
      json_.OpenObject();
      json_.Member("key", catalog_.places.Of(rule).key);
      json_.Member("type", type);
      json_.CloseObject();
    }
    json_.CloseArray();
  }

  void WriteAttack() {
    const AttackTags& tags = catalog_.attack[position()];
    json_.Key("attack");
    json_.OpenObject();
    json_.Key("tactics");
    json_.OpenArray();
    for (const std::string& slug : tags.tactics) {
      const Tactic* known = FindTactic(slug);
      json_.OpenObject();
      json_.Member("tactic", slug);
      json_.MemberOrNull("id", known == nullptr ? kNone : known->id);
      json_.MemberOrNull("name", known == nullptr ? kNone : known->name);
      json_.Member("rules", catalog_.tactics.find(slug)->second.size());
      json_.CloseObject();
    }
    json_.CloseArray();
    json_.Key("techniques");
    json_.OpenArray();
    for (const std::string& technique : tags.techniques) {
      json_.OpenObject();
      json_.Member("technique", technique);
      json_.Member("rules", catalog_.techniques.find(technique)->second.size());
      json_.CloseObject();
    }
    json_.CloseArray();
    json_.MemberStrings("other", tags.other);
    json_.CloseObject();
  }

  void WriteFields() {
    const std::vector<FieldId>& fields = catalog_.fields[position()];
    std::vector<std::vector<FieldId>> of_selections;
    for (const SelectionPlan& selection : plan_.selections) {
      CollectFields(selection.detection, of_selections.emplace_back());
      std::sort(of_selections.back().begin(), of_selections.back().end());
    }
    const bool is_bounded =
        fields.size() * plan_.program.tests.size() <= kMaxNeedSteps;
    json_.Key("fields");
    json_.OpenArray();
    for (const FieldId field : fields) {
      json_.OpenObject();
      json_.MemberOrNull("field", catalog_.NameOf(field));
      json_.Member("field_id", catalog_.AddressOfField(field));
      if (is_bounded && field != kUnnamedField) {
        json_.MemberBool("needed", IsNeeded(field));
      } else {
        json_.MemberNull("needed");
      }
      json_.Key("selections");
      json_.OpenArray();
      for (std::size_t i = 0; i < of_selections.size(); ++i) {
        if (std::binary_search(of_selections[i].begin(), of_selections[i].end(),
                               field)) {
          json_.String(plan_.selections[i].name);
        }
      }
      json_.CloseArray();
      json_.CloseObject();
    }
    json_.CloseArray();
  }

  bool IsNeeded(FieldId field) const {
    return !CanHold(plan_.program, catalog_.plan.predicates,
                    [field](FieldId each) { return each != field; });
  }

  void WriteBody() {
    const TextLines& body = catalog_.places.Of(id_).body;
    json_.Key("body");
    json_.OpenObject();
    json_.Member("yaml", body.text);
    json_.Member("first_line", body.first);
    json_.Member("last_line", body.last);
    json_.Key("changed");
    json_.OpenArray();
    if (catalog_.places.IsCollected(
            id_, catalog_.rules.detection_rules()[position()])) {
      json_.String("collection");
    }
    if (!rule_.filters.empty()) json_.String("filter");
    if (!catalog_.rules.pipelines().empty()) json_.String("pipeline");
    json_.CloseArray();
    json_.CloseObject();
  }

  void WriteIndicators() {
    json_.Key("indicators");
    json_.OpenArray();
    for (const IndicatorRow& row : catalog_.indicators.RowsOf(id_)) {
      const IndicatorEntry& entry = catalog_.indicators.entries()[row.entry];
      json_.OpenObject();
      json_.Member("id", entry.address);
      json_.MemberOrNull("field", catalog_.NameOf(entry.field));
      json_.Member("field_id", catalog_.AddressOfField(entry.field));
      json_.Member("kind", IndicatorKindName(entry.kind));
      json_.Member("value", row.value);
      json_.MemberStrings("modifiers", row.modifiers);
      json_.MemberBool("cased", entry.cased);
      if (row.use == Use::kAsserted || row.use == Use::kDenied) {
        json_.MemberBool("negated", row.use == Use::kDenied);
      } else {
        json_.MemberNull("negated");
      }
      const CatalogCounts counts = catalog_.Count(entry.rules);
      json_.Member("rules", counts.rules);
      json_.Key("sources");
      WriteSources(counts, json_);
      json_.CloseObject();
    }
    json_.CloseArray();
  }

  void WriteRefusal() {
    const std::vector<Refusal>& refused = catalog_.plan.refused;
    const auto found =
        std::find_if(refused.begin(), refused.end(),
                     [this](const Refusal& each) { return each.first == id_; });
    json_.MemberBool("compiled", found == refused.end());
    if (found == refused.end()) {
      json_.MemberNull("refusal");
    } else {
      json_.Member("refusal", found->second);
    }
  }

  void WriteRules(std::string_view name, const std::vector<RuleId>& rules) {
    json_.Key(name);
    json_.OpenArray();
    for (const RuleId rule : rules) {
      json_.OpenObject();
      json_.Member("key", catalog_.places.Of(rule).key);
      json_.Member(
          "title",
          catalog_.rules.rules()[static_cast<std::size_t>(rule)].title);
      json_.Member("source", catalog_.LabelOf(rule));
      json_.CloseObject();
    }
    json_.CloseArray();
  }

  void WriteLogic() {
    const RuleRelations& relations = catalog_.relations_of[position()];
    json_.Key("logic");
    json_.OpenObject();
    WriteRules("equal", relations.equal);
    WriteRules("implies", relations.implies);
    WriteRules("implied_by", relations.implied_by);
    json_.Member("not_decided", relations.not_decided);
    json_.CloseObject();
  }

  const CatalogState& catalog_;
  const RuleId id_;
  const Rule& rule_;
  const RulePlan& plan_;
  JsonWriter json_;
};

}  // namespace

void WritePage(const CatalogState& catalog, RuleId rule, std::string& out) {
  PageWriter(catalog, rule, out).Write();
}

void WriteSources(const CatalogCounts& counts, JsonWriter& json) {
  json.OpenObject();
  for (const CatalogCounts::OfSource& source : counts.sources) {
    json.Key(source.label);
    json.Number(source.rules);
  }
  json.CloseObject();
}

}  // namespace hypersigma::internal
