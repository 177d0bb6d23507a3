#include "lib/rule/modifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

std::vector<std::string_view> NamesWhereSupportedIs(bool supported) {
  std::vector<std::string_view> names;
  for (const ModifierEntry& entry : ModifierTable()) {
    if (entry.supported == supported) names.push_back(entry.name);
  }
  return names;
}

TEST(ModifierTable, SaysWhatIsSupported) {
  EXPECT_THAT(NamesWhereSupportedIs(true),
              ElementsAre("all", "cased", "cidr", "contains", "endswith",
                          "exists", "expand", "gt", "gte", "lt", "lte", "re",
                          "startswith", "windash"));
  EXPECT_THAT(
      NamesWhereSupportedIs(false),
      ElementsAre("base64", "base64offset", "day", "dotall", "fieldref", "hour",
                  "i", "ignorecase", "m", "minute", "month", "multiline", "neq",
                  "s", "utf16", "utf16be", "utf16le", "week", "wide", "year"));
}

TEST(ModifierTable, IsFoundByExactName) {
  for (const ModifierEntry& entry : ModifierTable()) {
    EXPECT_EQ(FindModifier(entry.name), &entry) << entry.name;
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
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
