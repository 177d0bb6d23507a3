#include "lib/base/source.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxShownCodePoints = 160;
// Code points shown before the range when the line is cut.
constexpr std::size_t kShownBefore = 60;

// Returns the offset `count` code points before `offset`, at least 0.
std::size_t StepBack(std::string_view line, std::size_t offset,
                     std::size_t count) {
  for (; count > 0 && offset > 0; --count) {
    // A code point has at most four bytes; a byte that does not belong to one
    // that ends here is invalid, a step of its own.
    std::size_t bytes = std::min<std::size_t>(4, offset);
    while (bytes > 1 &&
           DecodeCodePoint(line.substr(offset - bytes)).byte_count != bytes) {
      --bytes;
    }
    offset -= bytes;
  }
  return offset;
}

// One column for one code point, whatever it would do to a terminal.
void AppendShown(std::string_view code_point, std::string* out) {
  if (EscapeForDisplay(code_point) == code_point) {
    out->append(code_point);
  } else {
    out->push_back(' ');
  }
}

// Returns `line` from the offset `first`, at most kMaxShownCodePoints of it,
// and below it a caret line for the bytes [begin, end).
std::string ShowWindow(std::string_view line, std::size_t first,
                       std::size_t begin, std::size_t end) {
  std::string shown;
  std::string marks;
  std::size_t at = first;
  for (std::size_t i = 0; i < kMaxShownCodePoints && at < line.size(); ++i) {
    const std::size_t bytes = DecodeCodePoint(line.substr(at)).byte_count;
    AppendShown(line.substr(at, bytes), &shown);
    if (at + bytes <= begin) {
      marks.push_back(' ');
    } else if (at <= begin) {
      marks.push_back('^');
    } else if (at < end) {
      marks.push_back('~');
    }
    at += bytes;
  }
  if (begin >= line.size()) marks.push_back('^');
  return shown + "\n" + marks;
}

}  // namespace

Source::Source(std::string name, std::string_view text)
    : name_(std::move(name)), text_(text), line_begins_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    line_begins_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

Source::Position Source::PositionOf(std::uint32_t offset) const {
  const auto next =
      std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  Position position;
  position.line = static_cast<std::uint32_t>(next - line_begins_.begin());
  const std::size_t stop = std::min<std::size_t>(offset, text_.size());
  std::size_t at = *(next - 1);
  while (at < stop) {
    at += DecodeCodePoint(text_.substr(at)).byte_count;
    if (at <= stop) ++position.column;
  }
  return position;
}

std::string Source::Caret(SourceRange range) const {
  const auto next =
      std::upper_bound(line_begins_.begin(), line_begins_.end(), range.begin);
  const std::size_t line_begin = *(next - 1);
  std::string_view line = text_.substr(line_begin);
  line = line.substr(0, line.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const std::size_t begin =
      std::min<std::size_t>(range.begin - line_begin, line.size());
  const std::size_t end =
      range.end > range.begin ? range.end - line_begin : begin;
  const std::size_t first =
      std::min(StepBack(line, begin, kShownBefore),
               StepBack(line, line.size(), kMaxShownCodePoints));
  return ShowWindow(line, first, begin, end);
}

Diagnostic Source::Report(Severity severity, SourceRange range,
                          std::string message) const {
  const Position position = PositionOf(range.begin);
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.file = name_;
  diagnostic.line = position.line;
  diagnostic.column = position.column;
  diagnostic.message = std::move(message);
  diagnostic.caret = Caret(range);
  return diagnostic;
}

}  // namespace hypersigma::internal
