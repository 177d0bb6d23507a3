#include "lib/compile/predicate_name.h"

#include <string_view>

namespace hypersigma::internal {
namespace {

std::string_view NameOf(Operator op) {
  switch (op) {
    case Operator::kEquals:
      return "equals";
    case Operator::kStartsWith:
      return "starts_with";
    case Operator::kEndsWith:
      return "ends_with";
    case Operator::kContains:
      return "contains";
    case Operator::kGlob:
      return "wildcard";
    case Operator::kAnyText:
      return "any_text";
    case Operator::kRegex:
      return "regex";
    case Operator::kCidr:
      return "cidr";
    case Operator::kFieldRef:
      return "fieldref";
    case Operator::kNumberEquals:
      return "number";
    case Operator::kBool:
      return "bool";
    case Operator::kLt:
      return "lt";
    case Operator::kLte:
      return "lte";
    case Operator::kGt:
      return "gt";
    case Operator::kGte:
      return "gte";
    case Operator::kTimePart:
      return "time";
    case Operator::kNull:
      return "null";
    case Operator::kExists:
      return "exists";
    case Operator::kMissing:
      return "missing";
  }
  return "";
}

std::string_view NameOf(FieldRelation relation) {
  switch (relation) {
    case FieldRelation::kEquals:
      return " equals";
    case FieldRelation::kStartsWith:
      return " starts_with";
    case FieldRelation::kEndsWith:
      return " ends_with";
    case FieldRelation::kContains:
      return " contains";
  }
  return "";
}

std::string_view NameOf(TimePart part) {
  switch (part) {
    case TimePart::kMinute:
      return " minute";
    case TimePart::kHour:
      return " hour";
    case TimePart::kDay:
      return " day";
    case TimePart::kWeek:
      return " week";
    case TimePart::kMonth:
      return " month";
    case TimePart::kYear:
      return " year";
  }
  return "";
}

std::string_view NameOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEq:
      return " eq";
    case Comparison::kLt:
      return " lt";
    case Comparison::kLte:
      return " lte";
    case Comparison::kGt:
      return " gt";
    case Comparison::kGte:
      return " gte";
  }
  return "";
}

std::string FlagsOf(const RegexFlags& flags) {
  std::string text;
  if (flags.caseless) text += 'i';
  if (flags.multiline) text += 'm';
  if (flags.dot_all) text += 's';
  if (flags.at_start) text += '^';
  if (flags.at_end) text += '$';
  return text.empty() ? text : ' ' + text;
}

void AppendPart(const PatternPart& part, std::string& text) {
  switch (part.kind) {
    case PatternPart::Kind::kAnyRun:
      text += '*';
      return;
    case PatternPart::Kind::kAnyOne:
      text += '?';
      return;
    case PatternPart::Kind::kAnyDash:
      text += "\\-";
      return;
    case PatternPart::Kind::kPlaceholder:
    case PatternPart::Kind::kLiteral:
      break;
  }
  for (const char c : part.literal) {
    if (c == '*' || c == '?' || c == '\\') text += '\\';
    text += c;
  }
}

}  // namespace

PredicateName NameOf(const Predicate& predicate, const FieldTable& fields) {
  PredicateName name;
  if (predicate.field == kUnnamedField) {
    name.operation = "keyword ";
  } else {
    name.field = fields.names()[Index(predicate.field)];
  }
  name.operation += NameOf(predicate.op);
  name.operand = predicate.operand;
  name.cased = predicate.cased;
  if (predicate.op == Operator::kRegex) {
    name.operation += FlagsOf(predicate.regex_flags);
  } else if (predicate.op == Operator::kTimePart) {
    name.operation += NameOf(predicate.time_part);
    name.operation += NameOf(predicate.comparison);
  } else if (predicate.op == Operator::kFieldRef) {
    name.operation += NameOf(predicate.relation);
    name.operand = fields.names()[Index(predicate.other_field)];
  }
  for (const PatternPart& part : predicate.glob) AppendPart(part, name.operand);
  return name;
}

}  // namespace hypersigma::internal
