#include "lib/base/bitset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace hypersigma::internal {
namespace {

TEST(SparseBitset, HasEachMemberOnce) {
  SparseBitset bits(100);
  EXPECT_TRUE(bits.Insert(99));
  EXPECT_TRUE(bits.Insert(3));
  EXPECT_FALSE(bits.Insert(99));
  EXPECT_TRUE(bits.Contains(3));
  EXPECT_FALSE(bits.Contains(4));
  const std::span<const std::uint32_t> members = bits.members();
  EXPECT_EQ(std::vector(members.begin(), members.end()),
            (std::vector<std::uint32_t>{99, 3}));
  bits.Clear();
  EXPECT_TRUE(bits.members().empty());
  EXPECT_FALSE(bits.Contains(99));
}

TEST(SparseBitset, ContainsAnyIsAboutTheRangeAlone) {
  constexpr std::uint32_t kSize = 300;
  constexpr std::uint64_t kSeed = 20'261'201;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    SparseBitset bits(kSize);
    for (int i = 0; i < 3; ++i) {
      bits.Insert(static_cast<std::uint32_t>(random() % kSize));
    }
    for (std::uint32_t first = 0; first < kSize; first += 1 + first % 3) {
      for (const std::uint32_t count : {1u, 2u, 63u, 64u, 65u, 128u, 200u}) {
        if (first + count > kSize) continue;
        const bool any =
            std::any_of(bits.members().begin(), bits.members().end(),
                        [&](std::uint32_t member) {
                          return member >= first && member < first + count;
                        });
        ASSERT_EQ(bits.ContainsAny(first, count), any) << first << " " << count;
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
