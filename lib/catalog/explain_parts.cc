#include "lib/catalog/explain_parts.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "lib/catalog/explain_program.h"

namespace hypersigma::internal {
namespace {

// Unknown spreads only where it could change the outcome.
Truth Or(Truth a, Truth b) {
  if (a == Truth::kTrue || b == Truth::kTrue) return Truth::kTrue;
  return a == Truth::kFalse ? b : a;
}
Truth Not(Truth truth) {
  if (truth == Truth::kUndecided) return truth;
  return truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

// OR of the truths, or AND with `all`: NOT of the OR of what is not.
class Group {
 public:
  explicit Group(bool all) : all_(all) {}
  void Add(Truth truth) { any_ = Or(any_, all_ ? Not(truth) : truth); }
  Truth truth() const { return all_ ? Not(any_) : any_; }

 private:
  bool all_;
  Truth any_ = Truth::kFalse;
};

UndecidedReason ReasonOf(const Predicate& predicate) {
  switch (predicate.op) {
    case Operator::kGlob:
      return UndecidedReason::kWildcardLimit;
    case Operator::kFieldRef:
      return UndecidedReason::kFieldRefLimit;
    default:
      return UndecidedReason::kRegexLimit;
  }
}

class RuleExplainer {
 public:
  RuleExplainer(const Plan& plan, PredicateJudge& judge, FieldList& fields)
      : plan_(plan), judge_(judge), fields_(fields) {}

  ExplainedDetection Explain(const DetectionPlan& detection) {
    ExplainedDetection explained;
    switch (detection.kind) {
      case DetectionPlan::Kind::kItem:
        return ExplainItem(detection);
      case DetectionPlan::Kind::kAllOf:
        explained.kind = ExplainedDetection::Kind::kAllOf;
        break;
      case DetectionPlan::Kind::kAnyOf:
        explained.kind = ExplainedDetection::Kind::kAnyOf;
        break;
    }
    Group group(detection.kind == DetectionPlan::Kind::kAllOf);
    for (const DetectionPlan& child : detection.children) {
      explained.children.push_back(Explain(child));
      group.Add(explained.children.back().truth);
    }
    explained.truth = group.truth();
    return explained;
  }

 private:
  ExplainedDetection ExplainItem(const DetectionPlan& item) {
    ExplainedDetection explained;
    explained.field = fields_.PositionOf(item.field);
    explained.is_keyword = item.field == kUnnamedField;
    explained.all = item.all;
    explained.neq = item.neq;
    Group group(item.all);
    for (const ValuePlan& value : item.values) {
      explained.values.push_back(ExplainValue(value));
      group.Add(explained.values.back().truth);
    }
    explained.truth = item.neq ? Not(group.truth()) : group.truth();
    return explained;
  }

  ExplainedValue ExplainValue(const ValuePlan& value) {
    ExplainedValue explained;
    explained.kind = value.kind;
    explained.value = value.written;
    for (const PredicateId id : value.any_of) {
      const PredicateFinding& finding = judge_.Judge(id);
      explained.truth = Or(explained.truth, finding.truth);
      if (finding.truth == Truth::kTrue) {
        SetHit(plan_.predicates[Index(id)], finding, explained);
        explained.reason.reset();
        break;
      }
      if (finding.truth == Truth::kUndecided) {
        explained.reason = ReasonOf(plan_.predicates[Index(id)]);
      }
    }
    return explained;
  }

  void SetHit(const Predicate& predicate, const PredicateFinding& finding,
              ExplainedValue& explained) {
    // Of fieldref the other field is shown, too, whether it hit or not.
    if (predicate.op == Operator::kFieldRef) {
      fields_.PositionOf(predicate.other_field);
    }
    if (finding.value == kNoValue) return;
    IndicatorHit hit;
    hit.place = fields_.PlaceOf(predicate.field, finding.value);
    hit.span = finding.span;
    hit.pattern = PatternText(predicate);
    hit.has_wildcards = HasWildcards(predicate);
    hit.at_start = StandsAtStart(predicate);
    hit.at_end = StandsAtEnd(predicate);
    if (finding.other != kNoValue) {
      hit.other = fields_.PlaceOf(predicate.other_field, finding.other);
    }
    explained.hit = std::move(hit);
  }

  const Plan& plan_;
  PredicateJudge& judge_;
  FieldList& fields_;
};

// Where a rule asks a predicate first, and the item in which it does.
struct Asked {
  std::size_t selection = 0;
  const DetectionPlan* item = nullptr;
  const ValuePlan* value = nullptr;
};

bool FindAsked(const DetectionPlan& detection, PredicateId id, Asked& asked) {
  for (const ValuePlan& value : detection.values) {
    if (std::find(value.any_of.begin(), value.any_of.end(), id) ==
        value.any_of.end()) {
      continue;
    }
    asked.item = &detection;
    asked.value = &value;
    return true;
  }
  return std::any_of(detection.children.begin(), detection.children.end(),
                     [id, &asked](const DetectionPlan& child) {
                       return FindAsked(child, id, asked);
                     });
}

// Selections that a condition names come first: others change nothing.
Asked WhereAsked(const RulePlan& rule, PredicateId id) {
  for (const bool named : {true, false}) {
    for (std::size_t i = 0; i < rule.selections.size(); ++i) {
      Asked asked{i, nullptr, nullptr};
      if (rule.selections[i].named == named &&
          FindAsked(rule.selections[i].detection, id, asked)) {
        return asked;
      }
    }
  }
  return {};
}

// How many other predicates of the item, flipped in the place of `flips[i]`,
// make the program accept, too.
std::uint32_t CountAlternatives(const RulePlan& rule, const TruthOf& truth_of,
                                const DetectionPlan& item,
                                std::vector<PredicateId> flips, std::size_t i) {
  // Each runs the program once.
  constexpr std::size_t kMaxRuns = 1'000;
  const std::vector<PredicateId> smallest = flips;
  std::uint32_t count = 0;
  std::size_t runs = 0;
  for (const ValuePlan& value : item.values) {
    for (const PredicateId id : value.any_of) {
      if (std::find(smallest.begin(), smallest.end(), id) != smallest.end()) {
        continue;
      }
      if (++runs > kMaxRuns) return count;
      flips[i] = id;
      if (AcceptsWith(rule.program, truth_of, flips)) ++count;
    }
  }
  return count;
}

void AddChanges(const Plan& plan, const RulePlan& rule, const TruthOf& truth_of,
                RuleExplanation& explanation) {
  const SmallestFlips smallest = FindSmallestFlips(rule.program, truth_of);
  explanation.changes_status = smallest.status;
  for (std::size_t i = 0; i < smallest.flips.size(); ++i) {
    const PredicateId id = smallest.flips[i];
    const Predicate& predicate = plan.predicates[Index(id)];
    const Asked asked = WhereAsked(rule, id);
    if (asked.value == nullptr) continue;
    Change& change = explanation.changes.emplace_back();
    change.selection = asked.selection;
    if (predicate.field != kUnnamedField) {
      change.field = plan.fields.names()[Index(predicate.field)];
    }
    change.kind = asked.value->kind;
    change.value = asked.value->written;
    change.pattern = PatternText(predicate);
    change.has_wildcards = HasWildcards(predicate);
    change.becomes = truth_of(id) != Truth::kTrue;
    change.alternatives =
        CountAlternatives(rule, truth_of, *asked.item, smallest.flips, i);
  }
  std::stable_sort(explanation.changes.begin(), explanation.changes.end(),
                   [](const Change& a, const Change& b) {
                     return a.selection < b.selection;
                   });
}

}  // namespace

RuleExplanation ExplainRule(const Plan& plan, RuleId rule,
                            PredicateJudge& judge, FieldList& fields) {
  const RulePlan& rule_plan = plan.rules[static_cast<std::size_t>(rule)];
  RuleExplanation explanation;
  explanation.rule = rule;
  for (const auto& [refused, reason] : plan.refused) {
    if (refused == rule) explanation.refused = reason;
  }
  RuleExplainer explainer(plan, judge, fields);
  for (const SelectionPlan& selection : rule_plan.selections) {
    ExplainedSelection& explained = explanation.selections.emplace_back();
    explained.name = selection.name;
    explained.is_named = selection.named;
    explained.is_filter = selection.is_filter;
    explained.detection = explainer.Explain(selection.detection);
    explained.truth = explained.detection.truth;
  }
  const TruthOf truth_of = [&judge](PredicateId id) {
    return judge.Judge(id).truth;
  };
  explanation.truth = RunProgram(rule_plan.program, truth_of);
  if (explanation.truth != Truth::kTrue && judge.status().ok()) {
    AddChanges(plan, rule_plan, truth_of, explanation);
  }
  return explanation;
}

}  // namespace hypersigma::internal
