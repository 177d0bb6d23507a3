// Gives equal predicates one id, whichever rule asks.

#ifndef HYPERSIGMA_LIB_COMPILE_PREDICATE_TABLE_H_
#define HYPERSIGMA_LIB_COMPILE_PREDICATE_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Ids count from 0 in order of first appearance.
class PredicateTable {
 public:
  PredicateId Intern(Predicate predicate);

  // Hands the predicates over, indexed by id, and is empty afterwards.
  std::vector<Predicate> Release();

 private:
  std::vector<Predicate> predicates_;
  absl::flat_hash_map<std::string, PredicateId> ids_;  // by serialized content
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PREDICATE_TABLE_H_
