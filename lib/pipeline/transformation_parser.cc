#include "lib/pipeline/transformation_parser.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "lib/base/number.h"
#include "lib/pipeline/replacement.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/selection_parser.h"
#include "lib/rule/value_context.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

// Calls `add(key, texts)` for each member of the map `mapping`.
template <typename Add>
void ForEachMapping(MapReader& item, const Add& add) {
  const YamlNode* mapping = item.Require("mapping");
  if (mapping == nullptr) return;
  if (mapping->kind != Kind::kMap) {
    item.reporter().Mismatch(mapping->range,
                             Concat({"'mapping' of ", item.what()}),
                             Describe(*mapping), "a map");
    return;
  }
  for (const YamlNode::Entry& entry : mapping->entries) {
    add(entry.key.text,
        TextsOf(entry.value,
                Concat({"the mapping of ", Quoted(entry.key.text)}),
                item.reporter()));
  }
}

Transformation ParseMapFieldNames(MapReader& item) {
  MapFieldNames map;
  ForEachMapping(item, [&](const std::string& name, auto names) {
    map.names.emplace(name, std::move(names));
  });
  return map;
}

Transformation ParseMapFieldPrefixes(MapReader& item) {
  MapFieldPrefixes map;
  ForEachMapping(item, [&](const std::string& prefix, auto prefixes) {
    map.prefixes.emplace_back(prefix, std::move(prefixes));
  });
  return map;
}

Transformation ParseMapString(MapReader& item) {
  MapString map;
  ForEachMapping(item, [&](const std::string& text, auto texts) {
    map.texts.emplace(text, std::move(texts));
  });
  return map;
}

Transformation ParsePrefix(MapReader& item) {
  return ExtendFieldNames{item.RequiredText("prefix"), ""};
}

Transformation ParseSuffix(MapReader& item) {
  return ExtendFieldNames{"", item.RequiredText("suffix")};
}

Transformation ParseSplitHashes(MapReader& item) {
  SplitHashes split;
  split.algorithms = item.RequiredTexts("valid_hash_algos");
  split.field_prefix = item.Text("field_prefix");
  split.drop_algorithm = item.Flag("drop_algo_prefix");
  split.fields = item.Texts("field_to_parse");
  if (split.fields.empty()) split.fields = {"Hashes", "Hash"};
  if (split.drop_algorithm && split.field_prefix.empty()) {
    item.reporter().Error(item.map().range,
                          "'drop_algo_prefix' without 'field_prefix' leaves "
                          "no name for the fields of hashes");
  }
  return split;
}

Transformation ParseDropItem(MapReader& /*item*/) { return DropItem(); }

// A template is parsed again for each rule, where the file is gone.
void ForgetPlaces(YamlNode& node) {
  node.range = {};
  for (YamlNode& item : node.items) ForgetPlaces(item);
  for (YamlNode::Entry& entry : node.entries) {
    entry.key.range = {};
    ForgetPlaces(entry.value);
  }
}

Transformation ParseAddCondition(MapReader& item) {
  AddCondition add;
  add.name = item.Text("name");
  add.is_template = item.Flag("template");
  add.negated = item.Flag("negated");
  const YamlNode* conditions = item.Require("conditions");
  if (conditions == nullptr) return add;
  if (conditions->kind != Kind::kMap || conditions->entries.empty()) {
    item.reporter().Mismatch(
        conditions->range, "'conditions' of 'add_condition'",
        Describe(*conditions), "a map of fields and their values");
    return add;
  }
  if (add.is_template) {
    add.conditions = *conditions;
    ForgetPlaces(add.conditions);
  } else {
    PatternBudget budget;
    add.selection =
        ParseSelectionBody(*conditions, {}, budget, item.reporter());
  }
  return add;
}

Transformation ParseChangeLogSource(MapReader& item) {
  ChangeLogSource change;
  change.product = item.Text("product");
  change.category = item.Text("category");
  change.service = item.Text("service");
  if (change.product.empty() && change.category.empty() &&
      change.service.empty()) {
    item.reporter().Error(item.map().range,
                          "'change_logsource' leaves rules without a log "
                          "source, expected 'product', 'category' or "
                          "'service'");
  }
  return change;
}

