#include "lib/pipeline/condition_matcher.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "lib/base/text.h"
#include "lib/pipeline/plain_text.h"
#include "lib/pipeline/rule_attributes.h"

namespace hypersigma::internal {
namespace {

bool IsLogSource(const LogSourceIs& wanted, const Rule& rule) {
  const auto fits = [](const std::string& set, const std::string& present) {
    return set.empty() || EqualAsciiFolded(set, present);
  };
  return fits(wanted.product, rule.product) &&
         fits(wanted.category, rule.category) &&
         fits(wanted.service, rule.service);
}

// Whether a rule under the correlation has the log source.
bool RefersTo(const LogSourceIs& wanted, const CorrelationRule& correlation,
              const ReferredRules& referred) {
  std::vector<const CorrelationRule*> pending{&correlation};
  std::vector<bool> seen(referred.correlations.size());
  while (!pending.empty()) {
    const CorrelationRule& next = *pending.back();
    pending.pop_back();
    for (const RuleReference& reference : next.rules) {
      for (const RuleTarget target : reference.targets) {
        if (target.kind == RuleTarget::Kind::kRule) {
          if (IsLogSource(wanted, referred.rules[target.index])) return true;
        } else if (!seen[target.index]) {
          seen[target.index] = true;
          pending.push_back(&referred.correlations[target.index]);
        }
      }
    }
  }
  return false;
}

// Whether some item that is not empty is as `wanted` says.
template <typename Wanted>
bool AnyItem(const WorkDetection& detection, const Wanted& wanted) {
  if (detection.kind == Detection::Kind::kItem) return wanted(detection.item);
  return std::any_of(
      detection.children.begin(), detection.children.end(),
      [&](const WorkDetection& child) { return AnyItem(child, wanted); });
}

template <typename Wanted>
bool AnyItem(const WorkRule& rule, const Wanted& wanted) {
  return std::any_of(rule.selections.begin(), rule.selections.end(),
                     [&](const WorkSelection& selection) {
                       return AnyItem(selection.detection, wanted);
                     });
}

// Whether the value, with what modifiers made of it, is `wanted`.
bool IsValue(const DetectionItem& item, const RuleValue& value,
             const Scalar& wanted) {
  using Kind = YamlNode::Kind;
  if (!value.patterns.empty()) {
    return wanted.kind == Kind::kString && value.patterns.size() == 1 &&
           value.patterns.front() == SigmaString::Parse(wanted.text);
  }
  // Under an operator the value is not what stands there.
  if (!item.modifiers.empty()) return false;
  Scalar scalar{Kind::kNull, value.text};
  if (value.kind == RuleValue::Kind::kBool) scalar.kind = Kind::kBool;
  if (value.kind == RuleValue::Kind::kInteger) scalar.kind = Kind::kInteger;
  if (value.kind == RuleValue::Kind::kFloat) scalar.kind = Kind::kFloat;
  return Compare(scalar, wanted) == 0;
}

// What conditions of all three kinds ask.
bool HoldsFor(const StateHolds& condition, const WorkRule& rule) {
  const auto state = rule.state.find(condition.key);
  return state != rule.state.end() &&
         Holds(condition.relation, Compare(state->second, condition.value));
}

class RuleMatcher {
 public:
  explicit RuleMatcher(const RuleRun& run) : run_(run), rule_(run.rule()) {}

  bool operator()(const LogSourceIs& wanted) const {
    if (rule_.correlation == nullptr) {
      return IsLogSource(wanted, *rule_.attributes);
    }
    return RefersTo(wanted, *rule_.correlation, run_.referred());
  }
  bool operator()(const ContainsField& wanted) const {
    return AnyItem(rule_, [&](const DetectionItem& item) {
      return item.field == wanted.field;
    });
  }
  bool operator()(const ContainsItem& wanted) const {
    return AnyItem(rule_, [&](const DetectionItem& item) {
      return item.field == wanted.field &&
             std::any_of(item.values.begin(), item.values.end(),
                         [&](const RuleValue& value) {
                           return IsValue(item, value, wanted.value);
                         });
    });
  }
  bool operator()(const ItemApplied& wanted) const {
    return rule_.applied.contains(wanted.id);
  }
  bool operator()(const StateHolds& wanted) const {
    return HoldsFor(wanted, rule_);
  }
  bool operator()(const IsCorrelation& wanted) const {
    return (rule_.correlation != nullptr) == wanted.expected;
  }
  bool operator()(const AttributeHolds& wanted) const {
    const AttributeType type = TypeOfAttribute(wanted.attribute);
    if (type == AttributeType::kCustom) return CustomHolds(wanted);
    if (type == AttributeType::kList) {
      const auto& list = AttributeListOf(*rule_.attributes, wanted.attribute);
      const bool has =
          std::find(list.begin(), list.end(), wanted.value.text) != list.end();
      return has == (wanted.relation == Relation::kIn);
    }
    const auto attribute = AttributeOf(*rule_.attributes, wanted.attribute);
    return attribute.has_value() &&
           Holds(wanted.relation,
                 CompareAttribute(type, *attribute, wanted.value));
  }
  bool operator()(const HasTag& wanted) const {
    const auto& tags = rule_.attributes->tags;
    return std::find(tags.begin(), tags.end(), wanted.tag) != tags.end();
  }

