// Files and standard input as plain bytes, gzip and Zstandard undone. Door to
// zlib and zstd.
//
// After byte_source, which reads what is stored; line_reader cuts the bytes
// into lines.

#ifndef HYPERSIGMA_LIB_INPUT_DECOMPRESS_H_
#define HYPERSIGMA_LIB_INPUT_DECOMPRESS_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/byte_source.h"

namespace hypersigma::internal {

// A stream of bytes that is read once, front to back. Not thread safe. Memory
// does not depend on the stream's length: Zstandard windows past 128 MiB are
// refused.
class ByteReader {
 public:
  // Opens `path`; "-" is standard input. Bytes are decompressed when the first
  // ones or the name (.gz, .zst) say so; several gzip members or Zstandard
  // frames in a row count as one. Errors: kNotFound, kPermissionDenied,
  // kInvalidArgument for a folder, and for what cannot be followed: compressed
  // data and standard input; kUnavailable for other failures of the system,
  // kCancelled.
  static absl::StatusOr<ByteReader> Open(const std::string& path,
                                         const ByteReaderOptions& options = {});

  ByteReader(ByteReader&&) noexcept;
  ByteReader& operator=(ByteReader&&) noexcept;
  ~ByteReader();

  // Puts at least one byte into `out` and returns how many; 0 at the end.
  // Fewer than out.size() means that more would have to be waited for, or that
  // an error or the end follows. Errors: kDataLoss when the compressed data is
  // damaged or ends early, kUnavailable when the system cannot read,
  // kResourceExhausted for a window past the limit, kCancelled a tenth of a
  // second after a request to stop while a pipe has nothing to give; good bytes
  // before the error are given first, and later calls give the error again.
  // REQUIRES: out is not empty.
  absl::StatusOr<std::size_t> Read(std::span<char> out);

  // As ByteSource::is_at_hand().
  bool is_at_hand() const { return source_->is_at_hand(); }

 private:
  class Decoder;
  class Plain;
  class Compressed;
  class Gzip;
  class Zstd;

  ByteReader(std::unique_ptr<ByteSource> source,
             std::unique_ptr<Decoder> decoder);

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<Decoder> decoder_;
  absl::Status status_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_DECOMPRESS_H_
