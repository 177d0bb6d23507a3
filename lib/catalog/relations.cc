#include "lib/catalog/relations.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "lib/base/limits.h"
#include "lib/catalog/concrete_event.h"
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
// Steps that it is counted for to ask an event of a regular expression.
constexpr std::size_t kAskSteps = 100;

std::size_t At(RuleId rule) { return static_cast<std::size_t>(rule); }

// Predicates of which only this file's little knowledge is used: where a rule
// has others, "not implied" is not certain.
bool IsOpaque(Operator op) {
  return op == Operator::kGlob || IsAskedOfValues(op);
}

// Sets the mark of each predicate of `expr`.
void Mark(const Expr& expr, char mark, std::vector<char>& marks) {
  if (expr.kind == Expr::Kind::kPredicate) marks[Index(expr.predicate)] = mark;
  for (const Expr& child : expr.children) Mark(child, mark, marks);
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
        event_(plan.predicates, plan.fields.size()),
        fired_(plan.predicates.size()),
        own_(plan.predicates.size()),
        answers_(plan.predicates.size()) {
    std::vector<char> is_refused(plan.rules.size());
    for (const Refusal& refusal : plan.refused) {
      is_refused[At(refusal.first)] = 1;
    }
    for (std::uint32_t i = 0; i < plan.rules.size(); ++i) {
      const Rule& rule = rules.rules()[i];
      log_sources_.push_back(
          FoldLogSource({rule.product, rule.category, rule.service}));
      exprs_.push_back(
          is_refused[i] != 0
              ? std::nullopt
              : ConditionExpr(rules.detection_rules()[i].conditions,
                              plan.rules[i].selections, kMaxProgramTests));
      if (!exprs_.back().has_value()) continue;
      if (plan.rules[i].always) always_.push_back(RuleId{i});
      for (const PredicateId id : plan.rules[i].witness) {
        woken_by_[Index(id)].push_back(RuleId{i});
      }
    }
    for (std::uint32_t i = 0; i < plan.predicates.size(); ++i) {
      if (!woken_by_[i].empty() && IsAskedOfValues(plan.predicates[i].op)) {
        asked_.push_back(PredicateId{i});
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
    Mark(*exprs_[At(narrow)], 1, own_);
    Dice dice(At(narrow));
    int samples = 0;
    for (int i = 0; i < kTries && samples < kSamples; ++i) {
      const auto sample =
          SampleOf(*exprs_[At(narrow)], implied_, dice, budget_);
      if (!sample.has_value()) continue;
      ++samples;
      Begin(*sample);
      if (!candidates.has_value()) candidates = WokenBy(*sample, narrow);
      std::erase_if(*candidates, [&](RuleId wide) { return !Holds(wide); });
      End(*sample);
      if (candidates->empty()) break;
    }
    Mark(*exprs_[At(narrow)], 0, own_);
    // Without a sample the rule may be one that never holds: it implies all and
    // none of that is worth saying.
    if (!candidates.has_value()) return;
    for (const RuleId wide : *candidates) Compare(narrow, wide);
  }

  void Begin(const std::vector<PredicateId>& sample) {
    for (const PredicateId id : sample) fired_[Index(id)] = 1;
    event_.Assign(sample);
  }

  void End(const std::vector<PredicateId>& sample) {
    for (const PredicateId id : sample) fired_[Index(id)] = 0;
    for (const PredicateId id : answered_) answers_[Index(id)] = kNotAsked;
    answered_.clear();
  }

  // Whether the predicate is true of the sample.
  bool IsTrue(PredicateId id) {
    if (fired_[Index(id)] != 0) return true;
    // The sample says of the rule's own that they are false.
    if (own_[Index(id)] != 0 ||
        !IsAskedOfValues(plan_.predicates[Index(id)].op))
      return false;
    char& answer = answers_[Index(id)];
    if (answer == kNotAsked) {
      answer = budget_.Take(kAskSteps) && event_.Holds(id) ? kYes : kNo;
      answered_.push_back(id);
    }
    return answer == kYes;
  }

  bool Reaches(RuleId narrow, RuleId wide) const {
    return Admits(log_sources_[At(narrow)], log_sources_[At(wide)]);
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
    for (const PredicateId id : asked_) {
      const std::vector<RuleId>& rules = woken_by_[Index(id)];
      budget_.Take(1);
      const bool is_seen =
          event_.Has(plan_.predicates[Index(id)].field) &&
          std::any_of(rules.begin(), rules.end(),
                      [&](RuleId wide) { return Reaches(narrow, wide); });
      if (is_seen && IsTrue(id)) {
        woken.insert(woken.end(), rules.begin(), rules.end());
      }
    }
    budget_.Take(woken.size());
    std::sort(woken.begin(), woken.end());
    woken.erase(std::unique(woken.begin(), woken.end()), woken.end());
    std::erase_if(woken, [&](RuleId wide) {
      return wide == narrow || !Reaches(narrow, wide);
    });
    return woken;
  }

  bool Holds(RuleId rule) {
    const Program& program = plan_.rules[At(rule)].program;
    ProgramTarget at = program.start;
    while (at < kReject) {
      budget_.Take(1);
      const Test& test = program.tests[at];
      at = IsTrue(test.predicate) ? test.if_true : test.if_false;
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
  std::vector<PredicateId> asked_;  // witnesses that IsAskedOfValues()
  ConcreteEvent event_;             // of the sample
  // By PredicateId: true in the sample; of the rule that the sample is of.
  std::vector<char> fired_;
  std::vector<char> own_;
  enum Answer : char { kNotAsked, kYes, kNo };
  std::vector<char> answers_;  // by PredicateId: what the sample's event said
  std::vector<PredicateId> answered_;
  Relations relations_;
};

}  // namespace

Relations FindRelations(const RuleSet& rules, const Plan& plan,
                        const CatalogOptions& options) {
  return Comparer(rules, plan, options).Find();
}

}  // namespace hypersigma::internal
