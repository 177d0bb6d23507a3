// Values: one function for each thing that modifiers can ask of them.

#include "lib/rule/value_parser.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lib/base/cidr.h"
#include "lib/base/number.h"
#include "lib/base/regex.h"
#include "lib/base/text.h"
#include "lib/rule/text_value.h"
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

// The modifier that says what the value must be, for messages.
std::string ModifierName(const ModifierChain& chain) {
  const Modifier* operator_name = chain.FindOperator();
  if (operator_name == nullptr) operator_name = chain.modifiers.data();
  for (const ModifierEntry& entry : ModifierTable()) {
    if (entry.modifier == *operator_name) return Quoted(entry.name);
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
  void ParseScalarText();
  void ParseFieldName();
  void ParseTimePart();
  void ParseRegex();
  void ParseCidr();
  void ParseNumber();
  void ParseExists();
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
  } else if (chain_.Has(Modifier::kFieldRef)) {
    ParseFieldName();
  } else if (chain_.FindTimePart() != nullptr) {
    ParseTimePart();
  } else if (chain_.FindComparison() != nullptr) {
    ParseNumber();
  } else {
    ParseText();
  }
  return std::move(value_);
}

void ValueParser::ParseText() {
  switch (value_.kind) {
    case Kind::kNull:
      if (context_.is_keyword) {
        Mismatch("a keyword", "a string, number or boolean");
      } else if (!chain_.modifiers.empty()) {
        Mismatch(Concat({"the value of modifier ", ModifierName(chain_)}),
                 "a string");
      } else if (chain_.cased) {
        Mismatch("the value of modifier 'cased'", "a string");
      }
      return;
    case Kind::kBool:
    case Kind::kInteger:
    case Kind::kFloat:
      ParseScalarText();
      return;
    case Kind::kString:
      value_.patterns =
          MakeTextPatterns(node_,
                           chain_.Has(Modifier::kExpand)
                               ? SigmaString::ParseWithPlaceholders(node_.text)
                               : SigmaString::Parse(node_.text),
                           context_);
      return;
  }
}

// A number or boolean: as keyword and under an affix it is its text.
void ValueParser::ParseScalarText() {
  if (chain_.modifiers.empty()) {
    if (context_.is_keyword) {
      value_.patterns = MakeTextPatterns(
          node_, SigmaString::Literal(CanonicalText(node_)), context_);
    } else if (chain_.cased) {
      context_.reporter.StrictWarning(
          node_.range,
          Concat({"the value of modifier 'cased' is ", Describe(node_),
                  ", expected a string; 'cased' changes nothing"}),
          Describe(node_), "a string");
    }
    return;
  }
  const std::string name = ModifierName(chain_);
  if (!IsAffix(chain_.modifiers.front())) {
    Mismatch(Concat({"the value of modifier ", name}), "a string in quotes");
    return;
  }
  context_.reporter.StrictWarning(
      node_.range,
      Concat({"the value of modifier ", name, " is ", Describe(node_),
              ", expected a string; it is taken as its text"}),
      Describe(node_), "a string");
  value_.patterns = MakeTextPatterns(
      node_, SigmaString::Literal(CanonicalText(node_)), context_);
}

void ValueParser::ParseFieldName() {
  const std::string what = "the value of modifier 'fieldref'";
  if (value_.kind != Kind::kString || node_.text.empty()) {
    Mismatch(what, "the name of a field");
    return;
  }
  const SigmaString name = SigmaString::Parse(node_.text);
  if (name.has_wildcard()) {
    Mismatch(what, "the name of a field without wildcards");
    return;
  }
  value_.text = std::string(name.literal());
}

void ValueParser::ParseRegex() {
  if (value_.kind != Kind::kString) {
    Mismatch("the value of modifier 're'", "a regular expression in quotes");
    return;
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

void ValueParser::ParseTimePart() {
  if (value_.is_number()) return;
  Mismatch(Concat({"the value of modifier ", ModifierName(chain_)}),
           "a number without quotes");
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

}  // namespace

RuleValue ParseRuleValue(const YamlNode& node, const ValueContext& context) {
  return ValueParser(node, context).Parse();
}

}  // namespace hypersigma::internal
