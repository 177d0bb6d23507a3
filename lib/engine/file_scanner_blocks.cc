#include "lib/engine/file_scanner_blocks.h"

#include <utility>

#include "absl/status/statusor.h"

namespace hypersigma::internal {

std::optional<std::size_t> FileBlocks::Next(RecordBlock& block) {
  while (!options_.stop.stop_requested()) {
    if (!reader_) {
      if (next_path_ == paths_.size()) return std::nullopt;
      const std::string& path = paths_[next_path_++];
      absl::StatusOr<RecordReader> opened = RecordReader::Open(path, options_);
      if (!opened.ok()) {
        AddProblem(path, opened.status());
        continue;
      }
      reader_.emplace(*std::move(opened));
    }
    const std::string& path = paths_[next_path_ - 1];
    const absl::StatusOr<bool> more = reader_->Next(block);
    if (more.ok() && *more) return next_path_ - 1;
    if (!more.ok()) AddProblem(path, more.status());
    reader_.reset();
  }
  return std::nullopt;
}

// A stop is nobody's problem.
void FileBlocks::AddProblem(const std::string& path,
                            const absl::Status& status) {
  if (!absl::IsCancelled(status)) problems_.push_back({path, status});
}

}  // namespace hypersigma::internal
