// Cuts a file or stream into blocks of whole lines.
//
// Between decompress and file_scanner: threads take blocks, so that no line is
// ever split between two of them.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_READER_H_
#define HYPERSIGMA_LIB_INPUT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/decompress.h"

namespace hypersigma::internal {

struct LineReaderOptions {
  // Longer lines are skipped and given as too_long.
  std::uint64_t max_line_bytes = std::uint64_t{256} << 20;
  // Bytes to ask the system for at a time, about the size of a block.
  std::size_t block_bytes = std::size_t{256} << 10;
  // A request to stop ends reading with kCancelled.
  std::stop_token stop{};
};

struct Line {
  // Without its end ("\n" or "\r\n"); empty if too_long. Borrowed from the
  // block.
  std::string_view text;
  std::uint64_t number = 0;  // from 1, blank lines counted
  bool too_long = false;
};

// The lines of a stretch of a file, blank ones left out.
struct LineBlock {
  std::vector<Line> lines;
  // Position of lines[0] among the non-blank lines of the file, from 0.
  std::uint64_t first_index = 0;
  // What was read from the file for this block.
  std::uint64_t byte_count = 0;
  std::vector<char> buffer;
};

// Reads one file from front to back. Not thread safe. Memory is bounded by the
// longest line within the limit.
class LineReader {
 public:
  // Errors: those of ByteReader::Open().
  static absl::StatusOr<LineReader> Open(const std::string& path,
                                         const LineReaderOptions& options = {});

  // Replaces the content of `block` by the lines that come next and returns
  // true, or false at the end. A byte order mark at the beginning of the file
  // is left out; the last line needs no end. A block may have no lines. Errors:
  // those of ByteReader::Read(), after everything before has been given.
  absl::StatusOr<bool> Next(LineBlock& block);

 private:
  LineReader(ByteReader bytes, const LineReaderOptions& options)
      : bytes_(std::move(bytes)), options_(options) {}

  std::size_t ReadInto(LineBlock& block, std::size_t begin);
  void SkipLine(LineBlock& block, std::size_t size);
  std::string_view WithoutMark(std::string_view text);
  void Split(LineBlock& block, std::size_t end);

  ByteReader bytes_;
  LineReaderOptions options_;
  absl::Status status_;
  bool at_end_ = false;
  bool at_begin_ = true;
  std::vector<char> rest_;  // of the buffer, behind the last line's end
  std::uint64_t next_number_ = 1;
  std::uint64_t next_index_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_READER_H_
