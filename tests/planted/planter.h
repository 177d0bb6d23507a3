// Writes literals into filler text and looks whether a database reports them.
//
// Much the same as ProveDatabase() in intent, but random, denser and with other
// fillers, and it counts losses instead of stopping at the first.

#ifndef HYPERSIGMA_TESTS_PLANTED_PLANTER_H_
#define HYPERSIGMA_TESTS_PLANTED_PLANTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/planted/literal_sets.h"
#include "tests/support/random.h"

namespace hypersigma::planted {

struct Tally {
  std::uint64_t planted = 0;
  std::uint64_t lost = 0;
  std::uint64_t sets = 0;
  std::uint64_t sets_with_losses = 0;
  std::vector<std::string> first_losses;  // a few, in words
};

struct PlantOptions {
  bool guard = true;
};

// Plants each literal of `set` with leads of 0 to 199 and tails of 0 to 99
// bytes, and in short texts with nothing after it. In sets under 64 literals
// that is every lead; in larger ones a choice. Adds to `tally`. Errors: those
// of the database.
absl::Status PlantSet(const LiteralSet& set, const PlantOptions& options,
                      generator::Random& random, Tally& tally);

}  // namespace hypersigma::planted

#endif  // HYPERSIGMA_TESTS_PLANTED_PLANTER_H_
