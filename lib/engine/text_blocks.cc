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
  // A block has room for one short text more than it holds when it ends.
  if (buffer_.size() < kBytes + kShort) buffer_.resize(kBytes + kShort);
}

bool TextBlocks::Advance() {
  block_ = {.begin = block_.end, .end = block_.end, .texts = {}, .copies = {}};
  if (block_.begin == rows_.size()) return false;
  if (rows_.is_run() && column_.type.kind == ArrowKind::kText) {
    TakeRun();
  } else {
    TakeTexts();
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
  block_.texts = {column_.text + from, static_cast<std::size_t>(to - from)};
}

void TextBlocks::TakeTexts() {
  Gathered gathered;
  for (; block_.end < rows_.size(); ++block_.end) {
    const std::size_t row = rows_[block_.end];
    if (!column_.IsNull(row) && !AddText(column_.Text(row), gathered)) break;
  }
  Finish(gathered);
}

bool TextBlocks::AddText(std::string_view text, Gathered& gathered) {
  if (text.empty()) return true;
  const bool is_first = gathered.bytes + gathered.copied == 0;
  if (!is_first && gathered.bytes + gathered.copied + text.size() > kBytes) {
    return false;
  }
  if (gathered.bytes > 0 && text.data() == gathered.begin + gathered.bytes) {
    gathered.bytes += text.size();
    return true;
  }
  if (gathered.bytes >= kShort) {
    if (text.size() >= kShort) return false;
    Copy(text, gathered);
    return true;
  }
  Copy({gathered.begin, gathered.bytes}, gathered);
  gathered.begin = text.data();
  gathered.bytes = text.size();
  return true;
}

void TextBlocks::Copy(std::string_view text, Gathered& gathered) {
  std::copy(text.begin(), text.end(), buffer_.data() + gathered.copied);
  gathered.copied += text.size();
}

void TextBlocks::Finish(const Gathered& gathered) {
  block_.texts = {gathered.begin, gathered.bytes};
  block_.copies = std::string_view(buffer_).substr(0, gathered.copied);
}

}  // namespace hypersigma::internal
