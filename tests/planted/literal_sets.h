// The sets of literals that the planted tests go through.

#ifndef HYPERSIGMA_TESTS_PLANTED_LITERAL_SETS_H_
#define HYPERSIGMA_TESTS_PLANTED_LITERAL_SETS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/engine/hyperscan.h"
#include "tests/support/random.h"

namespace hypersigma::planted {

struct LiteralSet {
  std::string name;
  std::vector<internal::Literal> literals;
};

// What the engine compiles for the rules below `folder`: one set a field, and
// one for keywords. Errors: those of RuleSet::FromPaths().
absl::StatusOr<std::vector<LiteralSet>> FieldSets(const std::string& folder);

// Sets of 1 to 24 literals of 1 to 40 bytes: pieces of command lines and paths,
// few letters in many orders, and prefixes, suffixes and overlaps of each
// other.
std::vector<LiteralSet> RandomSets(std::size_t count,
                                   generator::Random& random);

// Sets of 30 to 1,500 literals, the shortest of 2 to 9 bytes: libhs takes
// longer steps the longer it is, and other tables the more there are.
std::vector<LiteralSet> LargeSets(std::size_t count, generator::Random& random);

// In these Vectorscan 5.4.9 was seen to lose matches when it had no guard.
std::vector<LiteralSet> WeakSets();

// Literals with something special about them, alone and together.
std::vector<LiteralSet> SpecialSets();

}  // namespace hypersigma::planted

#endif  // HYPERSIGMA_TESTS_PLANTED_LITERAL_SETS_H_
