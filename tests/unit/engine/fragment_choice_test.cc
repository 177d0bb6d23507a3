#include "lib/engine/fragment_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

std::vector<std::string> Chosen(std::span<const Literal> literals,
                                std::size_t most = 8) {
  std::vector<std::string> texts;
  for (const Fragment& fragment : ChooseFragments(literals, most)) {
    texts.emplace_back(fragment.bytes.data(), fragment.size);
  }
  return texts;
}

Fragment FragmentOf(std::string_view text) {
  Fragment fragment;
  std::copy(text.begin(), text.end(), fragment.bytes.begin());
  fragment.size = static_cast<std::uint8_t>(text.size());
  return fragment;
}

TEST(ChooseFragments, TakesOneThatAllLiteralsHave) {
  const std::vector<Literal> literals = {
      {"kiwi legit"}, {"x kiwi"}, {"aKIWIa"}};
  EXPECT_EQ(Chosen(literals).size(), 1u);
}

// It is in nearly every Windows event, though its letters are rare.
TEST(ChooseFragments, LeavesWhatLogsAreFullOf) {
  const std::vector<Literal> literals = {{"mimilib.dll"}, {"zebra.dll"}};
  for (const std::string& fragment : Chosen(literals)) {
    EXPECT_NE(fragment, ".dl");
    EXPECT_NE(fragment, "dll");
  }
}

TEST(ChooseFragments, ReturnsNoneWhereTooManyWouldBeNeeded) {
  const std::vector<Literal> literals = {{"ab"}, {"cd"}, {"ef"}};
  EXPECT_EQ(Chosen(literals, 3).size(), 3u);
  EXPECT_TRUE(Chosen(literals, 2).empty());
  EXPECT_TRUE(Chosen(std::vector<Literal>{{"a"}}).empty());
  EXPECT_TRUE(Chosen({}).empty());
}

TEST(FindRarestPiece, IsAroundWhatLogsSeldomHave) {
  const auto piece = [](std::string_view literal) {
    return literal.substr(FindRarestPiece(literal, 8), 8);
  };
  EXPECT_EQ(piece("windows zqk system"), "s zqk sy");
  EXPECT_EQ(piece("zqk windows system"), "zqk wind");
  EXPECT_EQ(piece("windows system zqk"), "stem zqk");
  EXPECT_EQ(piece("zqkwindo"), "zqkwindo");
  EXPECT_EQ(piece("zq"), "zq");
  EXPECT_EQ(piece("WINDOWS ZQK SYSTEM"), "S ZQK SY");
}

TEST(ShareSets, GivesEachFragmentItsOwnWhileThereAreEnough) {
  const std::vector<Fragment> fragments = {FragmentOf("abc"), FragmentOf("xyz"),
                                           FragmentOf("q:")};
  std::vector<std::size_t> sets = ShareSets(fragments, 3);
  std::sort(sets.begin(), sets.end());
  EXPECT_EQ(sets, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(ShareSets, PutsThoseTogetherThatAreAlike) {
  const std::vector<Fragment> fragments = {FragmentOf("abc"), FragmentOf("xyz"),
                                           FragmentOf("abd"),
                                           FragmentOf("xyk")};
  const std::vector<std::size_t> sets = ShareSets(fragments, 2);
  EXPECT_EQ(sets[0], sets[2]);
  EXPECT_EQ(sets[1], sets[3]);
  EXPECT_NE(sets[0], sets[1]);
}

}  // namespace
}  // namespace hypersigma::internal
