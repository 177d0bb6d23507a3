#include "lib/base/checksum.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>

namespace hypersigma::internal {
namespace {

TEST(Checksum, IsTheSameInEveryVersion) {
  // Files hold sums: another function needs another format of theirs.
  EXPECT_EQ(Checksum(""), 0x14c3937ef33ad373u);
  EXPECT_EQ(Checksum("hypersigma"), 0x9e4a2145a516976fu);
  EXPECT_EQ(Checksum(std::string(1000, 'x')), 0xce916f495a73d44du);
}

TEST(Checksum, TellsLengthsApart) {
  std::set<std::uint64_t> sums;
  for (std::size_t size = 0; size < 200; ++size) {
    sums.insert(Checksum(std::string(size, '\0')));
  }
  EXPECT_EQ(sums.size(), 200u);
}

TEST(Checksum, SeesEveryBitThatFlips) {
  std::string bytes = "An odd number of bytes, and more than one block of 32.";
  const std::uint64_t before = Checksum(bytes);
  for (char& byte : bytes) {
    for (int bit = 0; bit < 8; ++bit) {
      byte = static_cast<char>(byte ^ (1 << bit));
      EXPECT_NE(Checksum(bytes), before);
      byte = static_cast<char>(byte ^ (1 << bit));
    }
  }
}

TEST(Checksum, DependsOnTheSeed) {
  EXPECT_NE(Checksum("a", 0), Checksum("a", 1));
}

}  // namespace
}  // namespace hypersigma::internal
