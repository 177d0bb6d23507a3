#include "lib/engine/file_scanner_blocks.h"

#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {

FileBlocks::FileBlocks(std::span<const std::string> paths,
                       const FileScanOptions& options, std::stop_token stop)
    : paths_(paths), open_(options.open), follow_(options.follow) {
  options_.format = options.format;
  options_.slicing.event_path = options.event_path;
  options_.slicing.max_event_bytes = options.max_line_bytes;
  options_.bytes.stop = std::move(stop);
  if (options.progress != nullptr) {
    options_.bytes.stored_bytes = &options.progress->stored_bytes;
  }
}

std::optional<std::size_t> FileBlocks::Next(RecordBlock& block) {
  while (!options_.bytes.stop.stop_requested()) {
    if (!reader_ && !source_) {
      if (next_path_ == paths_.size()) return std::nullopt;
      if (!OpenNext()) continue;
    }
    if (ReadBlock(block)) return next_path_ - 1;
  }
  return std::nullopt;
}

std::optional<std::size_t> FileBlocks::NextAtHand(RecordBlock& block) {
  const bool is_at_hand =
      reader_ && reader_->is_at_hand() && !options_.bytes.stop.stop_requested();
  if (!is_at_hand || !ReadBlock(block)) return std::nullopt;
  return next_path_ - 1;
}

// Returns false, and is done with the path, at its end and at errors.
bool FileBlocks::ReadBlock(RecordBlock& block) {
  const absl::StatusOr<bool> more = Read(block);
  if (more.ok() && *more) return true;
  if (!more.ok()) AddProblem(paths_[next_path_ - 1], more.status());
  reader_.reset();
  source_ = nullptr;
  return false;
}

// Returns false when the path cannot be opened.
bool FileBlocks::OpenNext() {
  const std::string& path = paths_[next_path_++];
  if (open_) source_ = open_(path);
  if (source_) return true;
  options_.bytes.follow = follow_ && next_path_ == paths_.size();
  absl::StatusOr<RecordReader> opened = RecordReader::Open(path, options_);
  if (!opened.ok()) {
    AddProblem(path, opened.status());
    return false;
  }
  reader_.emplace(*std::move(opened));
  return true;
}

absl::StatusOr<bool> FileBlocks::Read(RecordBlock& block) {
  block.indices.clear();
  return reader_ ? reader_->Next(block) : ReadSource(block);
}

// The source's texts are valid until it is called again, which another thread
// may do while this block is scanned.
absl::StatusOr<bool> FileBlocks::ReadSource(RecordBlock& block) {
  HS_ASSIGN_OR_RETURN(const std::span<const SourceRecord> given, source_());
  block.records.clear();
  block.buffer.clear();
  for (const SourceRecord& record : given) {
    block.buffer.insert(block.buffer.end(), record.json.begin(),
                        record.json.end());
  }
  const std::string_view texts(block.buffer.data(), block.buffer.size());
  std::size_t begin = 0;
  for (const SourceRecord& record : given) {
    block.records.push_back({.text = texts.substr(begin, record.json.size())});
    block.indices.push_back(record.index);
    begin += record.json.size();
  }
  block.byte_count = texts.size();
  return !given.empty();
}

// A stop is nobody's problem.
void FileBlocks::AddProblem(const std::string& path,
                            const absl::Status& status) {
  if (!absl::IsCancelled(status)) problems_.push_back({path, status});
}

}  // namespace hypersigma::internal
