#include "lib/rule/modifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace hypersigma::internal {
namespace {

TEST(ModifierTable, IsSortedByName) {
  EXPECT_TRUE(
      std::is_sorted(ModifierTable().begin(), ModifierTable().end(),
                     [](const ModifierEntry& a, const ModifierEntry& b) {
                       return a.name < b.name;
                     }));
}

TEST(ModifierTable, IsFoundByExactName) {
  for (const ModifierEntry& entry : ModifierTable()) {
    EXPECT_EQ(FindModifier(entry.name), &entry) << entry.name;
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
    EXPECT_FALSE(entry.takes.empty()) << entry.name;
  }
  EXPECT_EQ(FindModifier("Contains"), nullptr);
  EXPECT_EQ(FindModifier("contain"), nullptr);
  EXPECT_EQ(FindModifier(""), nullptr);
  EXPECT_EQ(FindModifier("zzz"), nullptr);
}

TEST(ModifierTable, GivesSomeModifiersTwoNames) {
  EXPECT_EQ(FindModifier("wide")->modifier, Modifier::kUtf16Le);
  EXPECT_EQ(FindModifier("utf16le")->modifier, Modifier::kUtf16Le);
  EXPECT_EQ(FindModifier("i")->modifier, Modifier::kIgnoreCase);
  EXPECT_EQ(FindModifier("m")->modifier, Modifier::kMultiline);
  EXPECT_EQ(FindModifier("s")->modifier, Modifier::kDotAll);
}

TEST(NearestModifier, FindsSlips) {
  EXPECT_EQ(NearestModifier("contain"), "contains");
  EXPECT_EQ(NearestModifier("endwith"), "endswith");
  EXPECT_EQ(NearestModifier("base64offest"), "base64offset");
  EXPECT_EQ(NearestModifier("Contains"), "contains");
  EXPECT_EQ(NearestModifier("regularexpression"), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
