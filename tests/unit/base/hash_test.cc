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

}  // namespace
}  // namespace hypersigma::internal
