#include "lib/input/record_reader.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

// Whether `text` is the beginning of a byte order mark, or all of it.
bool MayBeMark(std::string_view text) {
  return kByteOrderMark.starts_with(text.substr(0, kByteOrderMark.size()));
}

// How many blanks are before `at` in its line.
std::size_t IndentOf(std::string_view text, std::size_t at) {
  return at - (text.substr(0, at).rfind('\n') + 1);
}

bool BeginsWithBracket(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t\r");
  return at != std::string_view::npos && line[at] == '[';
}

}  // namespace

absl::StatusOr<RecordReader> RecordReader::Open(
    const std::string& path, const RecordReaderOptions& options) {
  HS_ASSIGN_OR_RETURN(ByteReader bytes, ByteReader::Open(path, options.bytes));
  return RecordReader(std::move(bytes), options);
}

RecordReader::RecordReader(ByteReader bytes, const RecordReaderOptions& options)
    : options_(options),
      is_at_hand_(bytes.is_at_hand()),
      bytes_(std::move(bytes)),
      slicer_(options.slicing) {}

absl::StatusOr<bool> RecordReader::Next(RecordBlock& block) {
  if (bytes_) Begin();
  if (documents_) return documents_->Next(block);
  absl::StatusOr<bool> more = lines_->Next(block);
  // Text that begins with a bracket is no array.
  const bool is_json = options_.format != RecordFormat::kText;
  if (more.ok() && *more && is_json) SliceLines(block);
  return more;
}

// Reads until it is clear what the file is.
void RecordReader::Begin() {
  std::vector<char>& bytes = ahead_.bytes;
  std::optional<RecordFormat> format = options_.format;
  if (format == RecordFormat::kAuto) format = Decide();
  while (!format) {
    const std::size_t size = bytes.size();
    bytes.resize(size + options_.block_bytes);
    const absl::StatusOr<std::size_t> count =
        bytes_->Read(std::span(bytes).subspan(size));
    bytes.resize(size + (count.ok() ? *count : 0));
    ahead_.status = count.status();
    ahead_.at_end = !count.ok() || *count == 0;
    format = Decide();
  }
  if (*format == RecordFormat::kJson) {
    documents_.emplace(*std::move(bytes_), std::move(ahead_), options_.slicing,
                       options_.block_bytes);
  } else {
    lines_.emplace(
        *std::move(bytes_), std::move(ahead_),
        LineReaderOptions{.max_line_bytes = options_.slicing.max_event_bytes,
                          .block_bytes = options_.block_bytes});
  }
  bytes_.reset();
}

// Returns nullopt when more bytes are needed to tell.
std::optional<RecordFormat> RecordReader::Decide() const {
  std::string_view text(ahead_.bytes.data(), ahead_.bytes.size());
  const std::optional<RecordFormat> if_no_more =
      ahead_.at_end ? std::optional(RecordFormat::kLines) : std::nullopt;
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return if_no_more;
  const std::string_view all = std::exchange(text, text.substr(begin));
  if (text[0] != '[' && text[0] != '{') {
    return MayBeMark(text) ? if_no_more : RecordFormat::kLines;
  }
  const std::size_t end = text.find('\n');
  const bool may_be_many =
      text[0] == '[' || !options_.slicing.event_path.empty();
  if (end == std::string_view::npos && !ahead_.at_end) {
    if (text.size() < options_.block_bytes) return std::nullopt;
    return may_be_many ? RecordFormat::kJson : RecordFormat::kLines;
  }
  RecordSlicer slicer(options_.slicing);
  std::vector<Record> records;
  slicer.Read(text.substr(0, end), records);
  if (slicer.is_between_records()) return RecordFormat::kLines;
  if (text[0] == '[' || slicer.expects_event()) return RecordFormat::kJson;
  const std::size_t next = text.find_first_not_of(kBlanks, end);
  if (next == std::string_view::npos) return if_no_more;
  const bool is_further_in = IndentOf(text, next) > IndentOf(all, begin);
  return text[next] == '{' && !is_further_in ? RecordFormat::kLines
                                             : RecordFormat::kJson;
}

// Replaces lines that hold several events by those.
void RecordReader::SliceLines(RecordBlock& block) {
  block.first_index = next_index_;
  const bool has_path = !options_.slicing.event_path.empty();
  const auto is_sliced = [has_path](const Record& line) {
    return line.problem == RecordProblem::kNone &&
           (has_path || BeginsWithBracket(line.text));
  };
  std::vector<Record>& lines = block.records;
  const auto first = std::find_if(lines.begin(), lines.end(), is_sliced);
  if (first != lines.end()) {
    sliced_.assign(lines.begin(), first);
    for (auto line = first; line != lines.end(); ++line) {
      if (is_sliced(*line)) {
        slicer_.Reset(line->line);
        slicer_.Finish(line->text, sliced_);
      } else {
        sliced_.push_back(*line);
      }
    }
    lines.swap(sliced_);
  }
  next_index_ += lines.size();
}

}  // namespace hypersigma::internal
