#include "lib/catalog/stage_writer.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/catalog/condition_text.h"

namespace hypersigma::internal {
namespace {

// Predicates of one value that are listed; base64offset has three, windash
// may have a hundred.
constexpr std::size_t kMaxListedPredicates = 16;

std::string_view OperatorName(Operator op) {
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
      return "glob";
    case Operator::kAnyText:
      return "any_text";
    case Operator::kRegex:
      return "regex";
    case Operator::kCidr:
      return "cidr";
    case Operator::kFieldRef:
      return "field_ref";
    case Operator::kNumberEquals:
      return "number_equals";
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
      return "time_part";
    case Operator::kNull:
      return "null";
    case Operator::kExists:
      return "exists";
    case Operator::kMissing:
      return "missing";
  }
  return {};
}

// A glob as Sigma writes it; a dash that windash takes for others is `-`.
std::string GlobText(const std::vector<PatternPart>& glob) {
  std::string text;
  for (const PatternPart& part : glob) {
    switch (part.kind) {
      case PatternPart::Kind::kLiteral:
      case PatternPart::Kind::kPlaceholder:
        for (const char c : part.literal) {
          if (c == '*' || c == '?' || c == '\\') text += '\\';
          text += c;
        }
        break;
      case PatternPart::Kind::kAnyRun:
        text += '*';
        break;
      case PatternPart::Kind::kAnyOne:
        text += '?';
        break;
      case PatternPart::Kind::kAnyDash:
        text += '-';
        break;
    }
  }
  return text;
}

class StageWriter {
 public:
  StageWriter(const CatalogState& catalog, RuleId rule, JsonWriter& json)
      : catalog_(catalog),
        rule_(rule),
        detection_(
            catalog.rules.detection_rules()[static_cast<std::size_t>(rule)]),
        plan_(catalog.plan.rules[static_cast<std::size_t>(rule)]),
        json_(json) {}

  void Write() {
    json_.OpenArray();
    WriteCondition();
    const std::vector<Use> uses = SelectionUses(detection_);
    for (std::size_t i = 0; i < detection_.selections.size(); ++i) {
      WriteSelection(i, uses[i]);
    }
    json_.CloseArray();
  }

 private:
  void WriteLines(const std::optional<TextLines>& lines) {
    if (lines.has_value()) {
      json_.Member("yaml", lines->text);
      json_.Member("first_line", lines->first);
      json_.Member("last_line", lines->last);
    } else {
      json_.MemberNull("yaml");
      json_.MemberNull("first_line");
      json_.MemberNull("last_line");
    }
  }

  void WriteCondition() {
    json_.OpenObject();
    json_.Member("stage", 0);
    json_.Member("kind", "condition");
    json_.MemberNull("name");
    WriteLines(catalog_.places.LinesOfCondition(rule_, detection_));
    json_.Member("expression", ConditionText(detection_));
    json_.MemberBool("always", plan_.always);
    json_.CloseObject();
  }

  void WriteSelection(std::size_t position, Use use) {
    const Selection& selection = detection_.selections[position];
    json_.OpenObject();
    json_.Member("stage", position + 1);
    json_.Member("kind", "selection");
    json_.Member("name", selection.name);
    WriteLines(catalog_.places.LinesOf(rule_, selection));
    json_.MemberBool("named", use != Use::kNone);
    json_.MemberBool("from_filter", selection.is_filter);
    if (use == Use::kAsserted || use == Use::kDenied) {
      json_.MemberBool("negated", use == Use::kDenied);
    } else {
      json_.MemberNull("negated");
    }
    json_.Key("detection");
    if (position < plan_.selections.size()) {
      WriteDetection(plan_.selections[position].detection, selection.detection,
                     selection.is_filter);
    } else {
      json_.Null();  // past a limit: not compiled
    }
    json_.CloseObject();
  }

  void WriteDetection(const DetectionPlan& plan, const Detection& detection,
                      bool is_filter) {
    json_.OpenObject();
    if (plan.kind == DetectionPlan::Kind::kItem) {
      WriteItem(plan, detection.item, is_filter);
    } else {
      json_.Key(plan.kind == DetectionPlan::Kind::kAllOf ? "all_of" : "any_of");
      json_.OpenArray();
      for (std::size_t i = 0; i < plan.children.size(); ++i) {
        WriteDetection(plan.children[i], detection.children[i], is_filter);
      }
      json_.CloseArray();
    }
    json_.CloseObject();
  }

  void WriteItem(const DetectionPlan& plan, const DetectionItem& item,
                 bool is_filter) {
    json_.MemberOrNull("field", catalog_.NameOf(plan.field));
    json_.Member("field_id", catalog_.AddressOfField(plan.field));
    json_.MemberStrings("modifiers", ModifierNames(item));
    json_.MemberBool("all", plan.all);
    json_.MemberBool("neq", plan.neq);
    json_.Key("values");
    json_.OpenArray();
    for (const ValuePlan& value : plan.values) {
      WriteValue(plan.field, value, item.cased, is_filter);
    }
    json_.CloseArray();
  }

  void WriteValue(FieldId field, const ValuePlan& value, bool cased,
                  bool is_filter) {
    json_.OpenObject();
    json_.Member("kind", IndicatorKindName(value.kind));
    json_.Member("value", value.written);
    if (is_filter) {
      json_.MemberNull("indicator");
    } else {
      const IndicatorTable& table = catalog_.indicators;
      json_.Member("indicator",
                   table.entries()[table.Find(field, value, cased)].address);
    }
    json_.Key("predicates");
    json_.OpenArray();
    const std::size_t count =
        std::min(value.any_of.size(), kMaxListedPredicates);
    for (std::size_t i = 0; i < count; ++i) WritePredicate(value.any_of[i]);
    json_.CloseArray();
    json_.Member("predicate_count", value.any_of.size());
    json_.CloseObject();
  }

  void WritePredicate(PredicateId id) {
    const Predicate& predicate = catalog_.plan.predicates[Index(id)];
    json_.OpenObject();
    json_.Member("predicate", Index(id));
    json_.Member("op", OperatorName(predicate.op));
    if (predicate.op == Operator::kGlob) {
      json_.Member("operand", GlobText(predicate.glob));
    } else if (predicate.op == Operator::kFieldRef) {
      json_.Member("operand", catalog_.NameOf(predicate.other_field));
    } else {
      json_.Member("operand", predicate.operand);
    }
    json_.MemberBool("cased", predicate.cased);
    json_.CloseObject();
  }

  const CatalogState& catalog_;
  const RuleId rule_;
  const DetectionRule& detection_;
  const RulePlan& plan_;
  JsonWriter& json_;
};

}  // namespace

void WriteStages(const CatalogState& catalog, RuleId rule, JsonWriter& json) {
  StageWriter(catalog, rule, json).Write();
}

}  // namespace hypersigma::internal
