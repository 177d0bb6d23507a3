// The files of a scan as one sequence of blocks of records.

#ifndef HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_
#define HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/file_scanner.h"
#include "lib/input/record.h"
#include "lib/input/record_reader.h"

namespace hypersigma::internal {

// Reads one file after the other; a file that cannot be read is noted and does
// not stop the others. Not thread safe. Borrows the paths and the options.
class FileBlocks {
 public:
  // A request to `stop` ends reading.
  FileBlocks(std::span<const std::string> paths, const FileScanOptions& options,
             std::stop_token stop);

  // Fills `block` with the records that come next and returns the position of
  // the path that they are from, or nullopt at the end of the last file and
  // after a request to stop.
  std::optional<std::size_t> Next(RecordBlock& block);

  // The same without a wait for input: nullopt also where the block is not from
  // the file that is read already, or where that is something else, as a pipe,
  // or is followed.
  std::optional<std::size_t> NextAtHand(RecordBlock& block);

  std::string_view path(std::size_t position) const { return paths_[position]; }

  const std::vector<FileProblem>& problems() const { return problems_; }

 private:
  bool OpenNext();
  bool ReadBlock(RecordBlock& block);
  absl::StatusOr<bool> Read(RecordBlock& block);
  absl::StatusOr<bool> ReadSource(RecordBlock& block);
  void AddProblem(const std::string& path, const absl::Status& status);

  std::span<const std::string> paths_;
  RecordReaderOptions options_;
  const SourceOpener& open_;
  const bool follow_;
  std::size_t next_path_ = 0;
  // Of the path before next_path_: one of the two, or none.
  std::optional<RecordReader> reader_;
  RecordSource source_;
  std::vector<FileProblem> problems_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_
