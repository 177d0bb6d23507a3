// Profiles as lines of JSON. docs/profile.md describes them.

#ifndef HYPERSIGMA_LIB_ENGINE_PROFILE_TEXT_H_
#define HYPERSIGMA_LIB_ENGINE_PROFILE_TEXT_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "hypersigma/profile.h"
#include "lib/compile/firing_sample.h"

namespace hypersigma::internal {

// The version that is written, and the only one that is read. Counts up when
// a member or the name of a predicate changes its meaning.
inline constexpr int kProfileSchema = 1;

// Returns the lines of `sample`; of predicates those that fired most, if all
// would be past kMaxProfileBytes.
std::string WriteProfile(const FiringSample& sample);

// Reads what WriteProfile() wrote. Errors: kInvalidArgument and
// kResourceExhausted, "label:line: what is wrong".
absl::StatusOr<FiringSample> ReadProfile(std::string_view text,
                                         std::string_view label);

// Makes profiles from their parts.
class ProfileParts {
 public:
  static Profile Join(FiringSample sample) {
    return Profile(std::make_shared<const FiringSample>(std::move(sample)));
  }
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_PROFILE_TEXT_H_
