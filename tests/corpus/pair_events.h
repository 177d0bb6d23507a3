// Random events about two rules, to contradict what is said of them.

#ifndef HYPERSIGMA_TESTS_CORPUS_PAIR_EVENTS_H_
#define HYPERSIGMA_TESTS_CORPUS_PAIR_EVENTS_H_

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/expr.h"
#include "lib/compile/plan.h"
#include "tests/support/random.h"

namespace hypersigma {

// Mixes values of the predicates of the rules: each of them may be true or
// false, letters change their case, some values are arrays, null or missing.
class PairEvents {
 public:
  // REQUIRES: two rules. Field ids are those of an engine of the same rules.
  PairEvents(const RuleSet& rules, generator::Random random);

  // Returns an event that is valid until the next call. Half of them are made
  // such that the rule `first` holds, if nothing else is in the way.
  std::vector<FieldValue> Next(RuleId first);

 private:
  using Wanted = std::map<FieldId, std::vector<internal::PredicateId>>;

  void Want(const internal::Expr& expr, Wanted& wanted);
  void AddField(FieldId field, const std::vector<internal::PredicateId>& wanted,
                std::vector<FieldValue>& event);
  Value ValueFor(const std::vector<internal::PredicateId>& wanted);
  std::string TextFor(const std::vector<internal::PredicateId>& wanted);
  std::string Filled(const internal::Predicate& predicate);
  std::string Filler();
  std::string Changed(std::string text);
  std::string_view Keep(std::string text);

  const internal::Plan plan_;
  std::vector<std::optional<internal::Expr>> exprs_;
  generator::Random random_;
  std::deque<std::string> texts_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_TESTS_CORPUS_PAIR_EVENTS_H_
