#include "lib/compile/sampled_cost.h"

#include <algorithm>

#include "lib/rule/log_source.h"

namespace hypersigma::internal {
namespace {

// Events that the estimate stands for, beside those of the sample: what was
// never seen is cheap, but not free, and the rarer by estimate the cheaper.
constexpr double kPriorEvents = 1;

// What a rule costs that is woken on an event whose log source does not admit
// it, to one that is evaluated. Also lets rules whose log source is not in the
// sample learn from other events.
constexpr double kRefusedCost = 0.1;

bool IsAdmitted(const SampleSlice& slice, const LogSource& rule_source) {
  return slice.log_sources.empty() ||
         std::any_of(slice.log_sources.begin(), slice.log_sources.end(),
                     [&rule_source](const LogSource& member) {
                       return Admits(member, rule_source);
                     });
}

}  // namespace

SampledCost::SampledCost(const Plan& plan, const FiringSample& sample)
    : plan_(plan), sample_(sample) {
  for (const SampleSlice& slice : sample.slices) {
    events_ += static_cast<double>(slice.events);
  }
  fired_.reserve(plan.predicates.size());
  for (const Predicate& predicate : plan.predicates) {
    const auto found = sample.fired.find(NameOf(predicate, plan.fields));
    fired_.push_back(found == sample.fired.end() ? nullptr : &found->second);
  }
}

FiringCost SampledCost::For(const LogSource& rule_source) {
  return [this, &admitted = Find(rule_source)](PredicateId predicate) {
    return CostOf(predicate, admitted);
  };
}

const SampledCost::Admitted& SampledCost::Find(const LogSource& rule_source) {
  const LogSource folded = FoldLogSource(rule_source);
  const auto [found, is_new] = admitted_.try_emplace(
      {folded.product, folded.category, folded.service}, Admitted{});
  Admitted& admitted = found->second;
  if (!is_new) return admitted;
  for (const SampleSlice& slice : sample_.slices) {
    const bool is_admitted = IsAdmitted(slice, folded);
    admitted.slices.push_back(is_admitted ? 1 : 0);
    if (is_admitted) admitted.events += static_cast<double>(slice.events);
  }
  return admitted;
}

std::optional<double> SampledCost::CostOf(PredicateId predicate,
                                          const Admitted& admitted) const {
  const std::optional<double> estimate =
      EstimateFiringCost(plan_.predicates[Index(predicate)],
                         Index(predicate) < plan_.decided_count);
  if (!estimate.has_value()) return std::nullopt;
  const std::vector<SliceCount>* counts = fired_[Index(predicate)];
  if (counts == nullptr) {
    return *estimate *
           (kPriorEvents + admitted.events + kRefusedCost * events_);
  }
  double cost = *estimate * kPriorEvents;
  for (const SliceCount& count : *counts) {
    const double weight =
        admitted.slices[count.slice] != 0 ? 1 + kRefusedCost : kRefusedCost;
    cost += weight * static_cast<double>(count.events);
  }
  return cost;
}

}  // namespace hypersigma::internal
