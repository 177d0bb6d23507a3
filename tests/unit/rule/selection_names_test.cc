#include "lib/rule/selection_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SelectionNames, AreFoundExactly) {
  const SelectionNames names({"a", "b", "A"});
  EXPECT_EQ(names.Find("b"), 1u);
  EXPECT_EQ(names.Find("A"), 2u);
  EXPECT_EQ(names.Find("c"), std::nullopt);
}

TEST(SelectionNames, MatchPatterns) {
  const SelectionNames names({"sel_1", "sel_x_2", "Sel_3", "other"});
  EXPECT_THAT(names.Match("sel_*"), ElementsAre(0, 1));
  EXPECT_THAT(names.Match("*_*_*"), ElementsAre(1));
  EXPECT_THAT(names.Match("*e*r*"), ElementsAre(3));
  EXPECT_THAT(names.Match("s*2"), ElementsAre(1));
  EXPECT_THAT(names.Match("*1"), ElementsAre(0));
  EXPECT_THAT(names.Match("other"), ElementsAre(3));
  EXPECT_THAT(names.Match("othe"), IsEmpty());
  EXPECT_THAT(names.Match("**"), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(names.Match("them"), ElementsAre(0, 1, 2, 3));
}

TEST(SelectionNames, HideUnderscoresFromOtherPatterns) {
  const SelectionNames names({"_a", "a", "__a"});
  EXPECT_THAT(names.Match("them"), ElementsAre(1));
  EXPECT_THAT(names.Match("*a"), ElementsAre(1));
  EXPECT_THAT(names.Match("_*"), ElementsAre(0, 2));
  EXPECT_EQ(names.Find("_a"), 0u);
}

TEST(SelectionNames, MatchHostilePatternsInLittleTime) {
  std::string pattern;
  for (int i = 0; i < 1'000; ++i) pattern += "a*";
  const std::string name = std::string(10'000, 'a') + "b";
  const SelectionNames names({name});
  EXPECT_THAT(names.Match(pattern + "c"), IsEmpty());
  EXPECT_THAT(names.Match(pattern + "b"), ElementsAre(0));
}

}  // namespace
}  // namespace hypersigma::internal