Transformation ParseReplaceString(MapReader& item) {
  ReplaceString replace;
  replace.pattern = item.RequiredRegex("regex");
  const std::string text = item.RequiredText("replacement");
  replace.skip_special = item.Flag("skip_special");
  replace.interpret_special = item.Flag("interpret_special");
  const YamlNode* node = item.Find("replacement");
  if (replace.pattern == nullptr || node == nullptr) return replace;
  auto parsed = ParseReplacement(text, *replace.pattern);
  if (const auto* error = std::get_if<std::string>(&parsed)) {
    item.reporter().Error(node->range, *error);
  } else {
    replace.replacement =
        std::move(std::get<std::vector<ReplacementPart>>(parsed));
  }
  return replace;
}

RuleValue TextValue(const std::string& text) {
  RuleValue value;
  value.kind = RuleValue::Kind::kString;
  value.text = text;
  value.patterns.push_back(SigmaString::Parse(text));
  return value;
}

RuleValue ValueOf(const Scalar& scalar) {
  if (scalar.kind == Kind::kString) return TextValue(scalar.text);
  RuleValue value;
  value.text = scalar.text;
  if (scalar.kind == Kind::kBool) value.kind = RuleValue::Kind::kBool;
  if (scalar.kind == Kind::kInteger) value.kind = RuleValue::Kind::kInteger;
  if (scalar.kind == Kind::kFloat) value.kind = RuleValue::Kind::kFloat;
  return value;
}

Transformation ParseSetValue(MapReader& item) {
  constexpr std::array<std::string_view, 2> kTypes{"str", "num"};
  constexpr std::size_t kNone = 2;
  const Scalar scalar = item.RequiredScalar("value");
  const std::size_t type = item.Choice("force_type", kTypes, kNone);
  if (type == kNone) return SetValue{ValueOf(scalar)};
  if (type == 0 && scalar.kind != Kind::kNull) {
    return SetValue{TextValue(scalar.text)};
  }
  const std::optional<Number> number = Number::Parse(scalar.text);
  if (type == 0 || !number.has_value()) {
    item.reporter().Error(
        item.map().range,
        Concat({"'value' cannot be made a ", type == 0 ? "string" : "number"}));
    return SetValue();
  }
  RuleValue value;
  value.kind = number->is_integer() ? RuleValue::Kind::kInteger
                                    : RuleValue::Kind::kFloat;
  value.text = scalar.text;
  return SetValue{std::move(value)};
}

Transformation ParseConvertType(MapReader& item) {
  constexpr std::array<std::string_view, 2> kTypes{"str", "num"};
  item.Require("target_type");
  return ConvertType{item.Choice("target_type", kTypes, 0) == 1};
}

Transformation ParseChangeCase(MapReader& item) {
  constexpr std::array<std::string_view, 3> kMethods{"lower", "upper",
                                                     "snake_case"};
  return ChangeCase{
      static_cast<ChangeCase::To>(item.Choice("method", kMethods, 0))};
}

template <bool kByWildcard>
Transformation ParsePlaceholders(MapReader& item) {
  ReplacePlaceholders replace;
  replace.by_wildcard = kByWildcard;
  const YamlNode* include = item.Find("include");
  const YamlNode* exclude = item.Find("exclude");
  if (include != nullptr && exclude != nullptr) {
    item.reporter().Error(exclude->range,
                          "'include' and 'exclude' exclude each other");
  }
  if (include != nullptr) {
    replace.include.emplace();
    for (std::string& name : item.Texts("include")) {
      replace.include->insert(std::move(name));
    }
  }
  for (std::string& name : item.Texts("exclude")) {
    replace.exclude.insert(std::move(name));
  }
  return replace;
}

template <bool kOnItem>
Transformation ParseFail(MapReader& item) {
  return Fail{item.RequiredText("message"), kOnItem};
}

