#include "lib/pipeline/conditions_parser.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/pipeline/rule_attributes.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 2> kAndOr{"and", "or"};
constexpr std::array<std::string_view, 2> kCounts{"any", "all"};
constexpr std::array<std::string_view, 2> kModes{"plain", "re"};
constexpr std::size_t kRegexMode = 1;

// Parses the members of one condition; `type` is left out.
template <typename Condition>
using ParseOne = Condition (*)(MapReader& reader);

template <typename Condition>
struct ConditionType {
  std::string_view name;
  ParseOne<Condition> parse;
};

ItemApplied ParseItemApplied(MapReader& reader) {
  return {reader.RequiredText("processing_item_id")};
}

StateHolds ParseStateHolds(MapReader& reader) {
  // `in` and `not_in` are for attributes only.
  constexpr std::size_t kStateRelations = 6;
  StateHolds condition;
  condition.key = reader.RequiredText("key");
  condition.value = reader.RequiredScalar("val");
  condition.relation = static_cast<Relation>(
      reader.Choice("op", RelationNames().first(kStateRelations), 0));
  return condition;
}

// Reads what a log source may have; reports when it has nothing.
LogSourceIs ParseLogSourceIs(MapReader& reader) {
  LogSourceIs condition;
  condition.product = reader.Text("product");
  condition.category = reader.Text("category");
  condition.service = reader.Text("service");
  if (condition.product.empty() && condition.category.empty() &&
      condition.service.empty()) {
    reader.reporter().Error(reader.map().range,
                            Concat({reader.what(),
                                    " is empty, expected 'product', "
                                    "'category' or 'service'"}));
  }
  return condition;
}

AttributeHolds ParseAttributeHolds(MapReader& reader) {
  AttributeHolds condition;
  condition.attribute = reader.RequiredText("attribute");
  condition.value = reader.RequiredScalar("value");
  condition.relation =
      static_cast<Relation>(reader.Choice("op", RelationNames(), 0));
  const YamlNode* attribute = reader.Find("attribute");
  if (attribute != nullptr && IsUnkeptAttribute(condition.attribute)) {
    reader.reporter().Error(attribute->range,
                            Concat({"attribute ", Quoted(condition.attribute),
                                    " is not supported: rules do not keep "
                                    "it"}));
    return condition;
  }
  const AttributeType type = TypeOfAttribute(condition.attribute);
  if (!IsRelationFor(type, condition.relation)) {
    const std::string_view name =
        RelationNames()[static_cast<std::size_t>(condition.relation)];
    reader.reporter().Error(
        reader.map().range,
        Concat({"'op' is ", Quoted(name), ", which says nothing of attribute ",
                Quoted(condition.attribute),
                type == AttributeType::kList ? ", expected 'in' or 'not_in'"
                                             : ", expected 'eq' or 'ne'"}));
  } else if (!IsValueFor(type, condition.value)) {
    reader.reporter().Error(reader.map().range,
                            Concat({"'value' is ", Quoted(condition.value.text),
                                    ", which attribute ",
                                    Quoted(condition.attribute), " never is"}));
  }
  return condition;
}

ContainsItem ParseContainsItem(MapReader& reader) {
  std::string field = reader.RequiredText("field");
  return {std::move(field), reader.RequiredScalar("value")};
}

HasTag ParseHasTag(MapReader& reader) { return {reader.RequiredText("tag")}; }

template <bool kExpected>
RuleCondition ParseIsCorrelation(MapReader& /*reader*/) {
  return IsCorrelation{kExpected};
}

ValueCount ParseCount(MapReader& reader) {
  reader.Require("cond");
  return static_cast<ValueCount>(reader.Choice("cond", kCounts, 0));
}

MatchString ParseMatchString(MapReader& reader) {
  MatchString condition;
  condition.count = ParseCount(reader);
  condition.pattern = reader.RequiredRegex("pattern", {.at_start = true});
  condition.negate = reader.Flag("negate");
  return condition;
}

MatchValue ParseMatchValue(MapReader& reader) {
  const ValueCount count = ParseCount(reader);
  return {count, reader.RequiredScalar("value")};
}

