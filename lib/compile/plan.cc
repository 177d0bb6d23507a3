#include "lib/compile/plan.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "lib/base/limits.h"
#include "lib/compile/detection_compiler.h"
#include "lib/compile/expr.h"
#include "lib/compile/pattern_limit.h"
#include "lib/compile/pattern_set.h"
#include "lib/compile/predicate_table.h"
#include "lib/compile/sampled_cost.h"
#include "lib/compile/witness.h"

namespace hypersigma::internal {
namespace {

void MarkNamed(const Condition& condition,
               std::vector<SelectionPlan>& selections) {
  for (std::uint32_t index : condition.selections) {
    selections[index].named = true;
  }
  for (const Condition& child : condition.children) {
    MarkNamed(child, selections);
  }
}

RulePlan CompileSelections(const DetectionRule& rule, FieldTable& fields,
                           PredicateTable& predicates) {
  RulePlan plan;
  for (const Selection& selection : rule.selections) {
    plan.selections.push_back(
        {selection.name, false, selection.is_filter,
         CompileDetection(selection.detection, fields, predicates)});
  }
  for (const Condition& condition : rule.conditions) {
    MarkNamed(condition, plan.selections);
  }
  return plan;
}

void Renumber(const std::vector<PredicateId>& new_ids, DetectionPlan& plan) {
  for (ValuePlan& value : plan.values) {
    for (PredicateId& id : value.any_of) id = new_ids[Index(id)];
  }
  for (DetectionPlan& child : plan.children) Renumber(new_ids, child);
}

// Puts the decided predicates first, so that one comparison tells the kinds
// apart at scan time.
void OrderPredicates(std::vector<Predicate> predicates, Plan& plan) {
  std::vector<PredicateId> new_ids(predicates.size());
  for (const bool decided : {true, false}) {
    for (std::size_t i = 0; i < predicates.size(); ++i) {
      if (IsDecided(predicates[i]) != decided) continue;
      new_ids[i] =
          PredicateId{static_cast<std::uint32_t>(plan.predicates.size())};
      plan.predicates.push_back(predicates[i]);
    }
    if (decided) {
      plan.decided_count = static_cast<std::uint32_t>(plan.predicates.size());
    }
  }
  for (RulePlan& rule : plan.rules) {
    for (SelectionPlan& selection : rule.selections) {
      Renumber(new_ids, selection.detection);
    }
  }
}

void CompileCondition(const DetectionRule& rule, RuleId id,
                      const FiringCost& cost, Plan& plan) {
  RulePlan& rule_plan = plan.rules[static_cast<std::size_t>(id)];
  const std::optional<Expr> expr =
      ConditionExpr(rule.conditions, rule_plan.selections, kMaxProgramTests);
  std::optional<Program> program;
  if (expr.has_value()) {
    program = CompileProgram(*expr, plan.decided_count, kMaxProgramTests);
  }
  if (!program.has_value()) {
    plan.refused.emplace_back(id, "condition expands to more than " +
                                      std::to_string(kMaxProgramTests) +
                                      " tests");
    return;
  }
  rule_plan.program = *std::move(program);
  std::optional<Witness> witness = FindWitness(*expr, cost);
  rule_plan.always = !witness.has_value();
  if (witness.has_value()) rule_plan.witness = std::move(witness->predicates);
}

// Compiles what the fields are asked, of all rules but those of `refused`,
// which get an empty plan.
Plan CompileFields(std::span<const DetectionRule> rules,
                   std::vector<Refusal> refused) {
  Plan plan;
  PredicateTable predicates;
  auto next = refused.begin();
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (next != refused.end() && next->first == RuleId{i}) {
      plan.rules.emplace_back();
      ++next;
    } else {
      plan.rules.push_back(
          CompileSelections(rules[i], plan.fields, predicates));
    }
  }
  plan.refused = std::move(refused);
  OrderPredicates(predicates.Release(), plan);
  BuildFieldPlans(plan);
  return plan;
}

// REQUIRES: the predicates of `plan` are final.
class WitnessCosts {
 public:
  WitnessCosts(const Plan& plan, const WitnessChoice& choice)
      : rules_(choice.rules), estimate_([&plan](PredicateId predicate) {
          return EstimateFiringCost(plan.predicates[Index(predicate)],
                                    Index(predicate) < plan.decided_count);
        }) {
    if (choice.sample != nullptr) sampled_.emplace(plan, *choice.sample);
  }

  FiringCost Of(RuleId id) {
    if (!sampled_.has_value()) return estimate_;
    const Rule& rule = rules_[static_cast<std::size_t>(id)];
    return sampled_->For({rule.product, rule.category, rule.service});
  }

 private:
  const std::span<const Rule> rules_;
  const FiringCost estimate_;
  std::optional<SampledCost> sampled_;
};

}  // namespace

Plan CompilePlan(std::span<const DetectionRule> rules,
                 std::size_t max_field_patterns, const WitnessChoice& choice) {
  Plan plan = CompileFields(rules, {});
  if (std::vector<Refusal> refused =
          FindRulesPastPatternLimit(plan, max_field_patterns);
      !refused.empty()) {
    plan = CompileFields(rules, std::move(refused));
  }
  WitnessCosts costs(plan, choice);
  std::size_t next = 0;
  const std::size_t refused_count = plan.refused.size();
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (next < refused_count && plan.refused[next].first == RuleId{i}) {
      ++next;
    } else {
      CompileCondition(rules[i], RuleId{i}, costs.Of(RuleId{i}), plan);
    }
  }
  return plan;
}

}  // namespace hypersigma::internal
