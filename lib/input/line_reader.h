// Cuts a file or stream into blocks of whole lines, each a record.
//
// Between decompress and record_reader: threads take blocks, so that no line is
// ever split between two of them.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_READER_H_
#define HYPERSIGMA_LIB_INPUT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/decompress.h"
#include "lib/input/record.h"

namespace hypersigma::internal {

struct LineReaderOptions {
  // Longer lines are skipped and given as kLineTooLong.
  std::uint64_t max_line_bytes = std::uint64_t{256} << 20;
  // Bytes to ask the system for at a time, about the size of a block.
  std::size_t block_bytes = std::size_t{256} << 10;
  ByteReaderOptions bytes{};
};

// Bytes that were read before, to find out what they are.
struct ReadAhead {
  std::vector<char> bytes;
  // The reader has come to its end, or to an error.
  bool at_end = false;
  absl::Status status;
};

// Reads one file from front to back. Not thread safe. Memory is bounded by the
// longest line within the limit.
class LineReader {
 public:
  // Errors: those of ByteReader::Open().
  static absl::StatusOr<LineReader> Open(const std::string& path,
                                         const LineReaderOptions& options = {});

  // Goes on with what comes behind `ahead`.
  LineReader(ByteReader bytes, ReadAhead ahead,
             const LineReaderOptions& options);

  // Replaces the content of `block` by the lines that come next, blank ones
  // left out, and returns true, or false at the end. A byte order mark at the
  // beginning of the file is left out; the last line needs no end. A block may
  // have no lines. Errors: those of ByteReader::Read(), after everything before
  // has been given.
  absl::StatusOr<bool> Next(RecordBlock& block);

 private:
  std::size_t ReadInto(RecordBlock& block, std::size_t begin);
  void SkipLine(RecordBlock& block, std::size_t size);
  std::string_view WithoutMark(std::string_view text);
  void Split(RecordBlock& block, std::size_t end);

  ByteReader bytes_;
  LineReaderOptions options_;
  absl::Status status_;
  bool at_end_ = false;
  bool at_begin_ = true;
  std::vector<char> rest_;         // of the buffer, behind the last line's end
  std::uint64_t ahead_bytes_ = 0;  // read, but not yet for a block
  std::uint64_t next_number_ = 1;
  std::uint64_t next_index_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_READER_H_
