// Files that are read and written as a whole.

#ifndef HYPERSIGMA_LIB_BASE_WHOLE_FILE_H_
#define HYPERSIGMA_LIB_BASE_WHOLE_FILE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::internal {

// Owns the bytes of a file, which begin at a multiple of 16.
class WholeFile {
 public:
  explicit WholeFile(std::size_t size)
      : bytes_(std::make_unique_for_overwrite<char[]>(size)), size_(size) {}

  std::string_view bytes() const { return {bytes_.get(), size_}; }
  char* begin() { return bytes_.get(); }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

// Errors: kNotFound, kPermissionDenied, kInternal, each with the path;
// kInvalidArgument for what is no file; kResourceExhausted without memory.
absl::StatusOr<WholeFile> ReadWholeFile(const std::string& path);

// Puts a file in the place of `path`, whole and at once: whoever reads sees the
// old one or the new one, and of several writers one wins. Errors: as above.
absl::Status WriteWholeFile(const std::string& path, std::string_view bytes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_WHOLE_FILE_H_
