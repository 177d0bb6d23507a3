// Reading of thresholds and expressions.

#include "lib/rule/correlation_condition.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/number.h"
#include "lib/rule/condition_parser.h"
#include "lib/rule/condition_words.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;
using Operator = CorrelationThreshold::Operator;

constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators{
    {{"gt", Operator::kGt},
     {"gte", Operator::kGte},
     {"lt", Operator::kLt},
     {"lte", Operator::kLte},
     {"eq", Operator::kEq},
     {"neq", Operator::kNeq}}};
constexpr std::array<std::string_view, 8> kKeys{
    "eq", "field", "gt", "gte", "lt", "lte", "neq", "percentile"};
constexpr std::string_view kThresholds = "gt, gte, lt, lte, eq or neq";

// What a type needs beside thresholds.
enum class FieldNeed : std::uint8_t { kNone, kOne, kSome };

FieldNeed NeedOf(CorrelationType type) {
  switch (type) {
    case CorrelationType::kValueCount:
      return FieldNeed::kSome;
    case CorrelationType::kValueSum:
    case CorrelationType::kValueAvg:
    case CorrelationType::kValueMedian:
    case CorrelationType::kValuePercentile:
      return FieldNeed::kOne;
    case CorrelationType::kEventCount:
    case CorrelationType::kTemporal:
    case CorrelationType::kTemporalOrdered:
      break;
  }
  return FieldNeed::kNone;
}

class Parser {
 public:
  Parser(CorrelationRule& correlation, Reporter& reporter)
      : correlation_(correlation), reporter_(reporter) {}

  void ParseMap(const YamlNode& map);
  void ParseExpression(const YamlNode& text);

 private:
  void ParseThreshold(Operator op, const YamlNode::Entry& entry);
  // Returns the digits of a number, also of one in quotes.
  std::optional<std::string> ParseNumber(const YamlNode::Entry& entry);
  void ParseField(const YamlNode::Entry& entry);
  void ParsePercentile(const YamlNode::Entry& entry);
  void ReportUnknownKey(const YamlNode& key);
  void CheckField(const YamlNode& map);
  void CheckPercentile(const YamlNode& map);

  CorrelationRule& correlation_;
  Reporter& reporter_;
};

void Parser::ParseMap(const YamlNode& map) {
  bool has_threshold = false;
  for (const YamlNode::Entry& entry : map.entries) {
    const std::string_view key = entry.key.text;
    bool is_known = key == "field" || key == "percentile";
    if (key == "field") ParseField(entry);
    if (key == "percentile") ParsePercentile(entry);
    for (const auto& [name, op] : kOperators) {
      if (key != name) continue;
      is_known = true;
      has_threshold = true;
      ParseThreshold(op, entry);
    }
    if (!is_known) ReportUnknownKey(entry.key);
  }
  if (!has_threshold) {
    reporter_.Error(map.range,
                    Concat({"condition has no threshold, expected one or more "
                            "of ",
                            kThresholds}));
  }
  CheckField(map);
  CheckPercentile(map);
}

void Parser::ParseThreshold(Operator op, const YamlNode::Entry& entry) {
  if (auto number = ParseNumber(entry)) {
    correlation_.thresholds.push_back({op, *std::move(number)});
  }
}

std::optional<std::string> Parser::ParseNumber(const YamlNode::Entry& entry) {
  const YamlNode& value = entry.value;
  if (value.kind == Kind::kInteger || value.kind == Kind::kFloat) {
    return value.text;
  }
  if (value.kind == Kind::kString && Number::Parse(value.text).has_value()) {
    reporter_.StrictWarning(
        value.range,
        Concat({entry.key.text, " is ", Describe(value),
                ", expected a number without quotes; it is taken as the "
                "number"}),
        Describe(value), "a number");
    return value.text;
  }
  reporter_.Mismatch(value.range, entry.key.text, Describe(value), "a number");
  return std::nullopt;
}

void Parser::ParseField(const YamlNode::Entry& entry) {
  const YamlNode& value = entry.value;
  const auto add = [&](const YamlNode& name) {
    if (name.kind == Kind::kString && !name.text.empty()) {
      correlation_.fields.push_back(name.text);
    } else {
      reporter_.Mismatch(name.range, "field", Describe(name),
                         "the name of a field");
    }
  };
  if (value.kind != Kind::kList || value.items.empty()) {
    add(value);
  } else {
    for (const YamlNode& item : value.items) add(item);
  }
  if (value.items.size() > 1 && NeedOf(correlation_.type) == FieldNeed::kOne) {
    reporter_.Mismatch(value.range, "field", "a list",
                       "one field: only value_count takes several");
  }
}

