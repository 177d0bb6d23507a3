#include "lib/engine/text_blocks.h"

#include <algorithm>

namespace hypersigma::internal {
namespace {

// Texts shorter than this are copied rather than looked at by themselves.
constexpr std::size_t kShort = 512;

}  // namespace

TextBlocks::TextBlocks(const ArrowColumn& column, const RowList& rows,
                       std::string& buffer)
    : column_(column), rows_(rows), buffer_(buffer) {
  // What is copied is part of a block; behind it is room for a view's rest.
  if (buffer_.size() < kBytes + kMaxInlineBytes) {
    buffer_.resize(kBytes + kMaxInlineBytes);
  }
}

bool TextBlocks::Advance() {
  block_ = {.begin = block_.end, .end = block_.end, .texts = {}};
  if (block_.begin == rows_.size()) return false;
  if (rows_.is_run() && column_.type.kind == ArrowKind::kText) {
    TakeRun();
  } else {
    bytes_ = 0;
    copied_bytes_ = 0;
    column_.type.kind == ArrowKind::kTextView ? TakeViews() : TakeTexts();
    block_.texts[2] = std::string_view(buffer_).substr(0, copied_bytes_);
  }
  return true;
}

// Texts of neighbours are neighbours, too. How many fill a block is told by
// their mean length, unless they differ much.
void TextBlocks::TakeRun() {
  const std::size_t first = rows_[block_.begin];
  const std::size_t left = rows_.size() - block_.begin;
  const std::uint64_t from = column_.Offset(first);
  const std::uint64_t all = column_.Offset(first + left) - from;
  std::size_t count = left;
  if (all > kBytes) {
    const std::uint64_t mean = all / left;
    count = std::min(left, static_cast<std::size_t>(kBytes / (mean + 1) + 1));
    while (count > 1 && column_.Offset(first + count) - from > 2 * kBytes) {
      count /= 2;
    }
  }
  block_.end = block_.begin + count;
  const std::uint64_t to = column_.Offset(first + count);
  block_.texts[0] = {column_.text + from, static_cast<std::size_t>(to - from)};
}

void TextBlocks::TakeTexts() {
  for (; block_.end < rows_.size(); ++block_.end) {
    const std::size_t row = rows_[block_.end];
    if (!column_.IsNull(row) && !AddText(column_.Text(row))) break;
  }
}

// Texts within their views are copied with all of their view's bytes, faster
// than their own could be counted.
void TextBlocks::TakeViews() {
  for (; block_.end < rows_.size(); ++block_.end) {
    const std::size_t row = rows_[block_.end];
    if (column_.IsNull(row)) continue;
    const std::string_view text = column_.Text(row);
    if (text.size() > kMaxInlineBytes) {
      if (!AddText(text)) break;
      continue;
    }
    if (bytes_ + text.size() > kBytes) break;
    std::copy_n(text.data(), kMaxInlineBytes, buffer_.data() + copied_bytes_);
    copied_bytes_ += text.size();
    bytes_ += text.size();
  }
}

bool TextBlocks::AddText(std::string_view text) {
  if (text.empty()) return true;
  if (bytes_ > 0 && bytes_ + text.size() > kBytes) return false;
  std::array<std::string_view, 3>& texts = block_.texts;
  if (text.data() == texts[0].data() + texts[0].size()) {
    texts[0] = {texts[0].data(), texts[0].size() + text.size()};
  } else if (text.data() == texts[1].data() + texts[1].size()) {
    texts[1] = {texts[1].data(), texts[1].size() + text.size()};
  } else if (texts[0].size() < kShort || texts[1].size() < kShort) {
    std::string_view& shorter =
        texts[texts[0].size() <= texts[1].size() ? 0 : 1];
    Copy(shorter);
    shorter = text;
  } else if (text.size() < kShort) {
    Copy(text);
  } else {
    return false;
  }
  bytes_ += text.size();
  return true;
}

void TextBlocks::Copy(std::string_view text) {
  std::copy(text.begin(), text.end(), buffer_.data() + copied_bytes_);
  copied_bytes_ += text.size();
}

}  // namespace hypersigma::internal
