// Cuts a file or stream into records, whether they are lines or not.
//
// Before file_scanner: finds out what a file is and has line_reader or
// document_reader cut it. Lines that hold several events are cut here.

#ifndef HYPERSIGMA_LIB_INPUT_RECORD_READER_H_
#define HYPERSIGMA_LIB_INPUT_RECORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/record_format.h"
#include "lib/input/decompress.h"
#include "lib/input/document_reader.h"
#include "lib/input/line_reader.h"
#include "lib/input/record.h"
#include "lib/input/record_slicer.h"

namespace hypersigma::internal {

struct RecordReaderOptions {
  RecordFormat format = RecordFormat::kAuto;
  RecordSlicerOptions slicing{};
  // Bytes to ask the system for at a time, about the size of a block.
  std::size_t block_bytes = std::size_t{256} << 10;
  ByteReaderOptions bytes{};
};

// Reads one file from front to back. Not thread safe. Memory is bounded by the
// longest event within the limit.
class RecordReader {
 public:
  // `options.slicing` holds for lines, too. Errors: those of
  // ByteReader::Open().
  static absl::StatusOr<RecordReader> Open(const std::string& path,
                                           const RecordReaderOptions& options);

  // Replaces the content of `block` by the records that come next and returns
  // true, or false at the end; a block may have none. Records are given as soon
  // as they have been read to their ends. Errors: those of ByteReader::Read(),
  // after everything before has been given.
  absl::StatusOr<bool> Next(RecordBlock& block);

  // As ByteSource::is_at_hand().
  bool is_at_hand() const { return is_at_hand_; }

 private:
  RecordReader(ByteReader bytes, const RecordReaderOptions& options);

  void Begin();
  std::optional<RecordFormat> Decide() const;
  void SliceLines(RecordBlock& block);

  RecordReaderOptions options_;
  const bool is_at_hand_;
  // Until one of the readers takes them.
  std::optional<ByteReader> bytes_;
  ReadAhead ahead_;
  std::optional<LineReader> lines_;
  std::optional<DocumentReader> documents_;
  RecordSlicer slicer_;  // of lines
  std::uint64_t next_index_ = 0;
  std::vector<Record> sliced_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_RECORD_READER_H_
