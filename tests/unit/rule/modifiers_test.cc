#include "hypersigma/modifiers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "lib/rule/modifier.h"

namespace hypersigma {
namespace {

TEST(Modifiers, AreThoseOfTheTable) {
  const std::vector<ModifierInfo> modifiers = Modifiers();
  const auto table = internal::ModifierTable();
  ASSERT_EQ(modifiers.size(), table.size());
  for (std::size_t i = 0; i < modifiers.size(); ++i) {
    EXPECT_EQ(modifiers[i].name, table[i].name);
    EXPECT_EQ(modifiers[i].summary, table[i].summary);
    EXPECT_EQ(modifiers[i].takes, table[i].takes);
  }
}

}  // namespace
}  // namespace hypersigma
