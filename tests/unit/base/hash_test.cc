#include "lib/base/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hypersigma::internal {
namespace {

TEST(HashBytes, EveryByteLengthAndSeedCounts) {
  std::set<std::uint64_t> seen;
  std::size_t count = 0;
  for (std::size_t size = 0; size <= 70; ++size) {
    std::string text(size, '\0');
    for (std::uint64_t seed = 0; seed < 3; ++seed, ++count) {
      seen.insert(HashBytes(text, seed));
    }
    for (std::size_t at = 0; at < size; ++at, ++count) {
      text[at] = 'x';
      seen.insert(HashBytes(text, 0));
      text[at] = '\0';
    }
  }
  EXPECT_EQ(seen.size(), count);
}

TEST(HashBytes, EveryByteOfLongTextsCounts) {
  for (const std::size_t size : {65u, 128u, 129u, 192u, 500u, 1'025u, 1'088u}) {
    for (const auto& hash : {&HashBytes, &HashInLanes}) {
      std::string text(size, 'x');
      const std::uint64_t of_all = hash(text, 7);
      EXPECT_EQ(hash(std::string(size, 'x'), 7), of_all);
      EXPECT_NE(hash(text, 8), of_all);
      EXPECT_NE(hash(std::string(size + 1, 'x'), 7), of_all);
      for (char& byte : text) {
        byte = 'y';
        EXPECT_NE(hash(text, 7), of_all);
        byte = 'x';
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
