#include "lib/compile/detection_compiler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/text.h"
#include "lib/compile/encoding.h"

namespace hypersigma::internal {
namespace {

// Which ends of a pattern are open.
struct Affix {
  bool open_start = false;
  bool open_end = false;
};

Affix AffixOf(const DetectionItem& item) {
  if (item.Has(Modifier::kContains)) return {true, true};
  if (item.Has(Modifier::kStartsWith)) return {false, true};
  if (item.Has(Modifier::kEndsWith)) return {true, false};
  return {item.is_keyword(), item.is_keyword()};
}

// Whether the item compares the text of numbers and booleans too.
bool ComparesText(const DetectionItem& item) {
  return item.is_keyword() || item.Has(Modifier::kContains) ||
         item.Has(Modifier::kStartsWith) || item.Has(Modifier::kEndsWith);
}

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

std::optional<Operator> ComparisonOf(const DetectionItem& item) {
  if (item.Has(Modifier::kLt)) return Operator::kLt;
  if (item.Has(Modifier::kLte)) return Operator::kLte;
  if (item.Has(Modifier::kGt)) return Operator::kGt;
  if (item.Has(Modifier::kGte)) return Operator::kGte;
  return std::nullopt;
}

class ItemCompiler {
 public:
  ItemCompiler(const DetectionItem& item, FieldId field,
               PredicateTable& predicates)
      : item_(item), field_(field), predicates_(predicates) {}

  ValuePlan Compile(const RuleValue& value) {
    ValuePlan plan;
    plan.kind = KindOf(value);
    plan.written = value.text;
    if (value.kind == RuleValue::Kind::kNull) {
      plan.written = "null";
      plan.any_of.push_back(Intern(Operator::kNull, {}));
    } else if (item_.Has(Modifier::kExists)) {
      plan.any_of.push_back(Intern(
          value.text == "true" ? Operator::kExists : Operator::kMissing, {}));
    } else if (item_.Has(Modifier::kRe)) {
      plan.any_of.push_back(InternRegex(value));
    } else if (item_.Has(Modifier::kCidr)) {
      plan.any_of.push_back(Intern(Operator::kCidr, value.text));
    } else if (const auto comparison = ComparisonOf(item_)) {
      plan.any_of.push_back(Intern(*comparison, value.text));
    } else if (value.is_number() && !ComparesText(item_)) {
      plan.any_of.push_back(Intern(Operator::kNumberEquals, value.text));
    } else if (value.kind == RuleValue::Kind::kBool && !ComparesText(item_)) {
      plan.any_of.push_back(Intern(Operator::kBool, value.text));
    } else {
      plan.any_of = InternTexts(value);
    }
    return plan;
  }

 private:
  PredicateId Intern(Operator op, std::string operand) {
    Predicate predicate;
    predicate.field = field_;
    predicate.op = op;
    predicate.operand = std::move(operand);
    return predicates_.Intern(std::move(predicate));
  }

  PredicateId InternRegex(const RuleValue& value) {
    Predicate predicate;
    predicate.field = field_;
    predicate.op = Operator::kRegex;
    predicate.operand = value.text;
    predicate.regex_flags = {.caseless = item_.Has(Modifier::kIgnoreCase),
                             .multiline = item_.Has(Modifier::kMultiline),
                             .dot_all = item_.Has(Modifier::kDotAll)};
    return predicates_.Intern(std::move(predicate));
  }

  std::vector<PredicateId> InternTexts(const RuleValue& value) {
    const Affix affix = AffixOf(item_);
    std::vector<PredicateId> any_of;
    for (const SigmaString& pattern : value.patterns) {
      const bool windash = item_.Has(Modifier::kWindash);
      for (const SigmaString& variant :
           windash ? ExpandWindash(pattern) : std::vector{pattern}) {
        SigmaString whole;
        if (affix.open_start) whole.AppendAnyRun();
        whole.Append(variant);
        if (affix.open_end) whole.AppendAnyRun();
        Predicate predicate;
        predicate.field = field_;
        predicate.cased = item_.cased;
        SetTextOperator(whole.parts(), predicate);
        any_of.push_back(predicates_.Intern(std::move(predicate)));
      }
    }
    return any_of;
  }

  IndicatorKind KindOf(const RuleValue& value) const {
    if (value.kind == RuleValue::Kind::kNull) return IndicatorKind::kNull;
    if (item_.Has(Modifier::kRe)) return IndicatorKind::kRegex;
    if (item_.is_keyword()) return IndicatorKind::kKeyword;
    if (item_.Has(Modifier::kExists)) return IndicatorKind::kExists;
    if (item_.Has(Modifier::kCidr)) return IndicatorKind::kCidr;
    if (item_.Has(Modifier::kLt)) return IndicatorKind::kLt;
    if (item_.Has(Modifier::kLte)) return IndicatorKind::kLte;
    if (item_.Has(Modifier::kGt)) return IndicatorKind::kGt;
    if (item_.Has(Modifier::kGte)) return IndicatorKind::kGte;
    if (item_.Has(Modifier::kContains)) return IndicatorKind::kMatch;
    if (item_.Has(Modifier::kStartsWith)) return IndicatorKind::kStartsWith;
    if (item_.Has(Modifier::kEndsWith)) return IndicatorKind::kEndsWith;
    for (const SigmaString& pattern : value.patterns) {
      if (pattern.has_wildcard()) return IndicatorKind::kWildcard;
    }
    return IndicatorKind::kEq;
  }

  const DetectionItem& item_;
  const FieldId field_;
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
      ItemCompiler compiler(item, plan.field, predicates);
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
