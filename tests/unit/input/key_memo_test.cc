#include "lib/input/key_memo.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

std::string NameOf(std::size_t size) {
  std::string name;
  for (std::size_t i = 0; i < size; ++i) {
    name += static_cast<char>('a' + i % 26);
  }
  return name;
}

// Names, with what may be read behind them.
class Names {
 public:
  const KeyMemoEntry* Find(PathId object, std::string_view name) {
    padded_.assign(name).append(KeyMemo::kSlack, '_');
    const KeyMemoEntry* const found = memo_.Find(
        last_, object, std::string_view(padded_).substr(0, name.size()));
    if (found != nullptr) last_ = found;
    return found;
  }
  void Store(PathId object, std::string_view name, PathId member) {
    Placement placement;
    placement.field = FieldId{3};
    memo_.Store(object, name, member, placement);
  }

 private:
  KeyMemo memo_;
  const KeyMemoEntry* last_ = memo_.none();
  std::string padded_;
};

TEST(KeyMemo, KnowsNamesOfEveryLengthByEveryByte) {
  for (std::size_t size = 0; size <= 48; ++size) {
    Names memo;
    const std::string name = NameOf(size);
    EXPECT_EQ(memo.Find(kRootPath, name), nullptr);
    memo.Store(kRootPath, name, PathId{7});
    ASSERT_NE(memo.Find(kRootPath, name), nullptr) << size;
    EXPECT_EQ(memo.Find(kRootPath, name)->member, PathId{7});
    EXPECT_EQ(memo.Find(kRootPath, name)->field, FieldId{3});
    EXPECT_EQ(memo.Find(kRootPath, name)->use, MemberUse::kField);
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = name;
      other[at] = '_';
      EXPECT_EQ(memo.Find(kRootPath, other), nullptr) << other;
    }
    EXPECT_EQ(memo.Find(kRootPath, name + "_"), nullptr);
    EXPECT_EQ(memo.Find(PathId{1}, name), nullptr);
  }
}

TEST(KeyMemo, TellsANameFromOneWithNulsBehind) {
  Names memo;
  memo.Store(kRootPath, "a", PathId{1});
  for (const std::string& other :
       {std::string("a\0", 2), std::string("\0a", 2), std::string()}) {
    EXPECT_EQ(memo.Find(kRootPath, other), nullptr);
  }
}

TEST(KeyMemo, TellsWhatBecomesOfValues) {
  KeyMemo memo;
  Placement placed;
  ASSERT_TRUE(placed.targets.Add({.layout = 1, .field = FieldId{5}}));
  Placement skipped;
  const std::string names = "abcd" + std::string(KeyMemo::kSlack, '_');
  const auto find = [&](std::size_t at) {
    return memo.Find(memo.none(), kRootPath,
                     std::string_view(names).substr(at, 1));
  };
  memo.Store(kRootPath, "a", PathId{1}, placed);
  memo.Store(kRootPath, "b", PathId{2}, skipped);
  memo.Store(kRootPath, "c", PathId{3}, std::nullopt);
  EXPECT_EQ(find(0)->use, MemberUse::kPlace);
  EXPECT_EQ(memo.PlacementOf(*find(0)).targets.all()[0].field, FieldId{5});
  EXPECT_EQ(find(1)->use, MemberUse::kSkip);
  EXPECT_EQ(find(2)->use, MemberUse::kFollow);
}

TEST(KeyMemo, KeepsNoNameThatIsTooLong) {
  Names memo;
  memo.Store(kRootPath, NameOf(49), PathId{1});
  EXPECT_EQ(memo.Find(kRootPath, NameOf(49)), nullptr);
}

TEST(KeyMemo, NamesWithoutEndAreNeverConfused) {
  Names memo;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    memo.Store(kRootPath, "n" + std::to_string(i), PathId{i});
  }
  std::size_t known = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const KeyMemoEntry* const name =
        memo.Find(kRootPath, "n" + std::to_string(i));
    if (name == nullptr) continue;
    ++known;
    EXPECT_EQ(name->member, PathId{i});
  }
  EXPECT_GT(known, 1'000u);
}

TEST(KeyMemo, NamesInAnyOrderAreFound) {
  Names memo;
  for (std::uint32_t i = 0; i < 8; ++i) {
    memo.Store(kRootPath, NameOf(i), PathId{i});
  }
  for (std::uint32_t step = 0; step < 200; ++step) {
    const std::uint32_t i = step * step % 7;
    ASSERT_NE(memo.Find(kRootPath, NameOf(i)), nullptr);
    EXPECT_EQ(memo.Find(kRootPath, NameOf(i))->member, PathId{i});
    EXPECT_EQ(memo.Find(PathId{1}, NameOf(i)), nullptr);
  }
}

}  // namespace
}  // namespace hypersigma::internal
