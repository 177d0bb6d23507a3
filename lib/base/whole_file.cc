#include "lib/base/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Of the last call that failed.
absl::Status ErrorOf(const std::string& path) {
  const std::error_code error(errno, std::generic_category());
  const std::string message = path + ": " + error.message();
  if (error == std::errc::no_such_file_or_directory) {
    return absl::NotFoundError(message);
  }
  if (error == std::errc::permission_denied) {
    return absl::PermissionDeniedError(message);
  }
  return absl::InternalError(message);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool Close() { return close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Returns a new file beside `path`, whose name no other writer has.
int OpenBeside(const std::string& path, std::string& name) {
  constexpr int kAttempts = 1000;
  constexpr mode_t kAnyone = 0666;  // but for the umask
  for (int i = 0; i < kAttempts; ++i) {
    name = path + "." + std::to_string(getpid()) + "-" + std::to_string(i) +
           ".tmp";
    const int file =
        open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kAnyone);
    if (file >= 0 || errno != EEXIST) return file;
  }
  return -1;
}

}  // namespace

absl::StatusOr<WholeFile> ReadWholeFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.number() < 0 || fstat(file.number(), &status) != 0) {
    return ErrorOf(path);
  }
  if (!S_ISREG(status.st_mode)) {
    return absl::InvalidArgumentError(path + ": not a file");
  }
  try {
    WholeFile content(static_cast<std::size_t>(status.st_size));
    std::size_t size = 0;
    while (size < content.bytes().size()) {
      const ssize_t count = read(file.number(), content.begin() + size,
                                 content.bytes().size() - size);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return ErrorOf(path);
      if (count == 0) {
        return absl::DataLossError(path + ": became shorter while it was read");
      }
      size += static_cast<std::size_t>(count);
    }
    return content;
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        path + ": no memory for " + std::to_string(status.st_size) + " bytes");
  }
}

absl::Status WriteWholeFile(const std::string& path, std::string_view bytes) {
  struct stat status {};
  // A device or pipe would be replaced by a file.
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return absl::InvalidArgumentError(path + ": not a file");
  }
  std::string name;
  Descriptor file(OpenBeside(path, name));
  if (file.number() < 0) return ErrorOf(path);
  if (WriteAll(file.number(), bytes) && file.Close() &&
      std::rename(name.c_str(), path.c_str()) == 0) {
    return absl::OkStatus();
  }
  absl::Status error = ErrorOf(path);
  unlink(name.c_str());
  return error;
}

}  // namespace hypersigma::internal