template <bool kExclude>
FieldCondition ParseFieldIs(MapReader& reader) {
  FieldIs condition;
  condition.exclude = kExclude;
  const bool is_regex = reader.Choice("mode", kModes, 0) == kRegexMode;
  const YamlNode* fields = reader.Require("fields");
  if (fields == nullptr) return condition;
  if (!is_regex) {
    for (std::string& name : reader.RequiredTexts("fields")) {
      condition.names.insert(std::move(name));
    }
    return condition;
  }
  const auto add = [&](const YamlNode& node) {
    if (auto regex =
            CompileRegex(node, {.at_start = true}, reader.reporter())) {
      condition.patterns.push_back(std::move(regex));
    }
  };
  if (reader.RequiredTexts("fields").empty()) return condition;
  if (fields->kind != Kind::kList) {
    add(*fields);
  } else {
    for (const YamlNode& node : fields->items) add(node);
  }
  return condition;
}

constexpr std::array<ConditionType<RuleCondition>, 9> kRuleConditions{{
    {"contains_detection_item",
     [](MapReader& reader) {
       return RuleCondition(ParseContainsItem(reader));
     }},
    {"contains_field",
     [](MapReader& reader) {
       return RuleCondition(ContainsField{reader.RequiredText("field")});
     }},
    {"is_sigma_correlation_rule", ParseIsCorrelation<true>},
    {"is_sigma_rule", ParseIsCorrelation<false>},
    {"logsource",
     [](MapReader& reader) { return RuleCondition(ParseLogSourceIs(reader)); }},
    {"processing_item_applied",
     [](MapReader& reader) { return RuleCondition(ParseItemApplied(reader)); }},
    {"processing_state",
     [](MapReader& reader) { return RuleCondition(ParseStateHolds(reader)); }},
    {"rule_attribute",
     [](MapReader& reader) {
       return RuleCondition(ParseAttributeHolds(reader));
     }},
    {"tag",
     [](MapReader& reader) { return RuleCondition(ParseHasTag(reader)); }},
}};

constexpr std::array<ConditionType<ItemCondition>, 6> kItemConditions{{
    {"contains_wildcard",
     [](MapReader& reader) {
       return ItemCondition(ContainsWildcard{ParseCount(reader)});
     }},
    {"is_null",
     [](MapReader& reader) {
       return ItemCondition(IsNull{ParseCount(reader)});
     }},
    {"match_string",
     [](MapReader& reader) { return ItemCondition(ParseMatchString(reader)); }},
    {"match_value",
     [](MapReader& reader) { return ItemCondition(ParseMatchValue(reader)); }},
    {"processing_item_applied",
     [](MapReader& reader) { return ItemCondition(ParseItemApplied(reader)); }},
    {"processing_state",
     [](MapReader& reader) { return ItemCondition(ParseStateHolds(reader)); }},
}};

constexpr std::array<ConditionType<FieldCondition>, 4> kFieldConditions{{
    {"exclude_fields", ParseFieldIs<true>},
    {"include_fields", ParseFieldIs<false>},
    {"processing_item_applied",
     [](MapReader& reader) {
       return FieldCondition(ParseItemApplied(reader));
     }},
    {"processing_state",
     [](MapReader& reader) { return FieldCondition(ParseStateHolds(reader)); }},
}};

// The keys of one kind of condition.
struct GroupKeys {
  std::string_view conditions;
  std::string_view op;
  std::string_view negation;
  std::string_view expression;
};

template <typename Condition>
class GroupParser {
 public:
  GroupParser(MapReader& item, const GroupKeys& keys,
              std::span<const ConditionType<Condition>> types)
      : item_(item), keys_(keys), types_(types) {}

  ConditionGroup<Condition> Parse() {
    const YamlNode* conditions = item_.Find(keys_.conditions);
    if (conditions != nullptr) ParseAll(*conditions);
    group_.negated = item_.Flag(keys_.negation);
    const bool any = item_.Choice(keys_.op, kAndOr, 0) == 1;
    group_.expression = LinkAll(group_.conditions.size(), any);
    if (const YamlNode* text = item_.Find(keys_.expression)) {
      ParseExpression(*text);
    }
    return std::move(group_);
  }

