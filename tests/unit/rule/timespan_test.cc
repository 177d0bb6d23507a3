#include "lib/rule/timespan.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

TEST(Timespan, KnowsEveryUnit) {
  EXPECT_EQ(ParseTimespan("90s"), 90);
  EXPECT_EQ(ParseTimespan("2m"), 120);
  EXPECT_EQ(ParseTimespan("1h"), 3'600);
  EXPECT_EQ(ParseTimespan("1d"), 86'400);
  EXPECT_EQ(ParseTimespan("1w"), 604'800);
  EXPECT_EQ(ParseTimespan("1M"), 2'629'746);
  EXPECT_EQ(ParseTimespan("1y"), 31'556'952);
  EXPECT_EQ(ParseTimespan("0s"), 0);
  EXPECT_EQ(ParseTimespan("007s"), 7);
}

TEST(Timespan, TakesNothingElse) {
  for (const char* text :
       {"", "s", "5", "5S", "5 s", " 5s", "5s ", "-5s", "+5s", "1.5h", "1h30m",
        "5min", "5D", "5W", "5Y", "5H", "x"}) {
    EXPECT_EQ(ParseTimespan(text), std::nullopt) << text;
  }
}

TEST(Timespan, EndsWhere64BitsEnd) {
  EXPECT_EQ(ParseTimespan("9223372036854775807s"), 9223372036854775807);
  EXPECT_EQ(ParseTimespan("9223372036854775808s"), std::nullopt);
  EXPECT_EQ(ParseTimespan("153722867280912930m"), 9223372036854775800);
  EXPECT_EQ(ParseTimespan("153722867280912931m"), std::nullopt);
  EXPECT_EQ(ParseTimespan("99999999999999999999y"), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::internal
