// What the rules of one route ask of an event's values, so that values which
// mean the same to all of them can be told.

#ifndef HYPERSIGMA_LIB_ENGINE_ROUTE_NEEDS_H_
#define HYPERSIGMA_LIB_ENGINE_ROUTE_NEEDS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hypersigma/event.h"
#include "hypersigma/rule_mask.h"
#include "lib/compile/predicate.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/router.h"

namespace hypersigma::internal {

// Immutable. Borrows the engine, keeps the route.
class RouteNeeds {
 public:
  // Of the rules that `route` admits and `selected`, unless it is null, has.
  // Cost: linear in their items, and a few bytes for each field and predicate
  // of the engine.
  RouteNeeds(const EngineState& engine, std::shared_ptr<const Route> route,
             const RuleMask* selected);

  const Route& route() const { return *route_; }

  // Whether a rule asks for `predicate`.
  bool IsAsked(std::uint32_t predicate) const { return asked_[predicate] != 0; }

  // The fields that the values of `member` may be those of: itself, and those
  // that the route calls otherwise. Only fields that rules look at.
  std::span<const FieldId> FieldsOf(FieldId member) const {
    return Index(member) < fields_.size() ? fields_[Index(member)]
                                          : std::span<const FieldId>();
  }
  // Whether anything depends on `member` being there.
  bool PresenceMatters(FieldId member) const {
    return Index(member) < presence_.size() && presence_[Index(member)] != 0;
  }
  // Whether rules compare the values of `member` with those of another field.
  bool IsCompared(FieldId member) const {
    return Index(member) < compared_.size() && compared_[Index(member)] != 0;
  }
  // Predicates about the values of `field` that are decided on demand without
  // having fired.
  std::span<const PredicateId> OnDemand(FieldId field) const {
    return on_demand_[Index(field)];
  }
  // Whether rules ask whether `field` is missing or null.
  bool AsksForNull(FieldId field) const {
    return asks_for_null_[Index(field)] != 0;
  }

  // What seeks the keywords of the rules; nothing if they have none.
  std::span<const FieldMatcher* const> keyword_matchers() const {
    return keyword_matchers_;
  }
  // Whether a number's text may hold a keyword.
  bool numbers_may_fire() const { return numbers_may_fire_; }
  // Whether keywords are sought that nothing triggers: all values matter.
  bool any_value_matters() const { return any_value_matters_; }

 private:
  void MarkDetection(const DetectionPlan& detection);
  void MarkRules(const RuleMask* selected);
  void AddOnDemand();
  void AddFields();
  void AddKeywords();

  const EngineState* engine_;
  std::shared_ptr<const Route> route_;
  std::vector<char> asked_;                   // by PredicateId
  std::vector<std::vector<FieldId>> fields_;  // by FieldId
  std::vector<char> presence_;
  std::vector<char> compared_;
  std::vector<char> compared_fields_;
  std::vector<std::vector<PredicateId>> on_demand_;
  std::vector<char> asks_for_null_;
  std::vector<const FieldMatcher*> keyword_matchers_;
  bool numbers_may_fire_ = false;
  bool any_value_matters_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROUTE_NEEDS_H_
