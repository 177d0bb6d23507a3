// Detections: what each value asks of its field.

#include "lib/compile/detection_compiler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/text.h"
#include "lib/compile/indicator_kind.h"

namespace hypersigma::internal {
namespace {

std::string FoldUnless(bool cased, const std::string& text) {
  return cased ? text : Fold(text);
}

// Takes the simplest operator that means the same as `parts`.
void SetTextOperator(std::vector<PatternPart> parts, Predicate& predicate) {
  for (PatternPart& part : parts) {
    part.literal = FoldUnless(predicate.cased, part.literal);
  }
  using Kind = PatternPart::Kind;
  const bool open_start = !parts.empty() && parts.front().kind == Kind::kAnyRun;
  const bool open_end = !parts.empty() && parts.back().kind == Kind::kAnyRun;
  if (parts.size() == 1 && open_start) {
    predicate.op = Operator::kAnyText;
    predicate.cased = false;
    return;
  }
  const std::size_t inner_count =
      parts.size() - (open_start ? 1 : 0) - (open_end ? 1 : 0);
  const std::size_t inner = open_start ? 1 : 0;
  if (inner_count == 0 ||
      (inner_count == 1 && parts[inner].kind == Kind::kLiteral)) {
    predicate.op = open_start
                       ? (open_end ? Operator::kContains : Operator::kEndsWith)
                       : (open_end ? Operator::kStartsWith : Operator::kEquals);
    if (inner_count == 1) predicate.operand = std::move(parts[inner].literal);
    return;
  }
  predicate.op = Operator::kGlob;
  predicate.glob = std::move(parts);
}

// kEq if the item has no comparison.
Comparison ComparisonOf(const DetectionItem& item) {
  if (item.Has(Modifier::kLt)) return Comparison::kLt;
  if (item.Has(Modifier::kLte)) return Comparison::kLte;
  if (item.Has(Modifier::kGt)) return Comparison::kGt;
  if (item.Has(Modifier::kGte)) return Comparison::kGte;
  return Comparison::kEq;
}

Operator OperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEq:
      return Operator::kNumberEquals;
    case Comparison::kLt:
      return Operator::kLt;
    case Comparison::kLte:
      return Operator::kLte;
    case Comparison::kGt:
      return Operator::kGt;
    case Comparison::kGte:
      return Operator::kGte;
  }
  return Operator::kNumberEquals;
}

std::optional<TimePart> TimePartOf(const DetectionItem& item) {
  if (item.Has(Modifier::kMinute)) return TimePart::kMinute;
  if (item.Has(Modifier::kHour)) return TimePart::kHour;
  if (item.Has(Modifier::kDay)) return TimePart::kDay;
  if (item.Has(Modifier::kWeek)) return TimePart::kWeek;
  if (item.Has(Modifier::kMonth)) return TimePart::kMonth;
  if (item.Has(Modifier::kYear)) return TimePart::kYear;
  return std::nullopt;
}

FieldRelation RelationOf(const DetectionItem& item) {
  if (item.Has(Modifier::kContains)) return FieldRelation::kContains;
  if (item.Has(Modifier::kStartsWith)) return FieldRelation::kStartsWith;
  if (item.Has(Modifier::kEndsWith)) return FieldRelation::kEndsWith;
  return FieldRelation::kEquals;
}

// Turns the values of one item into predicates.
class ItemCompiler {
 public:
  ItemCompiler(const DetectionItem& item, FieldId field, FieldTable& fields,
               PredicateTable& predicates)
      : item_(item), field_(field), fields_(fields), predicates_(predicates) {}

  ValuePlan Compile(const RuleValue& value) {
    ValuePlan plan;
    plan.kind = IndicatorKindOf(item_, value);
    plan.written = value.kind == RuleValue::Kind::kNull ? "null" : value.text;
    if (value.patterns.empty()) {
      plan.any_of.push_back(predicates_.Intern(MakePredicate(value)));
    } else {
      plan.any_of = InternTexts(value);
    }
    return plan;
  }

 private:
  // The predicate of a value that is not a text.
  Predicate MakePredicate(const RuleValue& value) {
    Predicate predicate;
    predicate.field = field_;
    predicate.operand = value.text;
    if (value.kind == RuleValue::Kind::kNull) {
      predicate.op = Operator::kNull;
    } else if (item_.Has(Modifier::kExists)) {
      predicate.op =
          value.text == "true" ? Operator::kExists : Operator::kMissing;
      predicate.operand.clear();
    } else if (item_.Has(Modifier::kRe)) {
      SetRegex(predicate);
    } else if (item_.Has(Modifier::kCidr)) {
      predicate.op = Operator::kCidr;
    } else if (item_.Has(Modifier::kFieldRef)) {
      SetFieldRef(predicate);
    } else if (const auto part = TimePartOf(item_)) {
      predicate.op = Operator::kTimePart;
      predicate.time_part = *part;
      predicate.comparison = ComparisonOf(item_);
    } else if (value.kind == RuleValue::Kind::kBool) {
      predicate.op = Operator::kBool;
    } else {
      predicate.op = OperatorOf(ComparisonOf(item_));
    }
    return predicate;
  }

  void SetRegex(Predicate& predicate) const {
    predicate.op = Operator::kRegex;
    predicate.regex_flags = {.caseless = item_.Has(Modifier::kIgnoreCase),
                             .multiline = item_.Has(Modifier::kMultiline),
                             .dot_all = item_.Has(Modifier::kDotAll),
                             .at_start = item_.Has(Modifier::kStartsWith),
                             .at_end = item_.Has(Modifier::kEndsWith)};
  }

  void SetFieldRef(Predicate& predicate) {
    predicate.op = Operator::kFieldRef;
    predicate.cased = item_.cased;
    predicate.other_field = fields_.Intern(predicate.operand);
    predicate.relation = RelationOf(item_);
    predicate.operand.clear();
  }

  std::vector<PredicateId> InternTexts(const RuleValue& value) {
    std::vector<PredicateId> any_of;
    any_of.reserve(value.patterns.size());
    for (const SigmaString& pattern : value.patterns) {
      Predicate predicate;
      predicate.field = field_;
      predicate.cased = item_.cased;
      SetTextOperator(pattern.parts(), predicate);
      any_of.push_back(predicates_.Intern(std::move(predicate)));
    }
    return any_of;
  }

  const DetectionItem& item_;
  const FieldId field_;
  FieldTable& fields_;
  PredicateTable& predicates_;
};

}  // namespace

DetectionPlan CompileDetection(const Detection& detection, FieldTable& fields,
                               PredicateTable& predicates) {
  DetectionPlan plan;
  switch (detection.kind) {
    case Detection::Kind::kItem: {
      const DetectionItem& item = detection.item;
      plan.kind = DetectionPlan::Kind::kItem;
      plan.field =
          item.is_keyword() ? kUnnamedField : fields.Intern(*item.field);
      plan.all = item.all;
      plan.neq = item.neq;
      ItemCompiler compiler(item, plan.field, fields, predicates);
      for (const RuleValue& value : item.values) {
        plan.values.push_back(compiler.Compile(value));
      }
      return plan;
    }
    case Detection::Kind::kAllOf:
      plan.kind = DetectionPlan::Kind::kAllOf;
      break;
    case Detection::Kind::kAnyOf:
      plan.kind = DetectionPlan::Kind::kAnyOf;
      break;
  }
  for (const Detection& child : detection.children) {
    plan.children.push_back(CompileDetection(child, fields, predicates));
  }
  return plan;
}

}  // namespace hypersigma::internal
