#include "lib/engine/plain_bytes.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

// Longer than several steps of any width, with an odd rest.
constexpr std::size_t kMostBytes = 53;

bool IsSpecial(int byte) {
  return byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\';
}

TEST(SkipPlain, FindsEachSpecialByteAtEachPosition) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t size = 1; size <= kMostBytes; size += 13) {
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        EXPECT_EQ(SkipPlain(text, 0), IsSpecial(byte) ? at : size)
            << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(SkipPlain, LeavesOutWhatIsBefore) {
  for (std::size_t size = 2; size <= kMostBytes; ++size) {
    const std::string all(size, '"');
    for (std::size_t from = 0; from < size; ++from) {
      EXPECT_EQ(SkipPlain(all, from), from) << size;
      std::string text = all;
      text.replace(from, std::string::npos, size - from, 'x');
      EXPECT_EQ(SkipPlain(text, from), size) << from;
      text.back() = '\\';
      EXPECT_EQ(SkipPlain(text, from), size - 1) << from;
    }
    EXPECT_EQ(SkipPlain(all, size), size);
  }
}

TEST(SkipPlain, FindsTheFirstOfSeveral) {
  for (std::size_t at = 0; at + 1 < kMostBytes; ++at) {
    std::string text(kMostBytes, '~');
    text[at] = '\x80';
    text[at + 1] = '\x1F';
    text.back() = '"';
    EXPECT_EQ(SkipPlain(text, 0), at);
  }
}

TEST(SkipPlain, DoesNotLookBehindTheText) {
  const std::string text = std::string(20, ' ') + "\"";
  for (std::size_t size = 0; size <= 20; ++size) {
    EXPECT_EQ(SkipPlain(std::string_view(text).substr(0, size), 0), size);
  }
}

}  // namespace
}  // namespace hypersigma::internal
