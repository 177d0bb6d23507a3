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

using Fired = std::vector<std::uint32_t>;

class PatternSearchTest : public ::testing::Test {
 protected:
  void Build(std::vector<Predicate> predicates) {
    plan_ = {};
    plan_.fields.Intern("f");
    plan_.predicates = std::move(predicates);
    BuildFieldPlans(plan_);
    search_ =
        PatternSearch::Build(plan_.field_plans[0].patterns, DatabaseSource())
            .value();
    ASSERT_NE(search_.database(), nullptr);
    ASSERT_TRUE(scratch_.literals.Reserve(*search_.database()).ok());
    scratch_.fired = SparseBitset(plan_.predicates.size());
  }

  Fired Find(std::string_view text, KnownText* known = nullptr) {
    const bool is_ascii = std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c & 0x80) == 0; });
    scratch_.fired.Clear();
    EXPECT_TRUE(search_.Find(text, is_ascii, scratch_, known).ok());
    const auto members = scratch_.fired.members();
    Fired fired(members.begin(), members.end());
    std::sort(fired.begin(), fired.end());
    return fired;
  }

 private:
  Plan plan_;
  PatternSearch search_;
  MatchScratch scratch_;
};

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
         Text(Operator::kEndsWith, "xabc"), Text(Operator::kContains, "..a")});
  Random random(7);
  KnownText known;
  std::string text(500, '.');
  for (int i = 0; i < 20'000; ++i) {
    if (random.Below(200) == 0) text = std::string(400, '.') + "abc";
    if (random.Below(200) == 0) text += std::string(random.Below(90), 'a');
    text = Changed(std::move(text), random);
    if (text.size() > 4'000) text.resize(1'000);
    ASSERT_EQ(Find(text, &known), Find(text)) << text;
  }
}

TEST_F(PatternSearchTest, ATextThatIsNotAsciiIsSearchedWhole) {
  Build({Text(Operator::kContains, "abc"), Text(Operator::kContains, "k")});
  KnownText known;
  const std::string dots(300, '.');
  EXPECT_THAT(Find(dots + "abc", &known), ElementsAre(0));
  EXPECT_THAT(Find(dots + "abd\u212A", &known), ElementsAre(1));
  EXPECT_THAT(Find(dots + "abcd", &known), ElementsAre(0));
}

}  // namespace
}  // namespace hypersigma::internal
