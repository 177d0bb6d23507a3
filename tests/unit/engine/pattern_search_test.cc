#include "lib/engine/pattern_search.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/compile/pattern_set.h"
#include "tests/support/predicates.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

using generator::Random;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Fired = std::vector<std::uint32_t>;

class PatternSearchTest : public ::testing::Test {
 protected:
  // The predicates of `witness` wake a rule.
  void Build(std::vector<Predicate> predicates,
             const std::vector<std::uint32_t>& witness) {
    plan_ = {};
    plan_.fields.Intern("f");
    plan_.predicates = std::move(predicates);
    BuildFieldPlans(plan_);
    RulePlan& rule = plan_.rules.emplace_back();
    for (const std::uint32_t id : witness) {
      rule.witness.push_back(PredicateId{id});
    }
    const WaitingPatterns waiting(plan_);
    wakes_ = Make(waiting, PatternHalf::kWakes);
    waits_ = Make(waiting, PatternHalf::kWaits);
    scratch_.fired = SparseBitset(plan_.predicates.size());
  }

  Fired Find(const PatternSearch& search, std::string_view text,
             KnownText* known = nullptr) {
    const bool is_ascii = std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c & 0x80) == 0; });
    scratch_.fired.Clear();
    EXPECT_TRUE(search.Find(text, is_ascii, scratch_, known).ok());
    const auto members = scratch_.fired.members();
    Fired fired(members.begin(), members.end());
    std::sort(fired.begin(), fired.end());
    return fired;
  }

  PatternSearch wakes_;
  PatternSearch waits_;

 private:
  PatternSearch Make(const WaitingPatterns& waiting, PatternHalf half) {
    PatternSearch search =
        PatternSearch::Build(plan_.field_plans[0], waiting, half, {}).value();
    if (search.database() != nullptr) {
      EXPECT_TRUE(scratch_.literals.Reserve(*search.database()).ok());
    }
    return search;
  }

  Plan plan_;
  MatchScratch scratch_;
};

TEST_F(PatternSearchTest, EachHalfFindsItsOwnPredicates) {
  Build({Text(Operator::kContains, "ab"), Text(Operator::kEndsWith, "ab"),
         Text(Operator::kContains, "x"), Text(Operator::kContains, "y")},
        {0, 2});
  EXPECT_THAT(Find(wakes_, "-xyab"), ElementsAre(0, 2));
  EXPECT_THAT(Find(waits_, "-xyab"), ElementsAre(1, 3));
  EXPECT_THAT(Find(waits_, "-xyab-x"), ElementsAre(3));
}

TEST_F(PatternSearchTest, WithoutOthersAHalfIsEmpty) {
  Build({Text(Operator::kContains, "ab")}, {0});
  EXPECT_FALSE(wakes_.is_empty());
  EXPECT_TRUE(waits_.is_empty());
  EXPECT_THAT(Find(waits_, "ab"), IsEmpty());
}

// Changes a text here and there, as one event's differs from the next.
std::string Changed(std::string text, Random& random) {
  static constexpr std::string_view kWords[] = {"abc", "bcab", "xa",
                                                "A",   "",     "longest-abc"};
  const std::size_t changes = random.Below(3);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = random.Below(text.size());
    const std::size_t size = std::min(random.Below(20), text.size() - at);
    text.replace(at, size, random.Pick(kWords));
  }
  if (text.size() < 2 * KnownText::kMinBytes) {
    text.insert(random.Below(text.size()), std::string(300, '.'));
  }
  return text;
}

// Anchors, cases, literals within others, and so many matches that they are
// not remembered.
TEST_F(PatternSearchTest, KnowingTheTextBeforeMakesNoDifference) {
  Build({Text(Operator::kContains, "abc"), Text(Operator::kContains, "bca"),
         Text(Operator::kStartsWith, "ab"), Text(Operator::kEndsWith, "ca"),
         Text(Operator::kContains, "ABC", /*cased=*/true),
         Text(Operator::kContains, "longest-abc"),
         Text(Operator::kEndsWith, "xabc"), Text(Operator::kContains, "..a")},
        {0, 1, 2, 3, 4, 5, 6, 7});
  Random random(7);
  KnownText known;
  std::string text(500, '.');
  for (int i = 0; i < 20'000; ++i) {
    if (random.Below(200) == 0) text = std::string(400, '.') + "abc";
    if (random.Below(200) == 0) text += std::string(random.Below(90), 'a');
    text = Changed(std::move(text), random);
    if (text.size() > 4'000) text.resize(1'000);
    ASSERT_EQ(Find(wakes_, text, &known), Find(wakes_, text)) << text;
  }
}

TEST_F(PatternSearchTest, ATextThatIsNotAsciiIsSearchedWhole) {
  Build({Text(Operator::kContains, "abc"), Text(Operator::kContains, "k")},
        {0, 1});
  KnownText known;
  const std::string dots(300, '.');
  EXPECT_THAT(Find(wakes_, dots + "abc", &known), ElementsAre(0));
  EXPECT_THAT(Find(wakes_, dots + "abd\u212A", &known), ElementsAre(1));
  EXPECT_THAT(Find(wakes_, dots + "abcd", &known), ElementsAre(0));
}

}  // namespace
}  // namespace hypersigma::internal
