#include "lib/rule/placeholder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/rule/ast_text.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Expansion Parsed(std::string_view source, const PlaceholderValues& values) {
  return ExpandPlaceholders(SigmaString::ParseWithPlaceholders(source), values);
}

std::vector<std::string> Expand(std::string_view source) {
  const PlaceholderValues values{
      {"user", {"alice", "b*"}}, {"dom", {"x", R"(y\*)"}}, {"none", {}}};
  const Expansion expansion =
      ExpandPlaceholders(SigmaString::ParseWithPlaceholders(source), values);
  EXPECT_FALSE(expansion.is_too_large);
  std::vector<std::string> shown;
  for (const std::string& name : expansion.missing) {
    shown.push_back("missing " + name);
  }
  for (const SigmaString& pattern : expansion.patterns) {
    shown.push_back(Show(pattern));
  }
  return shown;
}

TEST(ExpandPlaceholders, InsertsSigmaStrings) {
  EXPECT_THAT(Expand("%user%"), ElementsAre("alice", "b<*>"));
  EXPECT_THAT(Expand("*%user%!"), ElementsAre("<*>alice!", "<*>b<*>!"));
}

TEST(ExpandPlaceholders, MakesTheCrossProduct) {
  EXPECT_THAT(Expand("%dom%/%user%"),
              ElementsAre("x/alice", "x/b<*>", "y*/alice", "y*/b<*>"));
}

TEST(ExpandPlaceholders, LeavesTextWithoutPlaceholdersAlone) {
  EXPECT_THAT(Expand(""), ElementsAre(""));
  EXPECT_THAT(Expand(R"(C:\a\*b*\\*)"), ElementsAre(R"(C:\a*b<*>\<*>)"));
  EXPECT_THAT(Expand("100%"), ElementsAre("100%"));
  EXPECT_THAT(Expand("%%"), ElementsAre("%%"));
  EXPECT_THAT(Expand("%%dom%"), ElementsAre("%x", "%y*"));
}

TEST(ExpandPlaceholders, TakesEscapedPercentSigns) {
  EXPECT_THAT(Expand(R"(\%user\%)"), ElementsAre("%user%"));
  EXPECT_THAT(Expand(R"(\%%dom%)"), ElementsAre("%x", "%y*"));
  EXPECT_THAT(Expand(R"(\\%dom%)"), ElementsAre(R"(\x)", R"(\y*)"));
}

TEST(ExpandPlaceholders, NamesWhatIsMissingOnce) {
  EXPECT_THAT(Expand("%a%%user%%none%%a%"),
              ElementsAre("missing a", "missing none"));
}

TEST(ExpandPlaceholders, StopsAtTheLimits) {
  const std::vector<std::string> hundred(100, "x");
  PlaceholderValues values{{"h", hundred}};
  EXPECT_THAT(Parsed("%h%%h%", values).patterns, SizeIs(10'000));
  Expansion expansion = Parsed("%h%%h%%h%", values);
  EXPECT_TRUE(expansion.is_too_large);
  EXPECT_THAT(expansion.patterns, IsEmpty());
  const std::string megabyte(1 << 20, 'x');
  expansion = Parsed(megabyte + "%h%", values);
  EXPECT_TRUE(expansion.is_too_large);
}

}  // namespace
}  // namespace hypersigma::internal
