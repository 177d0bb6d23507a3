#include "lib/engine/verdict_memo.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace hypersigma::internal {
namespace {

using Fired = std::vector<std::uint32_t>;

TEST(VerdictMemo, KnowsWhatWasStored) {
  VerdictMemo memo;
  const Fired fired = {3, 1, 4};
  EXPECT_FALSE(memo.IsSilent(7, fired));
  memo.Store(7, fired);
  EXPECT_TRUE(memo.IsSilent(7, fired));
  EXPECT_FALSE(memo.IsSilent(8, fired));
  EXPECT_FALSE(memo.IsSilent(7, Fired{3, 1}));
  EXPECT_FALSE(memo.IsSilent(7, Fired{3, 1, 5}));
  EXPECT_FALSE(memo.IsSilent(7, Fired{3, 1, 4, 0}));
  EXPECT_TRUE(memo.IsSilent(7, fired));
  memo.Clear();
  EXPECT_FALSE(memo.IsSilent(7, fired));
}

TEST(VerdictMemo, NothingFiredIsAListToo) {
  VerdictMemo memo;
  EXPECT_FALSE(memo.IsSilent(0, {}));
  memo.Store(0, {});
  EXPECT_TRUE(memo.IsSilent(0, {}));
  EXPECT_FALSE(memo.IsSilent(0, Fired{0}));
}

TEST(VerdictMemo, KeepsNoListThatIsTooLong) {
  VerdictMemo memo;
  for (const std::size_t size : {29, 30}) {
    Fired fired(size);
    std::iota(fired.begin(), fired.end(), 0u);
    EXPECT_FALSE(memo.IsSilent(1, fired));
    memo.Store(1, fired);
    EXPECT_EQ(memo.IsSilent(1, fired), size == 29);
  }
}

TEST(VerdictMemo, ListsWithoutEndAreNeverConfused) {
  VerdictMemo memo;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    EXPECT_FALSE(memo.IsSilent(1, Fired{i, i + 1})) << i;
    memo.Store(1, Fired{i, i + 1});
    EXPECT_TRUE(memo.IsSilent(1, Fired{i, i + 1})) << i;
    EXPECT_FALSE(memo.IsSilent(1, Fired{i, i + 2})) << i;
  }
}

}  // namespace
}  // namespace hypersigma::internal
