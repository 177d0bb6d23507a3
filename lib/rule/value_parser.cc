// Values: one function for each thing that modifiers can ask of them.

#include "lib/rule/value_parser.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lib/base/cidr.h"
#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/base/regex.h"
#include "lib/base/text.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Kind = RuleValue::Kind;

// REQUIRES: a scalar.
Kind KindOf(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kBool:
      return Kind::kBool;
    case YamlNode::Kind::kInteger:
      return Kind::kInteger;
    case YamlNode::Kind::kFloat:
      return Kind::kFloat;
    case YamlNode::Kind::kString:
      return Kind::kString;
    case YamlNode::Kind::kNull:
    case YamlNode::Kind::kList:
    case YamlNode::Kind::kMap:
      break;
  }
  return Kind::kNull;
}

// Returns the text that a number or boolean has as a field's value.
std::string CanonicalText(const YamlNode& node) {
  const std::optional<Number> number = Number::Parse(node.text);
  if (!number.has_value()) return node.text;
  std::string text;
  number->AppendText(&text);
  return text;
}

std::string ModifierName(const ModifierChain& chain) {
  for (const ModifierEntry& entry : ModifierTable()) {
    if (chain.Has(entry.modifier)) return Quoted(entry.name);
  }
  return {};
}

class ValueParser {
 public:
  ValueParser(const YamlNode& node, const ValueContext& context)
      : node_(node), chain_(context.chain), context_(context) {}

  RuleValue Parse();

 private:
  void ParseText();
  void ParsePlaceholders();
  void ParseRegex();
  void ParseCidr();
  void ParseNumber();
  void ParseExists();
  // Takes a number or boolean as its text under the modifier `name`.
  void TakeText(std::string_view name);
  void Mismatch(std::string_view what, std::string expected) {
    context_.reporter.Mismatch(node_.range, what, Describe(node_),
                               std::move(expected));
  }

  const YamlNode& node_;
  const ModifierChain& chain_;
  const ValueContext& context_;
  RuleValue value_;
};

RuleValue ValueParser::Parse() {
  value_.range = node_.range;
  if (!node_.is_scalar()) {
    Mismatch("a value", "a string, number, boolean or null");
    return std::move(value_);
  }
  value_.kind = KindOf(node_);
  value_.text = node_.text;
  if (chain_.Has(Modifier::kRe)) {
    ParseRegex();
  } else if (chain_.Has(Modifier::kCidr)) {
    ParseCidr();
  } else if (chain_.Has(Modifier::kExists)) {
    ParseExists();
  } else if (chain_.FindComparison() != nullptr) {
    ParseNumber();
  } else {
    ParseText();
  }
  return std::move(value_);
}

void ValueParser::ParseText() {
  const std::string_view modifier = chain_.FirstTextModifier();
  switch (value_.kind) {
    case Kind::kNull:
      if (context_.is_keyword) {
        Mismatch("a keyword", "a string, number or boolean");
      } else if (!modifier.empty()) {
        Mismatch(Concat({"the value of modifier ", Quoted(modifier)}),
                 "a string");
      }
      return;
    case Kind::kBool:
    case Kind::kInteger:
    case Kind::kFloat:
      if (!modifier.empty()) {
        TakeText(modifier);
        value_.patterns.push_back(SigmaString::Literal(CanonicalText(node_)));
      } else if (context_.is_keyword) {
        value_.patterns.push_back(SigmaString::Literal(CanonicalText(node_)));
      }
      return;
    case Kind::kString:
      if (chain_.Has(Modifier::kExpand)) {
        ParsePlaceholders();
      } else {
        value_.patterns.push_back(SigmaString::Parse(node_.text));
      }
      return;
  }
}

void ValueParser::ParsePlaceholders() {
  Expansion expansion = ExpandPlaceholders(node_.text, context_.placeholders);
  for (const std::string& name : expansion.missing) {
    const std::string written = Concat({"%", name, "%"});
    const std::size_t begin = node_.text.find(written);
    context_.reporter.Error(
        PlaceInScalar(context_.reporter.source(), node_, begin,
                      begin + written.size()),
        Concat({"placeholder ", Quoted(written),
                " has no values, expected values from the caller"}),
        Quoted(written), "values from the caller");
  }
  if (expansion.is_too_large) {
    context_.reporter.Error(
        node_.range, Concat({"the placeholders of this value make too many "
                             "combinations, expected at most ",
                             std::to_string(kMaxExpansions)}));
  }
  value_.patterns = std::move(expansion.patterns);
}

void ValueParser::ParseRegex() {
  if (value_.kind == Kind::kNull) {
    Mismatch("the value of modifier 're'", "a regular expression");
    return;
  }
  if (value_.kind != Kind::kString) {
    TakeText("re");
    value_.kind = Kind::kString;
    value_.text = CanonicalText(node_);
  }
  const std::variant<Regex, RegexError> compiled = Regex::Compile(value_.text);
  const RegexError* error = std::get_if<RegexError>(&compiled);
  if (error == nullptr) return;
  context_.reporter.Error(
      PlaceInScalar(context_.reporter.source(), node_, error->offset,
                    error->offset + 1),
      Concat({"invalid regular expression: ", error->message}),
      Quoted(value_.text));
}

void ValueParser::ParseCidr() {
  std::optional<Cidr> cidr;
  if (value_.kind == Kind::kString) cidr = Cidr::Parse(node_.text);
  if (!cidr.has_value()) {
    Mismatch("the value of modifier 'cidr'",
             "a network such as 10.0.0.0/8 or an address");
    return;
  }
  if (!cidr->had_host_bits) return;
  context_.reporter.StrictWarning(
      node_.range,
      Concat({"network ", Quoted(node_.text),
              " has bits set beyond its prefix, expected an address without "
              "host bits; they are ignored"}),
      Quoted(node_.text), "an address without host bits");
}

void ValueParser::ParseNumber() {
  if (value_.is_number()) return;
  const std::string what =
      Concat({"the value of modifier ", ModifierName(chain_)});
  std::optional<Number> number;
  if (value_.kind == Kind::kString) number = Number::Parse(node_.text);
  if (!number.has_value()) {
    Mismatch(what, "a number");
    return;
  }
  context_.reporter.StrictWarning(
      node_.range,
      Concat({what, " is ", Describe(node_),
              ", expected a number without quotes; it is taken as the "
              "number"}),
      Describe(node_), "a number");
  value_.kind = number->is_integer() ? Kind::kInteger : Kind::kFloat;
}

void ValueParser::ParseExists() {
  if (value_.kind == Kind::kBool) return;
  const std::string text = value_.kind == Kind::kString ? Fold(node_.text) : "";
  if (text != "true" && text != "false") {
    Mismatch("the value of modifier 'exists'", "true or false");
    return;
  }
  context_.reporter.StrictWarning(
      node_.range,
      Concat({"the value of modifier 'exists' is ", Describe(node_),
              ", expected true or false without quotes; it is taken as the "
              "boolean"}),
      Describe(node_), "true or false");
  value_.kind = Kind::kBool;
  value_.text = text;
}

void ValueParser::TakeText(std::string_view name) {
  context_.reporter.StrictWarning(
      node_.range,
      Concat({"the value of modifier ", Quoted(name), " is ", Describe(node_),
              ", expected a string; it is taken as its text"}),
      Describe(node_), "a string");
}

}  // namespace

RuleValue ParseRuleValue(const YamlNode& node, const ValueContext& context) {
  return ValueParser(node, context).Parse();
}

}  // namespace hypersigma::internal
