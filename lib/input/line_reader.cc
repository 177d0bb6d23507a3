#include "lib/input/line_reader.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Room for what is no part of a line's text: its end, "\r\n", and the mark.
constexpr std::uint64_t kOtherBytes = 2 + kByteOrderMark.size();
// Blocks that one long line has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{8} << 20;

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<LineReader> LineReader::Open(const std::string& path,
                                            const LineReaderOptions& options) {
  HS_ASSIGN_OR_RETURN(ByteReader bytes, ByteReader::Open(path, options.bytes));
  return LineReader(std::move(bytes), {}, options);
}

LineReader::LineReader(ByteReader bytes, ReadAhead ahead,
                       const LineReaderOptions& options)
    : bytes_(std::move(bytes)),
      options_(options),
      status_(std::move(ahead.status)),
      at_end_(ahead.at_end),
      rest_(std::move(ahead.bytes)),
      ahead_bytes_(rest_.size()) {}

absl::StatusOr<bool> LineReader::Next(RecordBlock& block) {
  block.records.clear();
  block.first_index = next_index_;
  block.byte_count = std::exchange(ahead_bytes_, 0);
  if (at_end_ && rest_.empty()) {
    HS_RETURN_IF_ERROR(status_);
    return false;
  }
  std::vector<char>& buffer = block.buffer;
  if (buffer.size() > kKeptBytes) std::vector<char>().swap(buffer);
  std::size_t size = rest_.size();
  buffer.resize(std::max(buffer.size(), size + options_.block_bytes));
  std::copy(rest_.begin(), rest_.end(), buffer.begin());
  rest_.clear();
  // Past the last complete line; there may be some behind a line that was
  // skipped.
  std::size_t end = std::string_view(buffer.data(), size).rfind('\n') + 1;
  while (end == 0 && !at_end_) {
    if (size > options_.max_line_bytes + kOtherBytes) {
      SkipLine(block, size);
      return true;
    }
    if (size == buffer.size()) buffer.resize(2 * size);
    const std::size_t begin = size;
    size += ReadInto(block, begin);
    const std::string_view added(buffer.data() + begin, size - begin);
    const std::size_t newline = added.rfind('\n');
    if (newline != std::string_view::npos) end = begin + newline + 1;
  }
  if (at_end_) end = size;
  Split(block, end);
  rest_.assign(buffer.begin() + static_cast<std::ptrdiff_t>(end),
               buffer.begin() + static_cast<std::ptrdiff_t>(size));
  return true;
}

// Reads once, into the buffer from `begin`, and returns how many bytes. Sets
// at_end_ at the end and at errors.
std::size_t LineReader::ReadInto(RecordBlock& block, std::size_t begin) {
  const absl::StatusOr<std::size_t> count =
      bytes_.Read(std::span(block.buffer).subspan(begin));
  if (!count.ok()) status_ = count.status();
  at_end_ = !count.ok() || *count == 0;
  if (at_end_) return 0;
  block.byte_count += *count;
  return *count;
}

// Reads to the end of a line whose beginning, `size` bytes in the buffer, is
// dropped.
void LineReader::SkipLine(RecordBlock& block, std::size_t size) {
  bool is_blank = IsBlank(WithoutMark({block.buffer.data(), size}));
  while (!at_end_) {
    const std::size_t count = ReadInto(block, 0);
    const std::string_view added(block.buffer.data(), count);
    const std::size_t end = added.find('\n');
    is_blank = is_blank && IsBlank(added.substr(0, end));
    if (end == std::string_view::npos) continue;
    rest_.assign(added.begin() + static_cast<std::ptrdiff_t>(end) + 1,
                 added.end());
    break;
  }
  const std::uint64_t number = next_number_++;
  if (is_blank) return;
  block.records.push_back(
      {.line = number, .problem = RecordProblem::kLineTooLong});
  ++next_index_;
}

// Leaves out the byte order mark if `text` is what the file begins with.
std::string_view LineReader::WithoutMark(std::string_view text) {
  if (std::exchange(at_begin_, false) && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  return text;
}

void LineReader::Split(RecordBlock& block, std::size_t end) {
  std::string_view rest = WithoutMark({block.buffer.data(), end});
  while (!rest.empty()) {
    std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    const std::uint64_t number = next_number_++;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (IsBlank(text)) continue;
    if (text.size() <= options_.max_line_bytes) {
      block.records.push_back({.text = text, .line = number});
    } else {
      block.records.push_back(
          {.line = number, .problem = RecordProblem::kLineTooLong});
    }
    ++next_index_;
  }
}

}  // namespace hypersigma::internal
