#include "lib/rule/condition_lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

// Returns "begin:text" for each token, the end as "begin:".
std::vector<std::string> Split(std::string_view condition) {
  std::vector<std::string> tokens;
  for (const ConditionToken& token : SplitCondition(condition)) {
    tokens.push_back(std::to_string(token.begin) + ":" +
                     std::string(token.text));
  }
  return tokens;
}

TEST(ConditionLexer, SplitsWordsAndBrackets) {
  EXPECT_THAT(Split(""), ElementsAre("0:"));
  EXPECT_THAT(Split("a and(b-1\tor\n_c*)"),
              ElementsAre("0:a", "2:and", "5:(", "6:b-1", "10:or", "13:_c*",
                          "16:)", "17:"));
}

TEST(ConditionLexer, SetsOtherCodePointsApart) {
  EXPECT_THAT(Split("a|\u00e4 \xff"),
              ElementsAre("0:a", "1:|", "2:\u00e4", "5:\xff", "6:"));
  EXPECT_EQ(SplitCondition("|").at(0).kind, ConditionToken::Kind::kOther);
}

}  // namespace
}  // namespace hypersigma::internal