 private:
  void ParseAll(const YamlNode& conditions) {
    if (conditions.kind == Kind::kMap) {
      for (const YamlNode::Entry& entry : conditions.entries) {
        names_.push_back(entry.key.text);
        ParseCondition(entry.value);
      }
    } else if (conditions.kind == Kind::kList) {
      for (const YamlNode& condition : conditions.items) {
        ParseCondition(condition);
      }
    } else if (conditions.kind != Kind::kNull) {
      item_.reporter().Mismatch(conditions.range, Quoted(keys_.conditions),
                                Describe(conditions),
                                "a list of conditions, or a map of them");
    }
  }

  void ParseCondition(const YamlNode& node) {
    Reporter& reporter = item_.reporter();
    if (node.kind != Kind::kMap) {
      reporter.Mismatch(node.range, "a condition", Describe(node),
                        "a map with 'type'");
      return;
    }
    const YamlNode* type = node.Find("type");
    if (type == nullptr) {
      reporter.Error(node.range, "the condition has no 'type'");
      return;
    }
    std::vector<std::string_view> names;
    for (const ConditionType<Condition>& known : types_) {
      names.push_back(known.name);
      if (known.name != type->text) continue;
      MapReader reader(node, Concat({"condition ", Quoted(type->text)}),
                       reporter);
      reader.Find("type");
      group_.conditions.push_back(known.parse(reader));
      reader.Finish();
      return;
    }
    reporter.Error(type->range,
                   Concat({"unknown condition ", Quoted(type->text), " in ",
                           Quoted(keys_.conditions),
                           DidYouMean(Nearest(type->text, names))}));
  }

  void ParseExpression(const YamlNode& text) {
    Reporter& reporter = item_.reporter();
    if (item_.map().Find(keys_.op) != nullptr) {
      reporter.Error(text.range,
                     Concat({Quoted(keys_.expression), " and ",
                             Quoted(keys_.op), " exclude each other"}));
    } else if (names_.empty()) {
      reporter.Error(
          text.range,
          Concat({Quoted(keys_.expression), " needs ", Quoted(keys_.conditions),
                  " as a map from names to conditions"}));
    } else if (auto expression =
                   ParseConditionExpression(text, names_, reporter)) {
      group_.expression = *std::move(expression);
    }
  }

  MapReader& item_;
  const GroupKeys& keys_;
  std::span<const ConditionType<Condition>> types_;
  std::vector<std::string_view> names_;
  ConditionGroup<Condition> group_;
};

// pySigma takes "no conditions" for true and negates that, or links it with
// "or" to false: nothing ever happens. It cannot be meant.
void RefuseEmpty(MapReader& item, const GroupKeys& keys) {
  const YamlNode* conditions = item.Find(keys.conditions);
  if (conditions != nullptr &&
      !(conditions->items.empty() && conditions->entries.empty())) {
    return;  // they are there, and wrong
  }
  for (const std::string_view key : {keys.op, keys.negation}) {
    const YamlNode* node = item.Find(key);
    if (node == nullptr || node->text == "false" || node->text == "and") {
      continue;
    }
    item.reporter().Error(
        node->range,
        Concat({Quoted(key), " stands without ", Quoted(keys.conditions),
                ", so that the transformation would never "
                "be applied"}));
  }
}

}  // namespace

ConditionGroup<RuleCondition> ParseRuleConditions(MapReader& item) {
  constexpr GroupKeys kKeys{"rule_conditions", "rule_cond_op", "rule_cond_not",
                            "rule_cond_expr"};
  return GroupParser<RuleCondition>(item, kKeys, kRuleConditions).Parse();
}

ConditionGroup<ItemCondition> ParseItemConditions(MapReader& item) {
  constexpr GroupKeys kKeys{"detection_item_conditions",
                            "detection_item_cond_op", "detection_item_cond_not",
                            "detection_item_cond_expr"};
  auto group = GroupParser<ItemCondition>(item, kKeys, kItemConditions).Parse();
  if (group.empty()) RefuseEmpty(item, kKeys);
  return group;
}

ConditionGroup<FieldCondition> ParseFieldConditions(MapReader& item) {
  constexpr GroupKeys kKeys{"field_name_conditions", "field_name_cond_op",
                            "field_name_cond_not", "field_name_cond_expr"};
  auto group =
      GroupParser<FieldCondition>(item, kKeys, kFieldConditions).Parse();
  if (group.empty()) RefuseEmpty(item, kKeys);
  return group;
}

}  // namespace hypersigma::internal
