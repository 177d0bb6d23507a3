// The files of a scan as one sequence of blocks of records.

#ifndef HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_
#define HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/file_scanner.h"
#include "lib/input/record.h"
#include "lib/input/record_reader.h"

namespace hypersigma::internal {

// Reads one file after the other; a file that cannot be read is noted and does
// not stop the others. Not thread safe. Borrows the paths.
class FileBlocks {
 public:
  FileBlocks(std::span<const std::string> paths, const FileScanOptions& options)
      : paths_(paths) {
    options_.format = options.format;
    options_.slicing.event_path = options.event_path;
    options_.slicing.max_event_bytes = options.max_line_bytes;
    options_.stop = options.stop;
  }

  // Fills `block` with the records that come next and returns the position of
  // the path that they are from, or nullopt at the end of the last file and
  // after a request to stop.
  std::optional<std::size_t> Next(RecordBlock& block);

  std::string_view path(std::size_t position) const { return paths_[position]; }

  const std::vector<FileProblem>& problems() const { return problems_; }

 private:
  void AddProblem(const std::string& path, const absl::Status& status);

  std::span<const std::string> paths_;
  RecordReaderOptions options_;
  std::size_t next_path_ = 0;
  std::optional<RecordReader> reader_;  // of the path before next_path_
  std::vector<FileProblem> problems_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_BLOCKS_H_
