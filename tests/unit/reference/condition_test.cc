// Hand-made expectations, from "semantics", 7.

#include "lib/reference/condition.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceCondition, BindsQuantifierNotAndOr) {
  const std::vector<std::string> names = {"a", "b", "_c"};
  const auto holds = [&](const char* text, std::vector<std::string> on) {
    const auto condition = ParseCondition(text, names);
    EXPECT_TRUE(condition.ok()) << condition.status();
    return ConditionHolds(*condition, [&](const std::string& name) {
             return ToTruth(std::find(on.begin(), on.end(), name) != on.end());
           }) == Truth::kTrue;
  };
  EXPECT_TRUE(holds("a or b and _c", {"a"}));
  EXPECT_FALSE(holds("not a or not 1 of them", {"a"}));
  EXPECT_TRUE(holds("all of them", {"a", "b"}));
  EXPECT_FALSE(holds("1 of them", {"_c"}));
  EXPECT_TRUE(holds("1 of _*", {"_c"}));
  EXPECT_TRUE(holds("not 1 of x*", {}));
  EXPECT_TRUE(holds("all of x*", {}));
  EXPECT_TRUE(holds("0000002 of them", {"a", "b"}));
  EXPECT_FALSE(holds("99999999999999999999999 of them", {"a", "b"}));
  EXPECT_FALSE(ParseCondition("a and", names).ok());
  EXPECT_FALSE(ParseCondition("a b", names).ok());
  EXPECT_FALSE(ParseCondition("x", names).ok());
  EXPECT_FALSE(ParseCondition("all of of", names).ok());
  EXPECT_FALSE(ParseCondition("1 of and", names).ok());
}

}  // namespace
}  // namespace hypersigma::reference
