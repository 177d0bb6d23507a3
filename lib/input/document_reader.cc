#include "lib/input/document_reader.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Blocks that one large event has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{8} << 20;

}  // namespace

DocumentReader::DocumentReader(ByteReader bytes, ReadAhead ahead,
                               const RecordSlicerOptions& slicing,
                               std::size_t block_bytes)
    : bytes_(std::move(bytes)),
      slicer_(slicing),
      block_bytes_(block_bytes),
      status_(std::move(ahead.status)),
      at_end_(ahead.at_end),
      rest_(std::move(ahead.bytes)),
      ahead_bytes_(rest_.size()) {}

absl::StatusOr<bool> DocumentReader::Next(RecordBlock& block) {
  block.records.clear();
  block.first_index = next_index_;
  block.byte_count = std::exchange(ahead_bytes_, 0);
  if (has_finished_) {
    HS_RETURN_IF_ERROR(status_);
    return false;
  }
  const std::size_t size = Fill(block);
  rest_.assign(block.buffer.begin() +
                   static_cast<std::ptrdiff_t>(size - slicer_.kept_bytes()),
               block.buffer.begin() + static_cast<std::ptrdiff_t>(size));
  next_index_ += block.records.size();
  return true;
}

// Reads until there is a record. Returns how many bytes of the buffer are used.
std::size_t DocumentReader::Fill(RecordBlock& block) {
  std::vector<char>& buffer = block.buffer;
  if (buffer.size() > kKeptBytes) std::vector<char>().swap(buffer);
  std::size_t begin = 0;
  std::size_t size = rest_.size();
  buffer.resize(std::max(buffer.size(), size + block_bytes_));
  std::copy(rest_.begin(), rest_.end(), buffer.begin());
  if (size == slicer_.kept_bytes()) size += ReadInto(block, size);
  while (true) {
    const std::string_view text(buffer.data() + begin, size - begin);
    if (at_end_) {
      slicer_.Finish(text, block.records);
      has_finished_ = true;
      return size;
    }
    slicer_.Read(text, block.records);
    if (!block.records.empty()) return size;
    begin = size - slicer_.kept_bytes();
    if (begin > size / 2) {
      std::memmove(buffer.data(), buffer.data() + begin, size - begin);
      size -= std::exchange(begin, 0);
    }
    if (size == buffer.size()) buffer.resize(2 * size);
    size += ReadInto(block, size);
  }
}

// Reads once, into the buffer from `begin`, and returns how many bytes. Sets
// at_end_ at the end and at errors.
std::size_t DocumentReader::ReadInto(RecordBlock& block, std::size_t begin) {
  const absl::StatusOr<std::size_t> count =
      bytes_.Read(std::span(block.buffer).subspan(begin));
  if (!count.ok()) status_ = count.status();
  at_end_ = !count.ok() || *count == 0;
  if (at_end_) return 0;
  block.byte_count += *count;
  return *count;
}

}  // namespace hypersigma::internal
