#include "lib/rule/condition_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(IsConditionIdentifier, KnowsWords) {
  for (const std::string_view name : {"a", "sel-1", "_x", "not_a", "1"}) {
    EXPECT_TRUE(IsConditionIdentifier(name)) << name;
  }
  for (const std::string_view name :
       {"", "a b", "a.b", "sel*", "and", "them", "all", " a", "a|re"}) {
    EXPECT_FALSE(IsConditionIdentifier(name)) << name;
  }
}

TEST(NamesInCondition, LeavesOutEverythingElse) {
  EXPECT_THAT(NamesInCondition("a and (b-1 or not a) and 0b"),
              ElementsAre("a", "b-1", "0b"));
  EXPECT_THAT(NamesInCondition("all of them or NOT x* or any | &"), IsEmpty());
  EXPECT_THAT(NamesInCondition(""), IsEmpty());
}

TEST(OperatorInOtherCase, KnowsTheThreeOperators) {
  EXPECT_EQ(OperatorInOtherCase("AND"), "and");
  EXPECT_EQ(OperatorInOtherCase("Or"), "or");
  EXPECT_EQ(OperatorInOtherCase("noT"), "not");
  EXPECT_EQ(OperatorInOtherCase("and"), std::nullopt);
  EXPECT_EQ(OperatorInOtherCase("ANDY"), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