Transformation ParseSetState(MapReader& item) {
  std::string key = item.RequiredText("key");
  return SetState{std::move(key), item.RequiredScalar("val")};
}

Transformation ParseSetAttribute(MapReader& item) {
  SetAttribute set;
  set.name = item.RequiredText("attribute");
  const YamlNode* value = item.Require("value");
  if (value == nullptr) return set;
  set.is_list = value->kind == Kind::kList;
  const std::span<const YamlNode> nodes =
      set.is_list ? std::span<const YamlNode>(value->items)
                  : std::span<const YamlNode>(value, 1);
  for (const YamlNode& node : nodes) {
    if (auto scalar = ScalarOf(node)) {
      set.values.push_back(*std::move(scalar));
    } else {
      item.reporter().Mismatch(node.range, "'value' of 'set_custom_attribute'",
                               Describe(node), "a scalar or a list of scalars");
    }
  }
  return set;
}

Transformation ParseField(MapReader& item) {
  item.RequiredTexts("field");
  return NoEffect();
}

Transformation ParseFields(MapReader& item) {
  item.Require("fields");
  item.Texts("fields");
  return NoEffect();
}

struct TransformationType {
  std::string_view name;
  Transformation (*parse)(MapReader& item);
};
constexpr std::array<TransformationType, 22> kTypes{{
    {"add_condition", ParseAddCondition},
    {"add_field", ParseField},
    {"case", ParseChangeCase},
    {"change_logsource", ParseChangeLogSource},
    {"convert_type", ParseConvertType},
    {"detection_item_failure", ParseFail<true>},
    {"drop_detection_item", ParseDropItem},
    {"field_name_mapping", ParseMapFieldNames},
    {"field_name_prefix", ParsePrefix},
    {"field_name_prefix_mapping", ParseMapFieldPrefixes},
    {"field_name_suffix", ParseSuffix},
    {"hashes_fields", ParseSplitHashes},
    {"map_string", ParseMapString},
    {"remove_field", ParseField},
    {"replace_string", ParseReplaceString},
    {"rule_failure", ParseFail<false>},
    {"set_custom_attribute", ParseSetAttribute},
    {"set_field", ParseFields},
    {"set_state", ParseSetState},
    {"set_value", ParseSetValue},
    {"value_placeholders", ParsePlaceholders<false>},
    {"wildcard_placeholders", ParsePlaceholders<true>},
}};

// What pySigma has beside them, and why we do not.
struct UnsupportedType {
  std::string_view name;
  std::string_view reason;
};
constexpr std::array<UnsupportedType, 8> kUnsupported{{
    {"command_placeholders", "it runs a program"},
    {"extract_fields",
     "it makes several items of one value; write those in the rule, or map the "
     "field"},
    {"field_name_transform", "it needs a function of Python"},
    {"file_placeholders",
     "it reads another file; write the values in 'vars' and use "
     "'value_placeholders'"},
    {"http_placeholders", "it asks the network"},
    {"query_expression_placeholders",
     "it writes text into a query, and there is no query here"},
    {"regex",
     "it makes regular expressions for backends that heed case; hypersigma "
     "compares without case by itself"},
    {"strict_field_mapping_failure",
     "it needs to know every field of the events; 'hypersigma fields' shows "
     "those that rules need"},
}};

}  // namespace

std::optional<Transformation> ParseTransformation(const YamlNode& type,
                                                  MapReader& item) {
  std::vector<std::string_view> names{"nest"};
  for (const TransformationType& known : kTypes) {
    if (known.name == type.text) return known.parse(item);
    names.push_back(known.name);
  }
  for (const UnsupportedType& known : kUnsupported) {
    if (known.name != type.text) continue;
    item.reporter().Error(type.range,
                          Concat({"transformation ", Quoted(type.text),
                                  " is not supported: ", known.reason}));
    return std::nullopt;
  }
  item.reporter().Error(type.range,
                        Concat({"unknown transformation ", Quoted(type.text),
                                DidYouMean(Nearest(type.text, names))}));
  return std::nullopt;
}

}  // namespace hypersigma::internal
