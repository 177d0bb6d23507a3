#include "lib/catalog/relations.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "lib/base/limits.h"
#include "lib/catalog/entailment.h"
#include "lib/catalog/implied_predicates.h"
#include "lib/catalog/sample.h"
#include "lib/catalog/step_budget.h"
#include "lib/compile/expr.h"
#include "lib/engine/rule_groups.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {
namespace {

// Made-up events of a rule, and how often one is tried.
constexpr int kSamples = 4;
constexpr int kTries = 8;

std::size_t At(RuleId rule) { return static_cast<std::size_t>(rule); }

// Predicates of which only this file's little knowledge is used: where a rule
// has others, "not implied" is not certain.
bool IsOpaque(Operator op) {
  return op == Operator::kRegex || op == Operator::kGlob ||
         op == Operator::kFieldRef || op == Operator::kTimePart;
}

// Compares the rules of a plan.
class Comparer {
 public:
  Comparer(const RuleSet& rules, const Plan& plan,
           const CatalogOptions& options)
      : plan_(plan),
        options_(options),
        budget_(options.max_steps),
        implied_(plan.predicates, budget_),
        woken_by_(plan.predicates.size()),
        fired_(plan.predicates.size()) {
    std::size_t next_refused = 0;
    for (std::uint32_t i = 0; i < plan.rules.size(); ++i) {
      const Rule& rule = rules.rules()[i];
      log_sources_.push_back(
          FoldLogSource({rule.product, rule.category, rule.service}));
      const bool is_refused = next_refused < plan.refused.size() &&
                              plan.refused[next_refused].first == RuleId{i};
      if (is_refused) ++next_refused;
      exprs_.push_back(
          is_refused
              ? std::nullopt
              : ConditionExpr(rules.detection_rules()[i].conditions,
                              plan.rules[i].selections, kMaxProgramTests));
      if (!exprs_.back().has_value()) continue;
      if (plan.rules[i].always) always_.push_back(RuleId{i});
      for (const PredicateId id : plan.rules[i].witness) {
        woken_by_[Index(id)].push_back(RuleId{i});
      }
    }
  }

  Relations Find() {
    for (std::uint32_t i = 0; i < exprs_.size() && budget_.left() > 0; ++i) {
      if (exprs_[i].has_value()) CompareFrom(RuleId{i});
    }
    relations_.is_complete = budget_.left() > 0;
    Group();
    return std::move(relations_);
  }

 private:
  // Finds the rules that `narrow` implies.
  void CompareFrom(RuleId narrow) {
    std::optional<std::vector<RuleId>> candidates;
    Dice dice(At(narrow));
    int samples = 0;
    for (int i = 0; i < kTries && samples < kSamples; ++i) {
      const auto sample =
          SampleOf(*exprs_[At(narrow)], implied_, dice, budget_);
      if (!sample.has_value()) continue;
      ++samples;
      for (const PredicateId id : *sample) fired_[Index(id)] = 1;
      if (!candidates.has_value()) candidates = WokenBy(*sample, narrow);
      std::erase_if(*candidates, [&](RuleId wide) { return !Holds(wide); });
      for (const PredicateId id : *sample) fired_[Index(id)] = 0;
      if (candidates->empty()) return;
    }
    // Without a sample the rule may be one that never holds: it implies all and
    // none of that is worth saying.
    if (!candidates.has_value()) return;
    for (const RuleId wide : *candidates) Compare(narrow, wide);
  }

  // The rules that may hold for a sample, and that see the events which
  // `narrow` sees.
  std::vector<RuleId> WokenBy(const std::vector<PredicateId>& sample,
                              RuleId narrow) {
    std::vector<RuleId> woken = always_;
    for (const PredicateId id : sample) {
      const std::vector<RuleId>& rules = woken_by_[Index(id)];
      woken.insert(woken.end(), rules.begin(), rules.end());
    }
    budget_.Take(woken.size());
    std::sort(woken.begin(), woken.end());
    woken.erase(std::unique(woken.begin(), woken.end()), woken.end());
    std::erase_if(woken, [&](RuleId wide) {
      return wide == narrow ||
             !Admits(log_sources_[At(narrow)], log_sources_[At(wide)]);
    });
    return woken;
  }

  bool Holds(RuleId rule) {
    const Program& program = plan_.rules[At(rule)].program;
    ProgramTarget at = program.start;
    while (at < kReject) {
      budget_.Take(1);
      const Test& test = program.tests[at];
      at = fired_[Index(test.predicate)] != 0 ? test.if_true : test.if_false;
    }
    return at == kAccept;
  }

  void Compare(RuleId narrow, RuleId wide) {
    const std::size_t steps = std::min(options_.max_pair_steps, budget_.left());
    StepBudget pair_budget(steps);
    const Proof proof = Prove(*exprs_[At(narrow)], *exprs_[At(wide)],
                              plan_.predicates, implied_, pair_budget);
    budget_.Take(steps - pair_budget.left());
    if (proof == Proof::kProved) {
      relations_.implied.push_back({narrow, wide});
    } else if (proof == Proof::kNotDecided || HasOpaque(*exprs_[At(wide)])) {
      relations_.not_decided.push_back({narrow, wide});
    }
  }

  bool HasOpaque(const Expr& expr) const {
    if (expr.kind == Expr::Kind::kPredicate) {
      return IsOpaque(plan_.predicates[Index(expr.predicate)].op);
    }
    return std::any_of(expr.children.begin(), expr.children.end(),
                       [this](const Expr& child) { return HasOpaque(child); });
  }

  // Takes what is implied both ways together.
  void Group() {
    std::vector<Implication>& implied = relations_.implied;
    const auto less = [](const Implication& a, const Implication& b) {
      return std::pair(a.narrow, a.wide) < std::pair(b.narrow, b.wide);
    };
    std::sort(implied.begin(), implied.end(), less);
    const auto is_equal = [&](const Implication& pair) {
      return std::binary_search(implied.begin(), implied.end(),
                                Implication{pair.wide, pair.narrow}, less);
    };
    // The first rule of a group is equal to all others of it.
    std::vector<char> is_grouped(exprs_.size());
    for (auto pair = implied.begin(); pair != implied.end();) {
      const RuleId first = pair->narrow;
      std::vector<RuleId> group{first};
      for (; pair != implied.end() && pair->narrow == first; ++pair) {
        if (is_equal(*pair)) group.push_back(pair->wide);
      }
      if (group.size() < 2 || is_grouped[At(first)] != 0) continue;
      for (const RuleId rule : group) is_grouped[At(rule)] = 1;
      std::sort(group.begin(), group.end());
      relations_.equal.push_back(std::move(group));
    }
    std::vector<Implication> one_way;
    for (const Implication& pair : implied) {
      if (!is_equal(pair)) one_way.push_back(pair);
    }
    implied = std::move(one_way);
    std::sort(relations_.not_decided.begin(), relations_.not_decided.end(),
              less);
  }

  const Plan& plan_;
  const CatalogOptions& options_;
  StepBudget budget_;
  const ImpliedPredicates implied_;
  std::vector<LogSource> log_sources_;         // folded, by RuleId
  std::vector<std::optional<Expr>> exprs_;     // by RuleId
  std::vector<std::vector<RuleId>> woken_by_;  // by PredicateId: witnesses
  std::vector<RuleId> always_;
  std::vector<char> fired_;  // by PredicateId: true in the sample
  Relations relations_;
};

}  // namespace

Relations FindRelations(const RuleSet& rules, const Plan& plan,
                        const CatalogOptions& options) {
  return Comparer(rules, plan, options).Find();
}

}  // namespace hypersigma::internal
