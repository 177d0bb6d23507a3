#include "lib/base/huge_block.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(HugeBlock, IsAlignedAndWhole) {
  constexpr std::size_t kBytes = HugeBlock::kPageBytes + 1;
  const HugeBlock block(kBytes);
  EXPECT_EQ(
      reinterpret_cast<std::uintptr_t>(block.data()) % HugeBlock::kPageBytes,
      0);
  std::memset(block.data(), 1, kBytes);
}

TEST(HugeBlock, OfNothingTakesNothing) {
  const HugeBlock block(0);
  EXPECT_EQ(block.data(), nullptr);
}

TEST(HugeBlock, MovesItsMemory) {
  HugeBlock block(1);
  char* const memory = block.data();
  const HugeBlock moved = std::move(block);
  EXPECT_EQ(moved.data(), memory);
}

}  // namespace
}  // namespace hypersigma::internal
