#include "lib/rule/wording.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

constexpr std::array<std::string_view, 4> kNames{"contains", "startswith", "re",
                                                 "gte"};

TEST(Nearest, FindsOneSlip) {
  EXPECT_EQ(Nearest("contain", kNames), "contains");       // deletion
  EXPECT_EQ(Nearest("containss", kNames), "contains");     // insertion
  EXPECT_EQ(Nearest("contaims", kNames), "contains");      // replacement
  EXPECT_EQ(Nearest("conatins", kNames), "contains");      // swap
  EXPECT_EQ(Nearest("StartsWith", kNames), "startswith");  // case
}

TEST(Nearest, AllowsOneSlipForThreeLetters) {
  EXPECT_EQ(Nearest("startwiht", kNames), "startswith");
  EXPECT_EQ(Nearest("ge", kNames), "re");
  EXPECT_EQ(Nearest("x", kNames), std::nullopt);
  EXPECT_EQ(Nearest("conxxxxs", kNames), std::nullopt);
  EXPECT_EQ(Nearest("", kNames), std::nullopt);
  EXPECT_EQ(Nearest(std::string(65, 'a'), kNames), std::nullopt);
}

TEST(DidYouMean, AsksOnlyWithAName) {
  EXPECT_EQ(DidYouMean("re"), "; did you mean 're'?");
  EXPECT_EQ(DidYouMean(std::nullopt), "");
}

TEST(Quoted, CutsBetweenCodePoints) {
  EXPECT_EQ(Quoted("a'b"), "'a'b'");
  EXPECT_EQ(Quoted(std::string(60, 'a')), "'" + std::string(60, 'a') + "'");
  EXPECT_EQ(Quoted(std::string(59, 'a') + "\u00e4b"),
            "'" + std::string(59, 'a') + "...'");
}

TEST(Describe, NamesKindAndText) {
  YamlNode node;
  EXPECT_EQ(Describe(node), "null");
  node.kind = YamlNode::Kind::kBool;
  node.text = "true";
  EXPECT_EQ(Describe(node), "the boolean true");
  node.kind = YamlNode::Kind::kInteger;
  node.text = "23";
  EXPECT_EQ(Describe(node), "the number 23");
  node.kind = YamlNode::Kind::kString;
  EXPECT_EQ(Describe(node), "the string '23'");
  node.text.clear();
  EXPECT_EQ(Describe(node), "an empty string");
  node.kind = YamlNode::Kind::kList;
  EXPECT_EQ(Describe(node), "an empty list");
  node.items.emplace_back();
  EXPECT_EQ(Describe(node), "a list");
}

}  // namespace
}  // namespace hypersigma::internal
