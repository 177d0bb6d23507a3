// A file descriptor with a buffer: bytes as they are stored.
//
// Below decompress, which turns them into plain ones. Waits for pipes and for
// files that grow, until it is asked to stop.

#ifndef HYPERSIGMA_LIB_INPUT_BYTE_SOURCE_H_
#define HYPERSIGMA_LIB_INPUT_BYTE_SOURCE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::internal {

struct ByteReaderOptions {
  // A request to stop ends reading with kCancelled.
  std::stop_token stop{};
  // At the end of the file, waits until it grows. Goes on with the new file
  // when another one gets its name, and from the beginning when the file is
  // truncated; a line that has no end by then is given one.
  bool follow = false;
  // Is increased by what is read from the system. Borrowed; may be null.
  std::atomic<std::uint64_t>* stored_bytes = nullptr;
};

// Reads one file, or standard input, from front to back. Not thread safe.
class ByteSource {
 public:
  // "-" is standard input. Errors: as of ByteReader::Open().
  static absl::StatusOr<std::unique_ptr<ByteSource>> Open(
      const std::string& path, const ByteReaderOptions& options);

  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  // What has been read and not been taken.
  std::string_view ready() const {
    return {buffer_.data() + begin_, end_ - begin_};
  }
  void Take(std::size_t count) { begin_ += count; }

  // Whether reading never waits: of a file that is not followed.
  bool is_at_hand() const { return is_at_hand_; }

  // Reads until `count` bytes are ready or the source ends. REQUIRES: count is
  // far below the buffer's size.
  absl::Status Fill(std::size_t count);

  // One read of the system; 0 at the end. Errors: as of ByteReader::Read().
  absl::StatusOr<std::size_t> ReadInto(std::span<char> out);

 private:
  ByteSource(std::string path, int descriptor, ByteReaderOptions options);

  absl::StatusOr<std::size_t> ReadOnce(std::span<char> out);
  absl::StatusOr<std::size_t> ReadFollowing(std::span<char> out);
  bool IsReplaced() const;
  bool IsTruncated() const;
  bool OpenAgain();
  absl::Status WaitForInput() const;
  absl::Status WaitForGrowth() const;

  std::string path_;
  int descriptor_;
  ByteReaderOptions options_;
  char last_ = '\n';  // byte that was read
  bool at_end_ = false;
  bool is_at_hand_ = false;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::vector<char> buffer_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_BYTE_SOURCE_H_
