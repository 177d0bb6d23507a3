#include "lib/engine/verdict_memo.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace hypersigma::internal {
namespace {

// Whether it is known that nothing comes of `fired`.
bool IsSilent(const VerdictMemo& memo, std::uint64_t route,
              const std::vector<std::uint32_t>& fired) {
  const auto known = memo.Find(route, fired);
  return known.has_value() && known->is_verdict() && known->list.empty();
}

using Fired = std::vector<std::uint32_t>;

TEST(VerdictMemo, KnowsWhatWasStored) {
  VerdictMemo memo;
  const Fired fired = {3, 1, 4};
  EXPECT_FALSE(IsSilent(memo, 7, fired));
  memo.StoreVerdict(7, fired, {});
  EXPECT_TRUE(IsSilent(memo, 7, fired));
  EXPECT_FALSE(IsSilent(memo, 8, fired));
  EXPECT_FALSE(IsSilent(memo, 7, Fired{3, 1}));
  EXPECT_FALSE(IsSilent(memo, 7, Fired{3, 1, 5}));
  EXPECT_FALSE(IsSilent(memo, 7, Fired{3, 1, 4, 0}));
  EXPECT_TRUE(IsSilent(memo, 7, fired));
  memo.Clear();
  EXPECT_FALSE(IsSilent(memo, 7, fired));
}

TEST(VerdictMemo, KnowsWhatIsAsked) {
  VerdictMemo memo;
  memo.StoreAsked(7, Fired{3, 1}, Fired{9, 8});
  const auto known = memo.Find(7, Fired{3, 1});
  ASSERT_TRUE(known.has_value());
  EXPECT_FALSE(known->is_verdict());
  EXPECT_EQ(Fired(known->list.begin(), known->list.end()), (Fired{9, 8}));
  EXPECT_FALSE(memo.Find(7, Fired{3, 1, 9}).has_value());
}

TEST(VerdictMemo, KnowsTheRulesThatHold) {
  VerdictMemo memo;
  const std::vector<RuleId> rules = {RuleId{2}, RuleId{70'000}};
  memo.StoreVerdict(7, Fired{3, 1}, rules);
  const auto known = memo.Find(7, Fired{3, 1});
  ASSERT_TRUE(known.has_value());
  EXPECT_TRUE(known->is_verdict());
  EXPECT_EQ(Fired(known->list.begin(), known->list.end()), (Fired{2, 70'000}));
}

TEST(VerdictMemo, VerdictsHaveIdsOfTheirOwn) {
  VerdictMemo memo;
  const VerdictMemo::Id first = memo.StoreVerdict(7, Fired{3}, {});
  EXPECT_NE(first.serial, 0u);
  EXPECT_LT(first.slot, VerdictMemo::kSlots);
  EXPECT_EQ(memo.Find(7, Fired{3})->id.serial, first.serial);
  EXPECT_EQ(memo.Find(7, Fired{3})->id.slot, first.slot);
  EXPECT_NE(memo.StoreVerdict(8, Fired{3}, {}).serial, first.serial);
  EXPECT_NE(memo.StoreVerdict(7, Fired{3}, {}).serial, first.serial);
  memo.Clear();
  EXPECT_NE(memo.StoreVerdict(7, Fired{3}, {}).serial, first.serial);
  EXPECT_EQ(memo.StoreVerdict(7, Fired(200), {}).serial, 0u);
}

TEST(VerdictMemo, NothingFiredIsAListToo) {
  VerdictMemo memo;
  EXPECT_FALSE(IsSilent(memo, 0, {}));
  memo.StoreVerdict(0, {}, {});
  EXPECT_TRUE(IsSilent(memo, 0, {}));
  EXPECT_FALSE(IsSilent(memo, 0, Fired{0}));
}

TEST(VerdictMemo, KeepsNoListThatIsTooLong) {
  VerdictMemo memo;
  for (const std::size_t size : {122, 123}) {
    Fired fired(size);
    std::iota(fired.begin(), fired.end(), 0u);
    EXPECT_FALSE(IsSilent(memo, 1, fired));
    memo.StoreVerdict(1, fired, {});
    EXPECT_EQ(IsSilent(memo, 1, fired), size == 122);
  }
}

TEST(VerdictMemo, ListsWithoutEndAreNeverConfused) {
  VerdictMemo memo;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    EXPECT_FALSE(IsSilent(memo, 1, Fired{i, i + 1})) << i;
    memo.StoreVerdict(1, Fired{i, i + 1}, {});
    EXPECT_TRUE(IsSilent(memo, 1, Fired{i, i + 1})) << i;
    EXPECT_FALSE(IsSilent(memo, 1, Fired{i, i + 2})) << i;
  }
}

}  // namespace
}  // namespace hypersigma::internal
