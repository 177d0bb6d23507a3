#include "lib/engine/known_text.h"

#include <algorithm>
#include <cstring>

namespace hypersigma::internal {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t WordAt(const char* from) {
  std::uint64_t word;
  std::memcpy(&word, from, kWord);
  return word;
}

// REQUIRES: `size` bytes on both sides. How many of the first are equal.
std::size_t EqualAtBegin(const char* a, const char* b, std::size_t size) {
  std::size_t at = 0;
  for (; at + kWord <= size; at += kWord) {
    if (WordAt(a + at) != WordAt(b + at)) break;
  }
  while (at < size && a[at] == b[at]) ++at;
  return at;
}

// The same of the last before `a_end` and `b_end`.
std::size_t EqualAtEnd(const char* a_end, const char* b_end, std::size_t size) {
  std::size_t count = 0;
  for (; count + kWord <= size; count += kWord) {
    if (WordAt(a_end - count - kWord) != WordAt(b_end - count - kWord)) break;
  }
  while (count < size && *(a_end - count - 1) == *(b_end - count - 1)) ++count;
  return count;
}

}  // namespace

KnownText::Common KnownText::CommonWith(std::string_view text) const {
  const std::size_t size = std::min(text.size(), text_.size());
  Common common;
  common.prefix = EqualAtBegin(text.data(), text_.data(), size);
  common.suffix = EqualAtEnd(text.data() + text.size(),
                             text_.data() + text_.size(), size - common.prefix);
  return common;
}

void KnownText::End(std::string_view text) {
  if (next_.size() > kMaxFound) {
    text_.clear();
    found_.clear();
    return;
  }
  text_.assign(text);
  found_.swap(next_);
}

}  // namespace hypersigma::internal
