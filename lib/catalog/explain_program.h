// What a program says under given truths, and how few of them must be other for
// it to accept. Source: docs/explain.md.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_PROGRAM_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_PROGRAM_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "hypersigma/explanation.h"
#include "hypersigma/truth.h"
#include "lib/compile/predicate.h"
#include "lib/compile/program.h"

namespace hypersigma::internal {

using TruthOf = std::function<Truth(PredicateId)>;

// Returns what the program says; kUndecided as the engine's evaluator does.
Truth RunProgram(const Program& program, const TruthOf& truth_of);

// Whether the program accepts once the predicates of `flips` are the other way.
bool AcceptsWith(const Program& program, const TruthOf& truth_of,
                 const std::vector<PredicateId>& flips);

struct SmallestFlips {
  // kSmallest, kSufficient, kNotDecided or kImpossible.
  ChangesStatus status = ChangesStatus::kNotDecided;
  std::vector<PredicateId> flips;  // sorted, unique
};

// Returns the fewest predicates whose other truth makes a program accept that
// does not. At most kMaxFlipSteps tests are looked at, past those what is found
// by then. `truth_of` is asked of each predicate of the program.
SmallestFlips FindSmallestFlips(const Program& program,
                                const TruthOf& truth_of);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_PROGRAM_H_
