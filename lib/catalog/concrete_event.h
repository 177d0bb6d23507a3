// A made-up event with values, to ask it what no predicate implies.

#ifndef HYPERSIGMA_LIB_CATALOG_CONCRETE_EVENT_H_
#define HYPERSIGMA_LIB_CATALOG_CONCRETE_EVENT_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/compile/predicate.h"
#include "lib/engine/confirm.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {

// Whether the predicate is asked of values, because nothing implies it: regular
// expressions, parts of times, other fields.
bool IsAskedOfValues(Operator op);

// Not thread safe. Borrows the predicates; prepares each once.
class ConcreteEvent {
 public:
  ConcreteEvent(std::span<const Predicate> predicates, std::size_t fields);
  ~ConcreteEvent();

  // Makes the event one for which `sample` is true, with one value a field.
  void Assign(std::span<const PredicateId> sample);

  // Whether the event has a value of the field.
  bool Has(FieldId field) const;

  // Whether `predicate` holds for the event. REQUIRES: IsAskedOfValues().
  bool Holds(PredicateId predicate);

 private:
  const Confirmer* Prepare(PredicateId predicate);

  std::span<const Predicate> predicates_;
  std::deque<std::string> texts_;
  std::vector<FieldValue> pairs_;
  EventValues values_;
  std::optional<ConfirmScratch> scratch_;
  absl::flat_hash_map<PredicateId, std::unique_ptr<const Confirmer>> prepared_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_CONCRETE_EVENT_H_