 private:
  bool CustomHolds(const AttributeHolds& wanted) const {
    const auto attribute = rule_.custom_attributes.find(wanted.attribute);
    if (attribute == rule_.custom_attributes.end()) return false;
    const SetAttribute& set = attribute->second;
    const auto is_wanted = [&](const Scalar& value) {
      return Compare(value, wanted.value) == 0;
    };
    const bool has =
        std::any_of(set.values.begin(), set.values.end(), is_wanted);
    if (!set.is_list) {
      return Holds(wanted.relation, Compare(set.values.front(), wanted.value));
    }
    if (wanted.relation == Relation::kIn) return has;
    if (wanted.relation == Relation::kNotIn) return !has;
    return wanted.relation == Relation::kNe;
  }

  const RuleRun& run_;
  const WorkRule& rule_;
};

class ItemMatcher {
 public:
  ItemMatcher(const WorkDetection& detection, RuleRun& run)
      : detection_(detection), run_(run) {}

  bool operator()(const MatchString& wanted) const {
    return Counts(wanted.count, [&](const RuleValue& value) {
      const bool matches = std::any_of(
          value.patterns.begin(), value.patterns.end(),
          [&](const SigmaString& pattern) {
            return run_.Finds(*wanted.pattern, PlainTextOf(pattern));
          });
      return matches != wanted.negate;
    });
  }
  bool operator()(const MatchValue& wanted) const {
    return Counts(wanted.count, [&](const RuleValue& value) {
      return IsValue(detection_.item, value, wanted.value);
    });
  }
  bool operator()(const ContainsWildcard& wanted) const {
    return Counts(wanted.count, [](const RuleValue& value) {
      return std::any_of(
          value.patterns.begin(), value.patterns.end(),
          [](const SigmaString& pattern) { return pattern.has_wildcard(); });
    });
  }
  bool operator()(const IsNull& wanted) const {
    return Counts(wanted.count, [](const RuleValue& value) {
      return value.kind == RuleValue::Kind::kNull;
    });
  }
  bool operator()(const ItemApplied& wanted) const {
    return detection_.applied.contains(wanted.id);
  }
  bool operator()(const StateHolds& wanted) const {
    return HoldsFor(wanted, run_.rule());
  }

 private:
  template <typename Wanted>
  bool Counts(ValueCount count, const Wanted& wanted) const {
    const std::vector<RuleValue>& values = detection_.item.values;
    return count == ValueCount::kAny
               ? std::any_of(values.begin(), values.end(), wanted)
               : std::all_of(values.begin(), values.end(), wanted);
  }

  const WorkDetection& detection_;
  RuleRun& run_;
};

class NameMatcher {
 public:
  NameMatcher(const std::string* name, const AppliedIds& applied, RuleRun& run)
      : name_(name), applied_(applied), run_(run) {}

  bool operator()(const FieldIs& wanted) const {
    return IsNamed(wanted) != wanted.exclude;
  }
  bool operator()(const ItemApplied& wanted) const {
    return applied_.contains(wanted.id);
  }
  bool operator()(const StateHolds& wanted) const {
    return HoldsFor(wanted, run_.rule());
  }

 private:
  bool IsNamed(const FieldIs& wanted) const {
    if (name_ == nullptr) return false;
    if (wanted.names.contains(*name_)) return true;
    return std::any_of(
        wanted.patterns.begin(), wanted.patterns.end(),
        [&](const auto& pattern) { return run_.Finds(*pattern, *name_); });
  }

  const std::string* name_;
  const AppliedIds& applied_;
  RuleRun& run_;
};

const AppliedIds& AppliedTo(const std::string& name, const WorkRule& rule,
                            const AppliedIds& none) {
  const auto applied = rule.applied_to_names.find(name);
  return applied == rule.applied_to_names.end() ? none : applied->second;
}

}  // namespace

bool RuleMatches(const PipelineItem& item, RuleRun& run) {
  const RuleMatcher matcher(run);
  return item.rule_conditions.Holds([&](const RuleCondition& condition) {
    return std::visit(matcher, condition);
  });
}

bool ItemConditionsHold(const PipelineItem& item,
                        const WorkDetection& detection, RuleRun& run) {
  const ItemMatcher matcher(detection, run);
  return item.item_conditions.Holds([&](const ItemCondition& condition) {
    return std::visit(matcher, condition);
  });
}

bool NameMatches(const PipelineItem& item, const std::string* name,
                 const AppliedIds& applied, RuleRun& run) {
  const NameMatcher matcher(name, applied, run);
  return item.field_conditions.Holds([&](const FieldCondition& condition) {
    return std::visit(matcher, condition);
  });
}

bool OtherNameMatches(const PipelineItem& item, const std::string& name,
                      RuleRun& run) {
  const AppliedIds none;
  return NameMatches(item, &name, AppliedTo(name, run.rule(), none), run);
}

bool ItemMatches(const PipelineItem& item, const WorkDetection& detection,
                 RuleRun& run) {
  if (!ItemConditionsHold(item, detection, run)) return false;
  const DetectionItem& rule_item = detection.item;
  const std::string* field =
      rule_item.is_keyword() ? nullptr : &*rule_item.field;
  const bool has_names = rule_item.Has(Modifier::kFieldRef);
  const AppliedIds none;
  return item.field_conditions.Holds([&](const FieldCondition& condition) {
    if (std::visit(NameMatcher(field, detection.applied, run), condition)) {
      return true;
    }
    // Whether something was applied is known of the item as a whole.
    if (!has_names || std::holds_alternative<ItemApplied>(condition)) {
      return false;
    }
    return std::any_of(rule_item.values.begin(), rule_item.values.end(),
                       [&](const RuleValue& value) {
                         return std::visit(NameMatcher(&value.text, none, run),
                                           condition);
                       });
  });
}

}  // namespace hypersigma::internal
