// Cuts a file or stream of JSON that is no line an event into records:
// pretty-printed objects, arrays of events, events inside of objects.
//
// Between decompress and record_reader; record_slicer finds the events.

#ifndef HYPERSIGMA_LIB_INPUT_DOCUMENT_READER_H_
#define HYPERSIGMA_LIB_INPUT_DOCUMENT_READER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/decompress.h"
#include "lib/input/line_reader.h"
#include "lib/input/record.h"
#include "lib/input/record_slicer.h"

namespace hypersigma::internal {

// Reads one file from front to back. Not thread safe. Memory is bounded by the
// longest event within the limit.
class DocumentReader {
 public:
  // Goes on with what comes behind `ahead`. `block_bytes` is what the system is
  // asked for at a time.
  DocumentReader(ByteReader bytes, ReadAhead ahead,
                 const RecordSlicerOptions& slicing, std::size_t block_bytes);

  // Replaces the content of `block` by the records that come next, at least one
  // and as soon as it has been read to its end, and returns true, or false at
  // the end; the last block may have none. Errors: those of ByteReader::Read(),
  // after everything before has been given.
  absl::StatusOr<bool> Next(RecordBlock& block);

 private:
  std::size_t ReadInto(RecordBlock& block, std::size_t begin);
  std::size_t Fill(RecordBlock& block);

  ByteReader bytes_;
  RecordSlicer slicer_;
  std::size_t block_bytes_;
  absl::Status status_;
  bool at_end_ = false;
  bool has_finished_ = false;
  std::vector<char> rest_;  // what the slicer needs again, and what is new
  std::uint64_t ahead_bytes_ = 0;  // read, but not yet for a block
  std::uint64_t next_index_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_DOCUMENT_READER_H_
