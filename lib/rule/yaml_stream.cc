// Splitting of streams, and positions in them.

#include "lib/rule/yaml_stream.h"

#include <algorithm>
#include <cstddef>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kStride = 64;

// Returns whether `line` is the marker, alone or before a blank.
bool IsMarker(std::string_view line, std::string_view marker) {
  if (!line.starts_with(marker)) return false;
  if (line.size() == marker.size()) return true;
  const char next = line[marker.size()];
  return next == ' ' || next == '\t' || next == '\r' || next == '\n';
}

// Returns whether `line` is blank, a comment or a directive.
bool MayPrecedeMarker(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || line[first] == '#' ||
         line[0] == '%';
}

}  // namespace

std::vector<SourceRange> SplitYamlStream(std::string_view text) {
  std::vector<SourceRange> pieces;
  std::size_t begin = 0;
  const auto cut = [&](std::size_t at) {
    if (text.substr(begin).starts_with(kByteOrderMark)) {
      begin += kByteOrderMark.size();
    }
    if (begin < at) {
      pieces.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    }
    begin = at;
  };
  // Comments and directives may stand before a document's marker.
  bool has_content = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    std::string_view line = text.substr(at, end - at);
    if (line.starts_with(kByteOrderMark)) {
      line.remove_prefix(kByteOrderMark.size());
    }
    if (IsMarker(line, "---")) {
      if (has_content) cut(at);
      has_content = true;
    } else if (IsMarker(line, "...")) {
      cut(end);
      has_content = false;
    } else {
      has_content = has_content || !MayPrecedeMarker(line);
    }
    at = end;
  }
  cut(text.size());
  return pieces;
}

CodePointOffsets::CodePointOffsets(std::string_view text)
    : text_(text), is_ascii_(IsAscii(text)) {
  if (is_ascii_) return;
  std::size_t index = 0;
  for (std::size_t at = 0; at < text.size(); ++index) {
    if (index % kStride == 0) {
      offsets_.push_back(static_cast<std::uint32_t>(at));
    }
    at += DecodeCodePoint(text.substr(at)).byte_count;
  }
}

std::uint32_t CodePointOffsets::ByteOffset(std::size_t index) const {
  if (is_ascii_) {
    return static_cast<std::uint32_t>(std::min(index, text_.size()));
  }
  if (index / kStride >= offsets_.size()) {
    return static_cast<std::uint32_t>(text_.size());
  }
  std::size_t at = offsets_[index / kStride];
  for (std::size_t i = index % kStride; i > 0 && at < text_.size(); --i) {
    at += DecodeCodePoint(text_.substr(at)).byte_count;
  }
  return static_cast<std::uint32_t>(at);
}

}  // namespace hypersigma::internal
