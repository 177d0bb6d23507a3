#include "hypersigma/profile.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/base/whole_file.h"
#include "lib/engine/profile_text.h"

namespace hypersigma {

Profile::Profile() = default;
Profile::Profile(std::shared_ptr<const internal::FiringSample> sample)
    : sample_(std::move(sample)) {}
Profile::Profile(const Profile&) = default;
Profile& Profile::operator=(const Profile&) = default;
Profile::Profile(Profile&&) noexcept = default;
Profile& Profile::operator=(Profile&&) noexcept = default;
Profile::~Profile() = default;

absl::StatusOr<Profile> Profile::FromNdjson(std::string_view text,
                                            std::string_view label) {
  HS_ASSIGN_OR_RETURN(internal::FiringSample sample,
                      internal::ReadProfile(text, label));
  return internal::ProfileParts::Join(std::move(sample));
}

absl::StatusOr<Profile> Profile::FromFile(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > internal::kMaxProfileBytes) {
    return absl::ResourceExhaustedError(
        path + ": a profile has at most " +
        std::to_string(internal::kMaxProfileBytes) + " bytes");
  }
  HS_ASSIGN_OR_RETURN(const internal::WholeFile file,
                      internal::ReadWholeFile(path));
  return FromNdjson(file.bytes(), path);
}

std::string Profile::ToNdjson() const {
  return sample_ == nullptr ? std::string() : internal::WriteProfile(*sample_);
}

absl::Status Profile::WriteTo(const std::string& path) const {
  return internal::WriteWholeFile(path, ToNdjson());
}

std::uint64_t Profile::events() const {
  std::uint64_t events = 0;
  if (sample_ == nullptr) return events;
  for (const internal::SampleSlice& slice : sample_->slices) {
    events += slice.events;
  }
  return events;
}

std::size_t Profile::predicates() const {
  return sample_ == nullptr ? 0 : sample_->fired.size();
}

}  // namespace hypersigma
