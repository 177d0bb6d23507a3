#include "lib/input/key_memo.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace hypersigma::internal {
namespace {

std::string NameOf(std::size_t size) {
  std::string name;
  for (std::size_t i = 0; i < size; ++i) {
    name += static_cast<char>('a' + i % 26);
  }
  return name;
}

TEST(KeyMemo, KnowsNamesOfEveryLengthByEveryByte) {
  for (std::size_t size = 0; size <= 56; ++size) {
    KeyMemo memo;
    const std::string name = NameOf(size);
    EXPECT_EQ(memo.Find(kRootPath, name), nullptr);
    memo.Store(kRootPath, name, PathId{7});
    ASSERT_NE(memo.Find(kRootPath, name), nullptr) << size;
    EXPECT_EQ(*memo.Find(kRootPath, name), PathId{7});
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
  KeyMemo memo;
  memo.Store(kRootPath, "a", PathId{1});
  for (const std::string& other :
       {std::string("a\0", 2), std::string("\0a", 2), std::string()}) {
    EXPECT_EQ(memo.Find(kRootPath, other), nullptr);
  }
}

TEST(KeyMemo, KeepsNoNameThatIsTooLong) {
  KeyMemo memo;
  memo.Store(kRootPath, NameOf(57), PathId{1});
  EXPECT_EQ(memo.Find(kRootPath, NameOf(57)), nullptr);
}

TEST(KeyMemo, NamesWithoutEndAreNeverConfused) {
  KeyMemo memo;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    memo.Store(kRootPath, "n" + std::to_string(i), PathId{i});
  }
  std::size_t known = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const PathId* const path = memo.Find(kRootPath, "n" + std::to_string(i));
    if (path == nullptr) continue;
    ++known;
    EXPECT_EQ(*path, PathId{i});
  }
  EXPECT_GT(known, 1'000u);
}

}  // namespace
}  // namespace hypersigma::internal
