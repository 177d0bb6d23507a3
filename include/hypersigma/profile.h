// How often what rules look for occurs in a sample of events.
//
// Speed only: an engine tests a rule on an event when the rarest thing that the
// rule needs is there, and a profile says what is rare here. Profiler makes
// one; EngineOptions::profile takes it. docs/profile.md describes the file.

#ifndef HYPERSIGMA_PROFILE_H_
#define HYPERSIGMA_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/export.h"

namespace hypersigma {

namespace internal {
class ProfileParts;
struct FiringSample;
}  // namespace internal

// An immutable value: copies are cheap and any thread may read one. It knows
// predicates by what they ask, so that it serves other rules too, and other
// versions of the same.
class HYPERSIGMA_EXPORT Profile {
 public:
  // Knows nothing: all is estimated.
  Profile();
  Profile(const Profile&);
  Profile& operator=(const Profile&);
  Profile(Profile&&) noexcept;
  Profile& operator=(Profile&&) noexcept;
  ~Profile();

  // Reads what ToNdjson() wrote; `label` stands for the file in messages.
  // Errors: kInvalidArgument, "label:line: what is wrong", for any other text;
  // kResourceExhausted past a limit of docs/limits.md. Cost: some 2 us a
  // predicate.
  static absl::StatusOr<Profile> FromNdjson(
      std::string_view text, std::string_view label = "<profile>");

  // The same with the content of a file. Errors: also kNotFound,
  // kPermissionDenied, kInternal.
  static absl::StatusOr<Profile> FromFile(const std::string& path);

  // Returns lines of JSON, the same for equal profiles; empty for one that
  // knows nothing. Cost: linear, some 100 bytes a predicate.
  std::string ToNdjson() const;

  // Writes ToNdjson() to a file, which appears at once and whole, in place of
  // what was there. Errors: kNotFound, kPermissionDenied, kInternal;
  // kInvalidArgument when `path` is there and no file.
  absl::Status WriteTo(const std::string& path) const;

  // Events of the sample.
  std::uint64_t events() const;

  // Predicates that were counted, also those that never occurred.
  std::size_t predicates() const;

  // For the layers above, null if it knows nothing; not part of the contract.
  const internal::FiringSample* sample() const { return sample_.get(); }

 private:
  friend class internal::ProfileParts;
  explicit Profile(std::shared_ptr<const internal::FiringSample> sample);

  std::shared_ptr<const internal::FiringSample> sample_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_PROFILE_H_