void Parser::ParsePercentile(const YamlNode::Entry& entry) {
  auto digits = ParseNumber(entry);
  if (!digits.has_value()) return;
  const auto number = Number::Parse(*digits);
  const auto least = Number::Parse("0");
  const auto most = Number::Parse("100");
  if (!number.has_value() || Number::Compare(*number, *least) < 0 ||
      Number::Compare(*number, *most) > 0) {
    reporter_.Mismatch(entry.value.range, "percentile", *digits,
                       "a number from 0 to 100");
    return;
  }
  correlation_.percentile = *std::move(digits);
}

void Parser::ReportUnknownKey(const YamlNode& key) {
  reporter_.StrictWarning(
      key.range,
      Concat({"unknown key ", Quoted(key.text),
              " of condition is ignored, expected ", kThresholds,
              ", field or percentile", DidYouMean(Nearest(key.text, kKeys))}),
      Quoted(key.text));
}

void Parser::CheckField(const YamlNode& map) {
  const YamlNode* field = map.Find("field");
  const FieldNeed need = NeedOf(correlation_.type);
  if (field == nullptr && need != FieldNeed::kNone) {
    // Peers accept it, so it is loaded: events without the field add nothing.
    reporter_.StrictWarning(map.range,
                            "condition has no field, expected the field whose "
                            "values count; without one it never holds");
  }
  if (field != nullptr && need == FieldNeed::kNone) {
    reporter_.Warning(field->range,
                      "field is ignored: only the value_ types look at values");
  }
}

void Parser::CheckPercentile(const YamlNode& map) {
  const YamlNode* percentile = map.Find("percentile");
  const bool is_needed = correlation_.type == CorrelationType::kValuePercentile;
  if (percentile == nullptr && is_needed) {
    reporter_.Error(map.range,
                    "condition has no percentile, expected a number from 0 to "
                    "100");
  }
  if (percentile != nullptr && !is_needed) {
    reporter_.Warning(percentile->range,
                      "percentile is ignored: only value_percentile takes it");
  }
}

void Parser::ParseExpression(const YamlNode& text) {
  if (!IsTemporal(correlation_.type)) {
    reporter_.Mismatch(text.range, "condition", Describe(text),
                       "a map with a threshold: only temporal and "
                       "temporal_ordered take an expression");
    return;
  }
  // Every name is known: which rules there are is not seen here.
  absl::flat_hash_set<std::string> listed;
  for (const RuleReference& rule : correlation_.rules) listed.insert(rule.text);
  for (const std::string_view name : NamesInCondition(text.text)) {
    if (!listed.contains(std::string(name))) {
      const auto begin =
          static_cast<std::size_t>(name.data() - text.text.data());
      correlation_.rules.push_back(
          {std::string(name),
           PlaceInScalar(reporter_.source(), text, begin, begin + name.size()),
           {}});
    }
  }
  std::vector<std::string_view> names;
  for (const RuleReference& rule : correlation_.rules) {
    names.push_back(rule.text);
  }
  correlation_.expression = ParseCondition(
      text, SelectionNames(std::move(names)), reporter_, ConditionOver::kRules);
}

}  // namespace

void ParseCorrelationCondition(const YamlNode* condition,
                               CorrelationRule& correlation,
                               Reporter& reporter) {
  if (condition == nullptr) {
    correlation.condition_range = correlation.range;
    if (IsTemporal(correlation.type)) return;
    reporter.Error(correlation.range,
                   "condition is missing, expected a map with a threshold");
    return;
  }
  correlation.condition_range = condition->range;
  Parser parser(correlation, reporter);
  if (condition->kind == Kind::kMap) {
    parser.ParseMap(*condition);
  } else if (condition->kind == Kind::kString) {
    parser.ParseExpression(*condition);
  } else {
    reporter.Mismatch(condition->range, "condition", Describe(*condition),
                      "a map with a threshold");
  }
}

}  // namespace hypersigma::internal
