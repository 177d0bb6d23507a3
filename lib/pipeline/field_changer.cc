#include "lib/pipeline/field_changer.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/pipeline/condition_matcher.h"
#include "lib/pipeline/item_walk.h"

namespace hypersigma::internal {
namespace {

using Names = std::vector<std::string>;
// Returns the new names of a field; nullopt where it keeps its name.
using NewNames = std::function<std::optional<Names>(const std::string&)>;

class FieldChanger {
 public:
  FieldChanger(NewNames new_names, const PipelineItem& item, RuleRun& run)
      : new_names_(std::move(new_names)), item_(item), run_(run) {}

  void Change() {
    if (run_.rule().correlation != nullptr) {
      ChangeCorrelation(*run_.rule().correlation);
      return;
    }
    ForEachItem(run_, [this](WorkDetection& detection) {
      if (!ItemConditionsHold(item_, detection, run_)) return;
      ChangeReferences(detection.item);
      ChangeField(detection);
    });
  }

 private:
  void ChangeReferences(DetectionItem& item) {
    if (!item.Has(Modifier::kFieldRef)) return;
    std::vector<RuleValue> values;
    for (RuleValue& value : item.values) {
      Names names = NamesOf(value.text);
      if (item.all && names.size() > 1) {
        run_.Fail("field '" + value.text +
                  "' would get several names in a value under 'all'");
        return;
      }
      if (!run_.Charge((names.size() - 1) * CostOf(value))) return;
      for (std::string& name : names) {
        values.push_back(value);
        values.back().text = std::move(name);
      }
    }
    item.values = std::move(values);
  }

  void ChangeField(WorkDetection& detection) {
    DetectionItem& item = detection.item;
    if (item.is_keyword()) return;
    std::optional<Names> names = new_names_(*item.field);
    if (!names.has_value() ||
        !NameMatches(item_, &*item.field, detection.applied, run_)) {
      return;
    }
    if (!item_.id.empty()) detection.applied.insert(item_.id);
    if (names->size() == 1) {
      item.field = std::move(names->front());
      return;
    }
    if (!run_.Charge((names->size() - 1) * CostOf(item))) return;
    WorkDetection group;
    group.kind = item.neq ? Detection::Kind::kAllOf : Detection::Kind::kAnyOf;
    for (std::string& name : *names) {
      group.children.push_back(detection);
      group.children.back().item.field = std::move(name);
    }
    detection = std::move(group);
  }

  void ChangeCorrelation(CorrelationRule& correlation) {
    const auto is_alias = [&](const std::string& name) {
      return std::any_of(correlation.aliases.begin(), correlation.aliases.end(),
                         [&](const auto& alias) { return alias.name == name; });
    };
    for (CorrelationAlias& alias : correlation.aliases) {
      for (CorrelationAlias::Field& field : alias.fields) {
        ChangeSingle(field.field, "alias");
      }
    }
    Names group_by;
    for (const std::string& name : correlation.group_by) {
      Names names = is_alias(name) ? Names{name} : NamesOf(name);
      if (!run_.Charge(names.size())) return;
      std::move(names.begin(), names.end(), std::back_inserter(group_by));
    }
    correlation.group_by = std::move(group_by);
    for (std::string& field : correlation.fields) {
      ChangeSingle(field, "condition");
    }
  }

  void ChangeSingle(std::string& name, std::string_view what) {
    Names names = NamesOf(name);
    if (names.size() > 1) {
      run_.Fail(std::string("field '") + name + "' of the correlation's " +
                std::string(what) + " would get several names");
      return;
    }
    name = std::move(names.front());
  }

  // Returns the names of a field that stands in a value or a correlation, and
  // records what was done to it.
  Names NamesOf(const std::string& name) {
    std::optional<Names> names = new_names_(name);
    if (!names.has_value() || !OtherNameMatches(item_, name, run_)) {
      return {name};
    }
    auto& records = run_.rule().applied_to_names;
    AppliedIds applied = records[name];
    if (!item_.id.empty()) applied.insert(item_.id);
    for (const std::string& new_name : *names) records[new_name] = applied;
    return *std::move(names);
  }

  const NewNames new_names_;
  const PipelineItem& item_;
  RuleRun& run_;
};

}  // namespace

void ChangeFields(const MapFieldNames& map, const PipelineItem& item,
                  RuleRun& run) {
  const auto new_names = [&](const std::string& name) -> std::optional<Names> {
    const auto names = map.names.find(name);
    if (names == map.names.end()) return std::nullopt;
    return names->second;
  };
  FieldChanger(new_names, item, run).Change();
}

void ChangeFields(const MapFieldPrefixes& map, const PipelineItem& item,
                  RuleRun& run) {
  const auto new_names = [&](const std::string& name) -> std::optional<Names> {
    for (const auto& [prefix, prefixes] : map.prefixes) {
      if (!name.starts_with(prefix)) continue;
      Names names;
      for (const std::string& new_prefix : prefixes) {
        names.push_back(new_prefix + name.substr(prefix.size()));
      }
      return names;
    }
    return std::nullopt;
  };
  FieldChanger(new_names, item, run).Change();
}

void ChangeFields(const ExtendFieldNames& extend, const PipelineItem& item,
                  RuleRun& run) {
  const auto new_names = [&](const std::string& name) -> std::optional<Names> {
    return Names{extend.prefix + name + extend.suffix};
  };
  FieldChanger(new_names, item, run).Change();
}

}  // namespace hypersigma::internal
