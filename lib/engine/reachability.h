// Whether a rule can hold at all when events lack some fields.

#ifndef HYPERSIGMA_LIB_ENGINE_REACHABILITY_H_
#define HYPERSIGMA_LIB_ENGINE_REACHABILITY_H_

#include <functional>
#include <optional>
#include <span>

#include "hypersigma/event.h"
#include "lib/compile/predicate.h"
#include "lib/compile/program.h"

namespace hypersigma::internal {

// Returns whether a run of `program` may accept when some of its predicates are
// known: `verdict_on` returns nullopt for one that may be true or false. Cost:
// linear in the tests.
bool MayAccept(
    const Program& program,
    const std::function<std::optional<bool>(PredicateId)>& verdict_on);

// Returns whether a run of `program` may accept an event that has no field but
// those that `is_there`. What is asked of such a field, or of any value, may be
// true or false. Cost: linear in the tests.
bool CanHold(const Program& program, std::span<const Predicate> predicates,
             const std::function<bool(FieldId)>& is_there);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_REACHABILITY_H_
