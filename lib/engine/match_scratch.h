// Working memory of one thread that matches values.

#ifndef HYPERSIGMA_LIB_ENGINE_MATCH_SCRATCH_H_
#define HYPERSIGMA_LIB_ENGINE_MATCH_SCRATCH_H_

#include <string>

#include "lib/base/bitset.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/joined_texts.h"

namespace hypersigma::internal {

// Also the set that predicates fire into.
struct MatchScratch {
  SparseBitset fired;  // members are PredicateIds
  LiteralScratch literals;
  std::string folded;
  JoinedTexts joined;  // of an event, for FieldMatcher::MatchAll()
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_MATCH_SCRATCH_H_
