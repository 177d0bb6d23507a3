#include "lib/input/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{128} << 10;
constexpr std::string_view kStandardInput = "-";
// How often a wait for input looks for a request to stop, and for growth.
constexpr int kWaitMilliseconds = 100;

absl::Status SystemError(int error, std::string_view what) {
  return absl::UnavailableError(absl::StrCat(
      absl::string_view(what.data(), what.size()), ": ", std::strerror(error)));
}

absl::Status OpenError(int error) {
  const char* const text = std::strerror(error);
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(text);
  if (error == EACCES || error == EPERM) {
    return absl::PermissionDeniedError(text);
  }
  return SystemError(error, "cannot open");
}

int OpenFile(const std::string& path) {
  return open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> ByteSource::Open(
    const std::string& path, const ByteReaderOptions& options) {
  const bool is_standard_input = path == kStandardInput;
  if (is_standard_input && options.follow) {
    return absl::InvalidArgumentError("standard input cannot be followed");
  }
  const int descriptor = is_standard_input ? STDIN_FILENO : OpenFile(path);
  if (descriptor < 0) return OpenError(errno);
  std::unique_ptr<ByteSource> source(new ByteSource(path, descriptor, options));
  struct stat status {};
  const bool is_known = fstat(descriptor, &status) == 0;
  if (is_known && S_ISDIR(status.st_mode)) {
    return absl::InvalidArgumentError("is a folder");
  }
  source->is_at_hand_ = is_known && S_ISREG(status.st_mode) &&
                        !is_standard_input && !options.follow;
  return source;
}

ByteSource::ByteSource(std::string path, int descriptor,
                       ByteReaderOptions options)
    : path_(std::move(path)),
      descriptor_(descriptor),
      options_(std::move(options)),
      buffer_(kBufferBytes) {}

ByteSource::~ByteSource() {
  if (path_ != kStandardInput) close(descriptor_);
}

absl::Status ByteSource::Fill(std::size_t count) {
  while (end_ - begin_ < count && !at_end_) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    HS_ASSIGN_OR_RETURN(const std::size_t read,
                        ReadInto(std::span(buffer_).subspan(end_)));
    end_ += read;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> ByteSource::ReadInto(std::span<char> out) {
  absl::StatusOr<std::size_t> count =
      options_.follow ? ReadFollowing(out) : ReadOnce(out);
  if (!count.ok()) return count;
  at_end_ = *count == 0;
  if (options_.stored_bytes != nullptr) *options_.stored_bytes += *count;
  return count;
}

absl::StatusOr<std::size_t> ByteSource::ReadOnce(std::span<char> out) {
  while (true) {
    if (options_.stop.stop_possible()) HS_RETURN_IF_ERROR(WaitForInput());
    const ssize_t count = read(descriptor_, out.data(), out.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError(errno, "cannot read");
    if (count > 0) last_ = out[static_cast<std::size_t>(count) - 1];
    return static_cast<std::size_t>(count);
  }
}

absl::StatusOr<std::size_t> ByteSource::ReadFollowing(std::span<char> out) {
  while (true) {
    // Looked at before: what is written between the end of the old file and
    // the rename is read below.
    const bool is_replaced = IsReplaced();
    HS_ASSIGN_OR_RETURN(const std::size_t count, ReadOnce(out));
    if (count > 0) return count;
    const bool is_new = (is_replaced && OpenAgain()) ||
                        (IsTruncated() && lseek(descriptor_, 0, SEEK_SET) == 0);
    if (!is_new) {
      HS_RETURN_IF_ERROR(WaitForGrowth());
    } else if (last_ != '\n') {
      out[0] = last_ = '\n';
      return std::size_t{1};
    }
  }
}

// Whether the path names another file now. A name that is gone may come back.
bool ByteSource::IsReplaced() const {
  struct stat ours {};
  struct stat named {};
  return fstat(descriptor_, &ours) == 0 && stat(path_.c_str(), &named) == 0 &&
         (ours.st_ino != named.st_ino || ours.st_dev != named.st_dev);
}

bool ByteSource::IsTruncated() const {
  struct stat status {};
  return fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode) &&
         status.st_size < lseek(descriptor_, 0, SEEK_CUR);
}

bool ByteSource::OpenAgain() {
  const int descriptor = OpenFile(path_);
  if (descriptor < 0) return false;
  close(std::exchange(descriptor_, descriptor));
  return true;
}

// Returns when a read would not block. A file is always ready.
absl::Status ByteSource::WaitForInput() const {
  while (!options_.stop.stop_requested()) {
    pollfd descriptor{descriptor_, POLLIN, 0};
    const int count = poll(&descriptor, 1, kWaitMilliseconds);
    if (count > 0) return absl::OkStatus();
    if (count < 0 && errno != EINTR) return SystemError(errno, "cannot wait");
  }
  return absl::CancelledError("stopped");
}

absl::Status ByteSource::WaitForGrowth() const {
  poll(nullptr, 0, kWaitMilliseconds);
  return options_.stop.stop_requested() ? absl::CancelledError("stopped")
                                        : absl::OkStatus();
}

}  // namespace hypersigma::internal
