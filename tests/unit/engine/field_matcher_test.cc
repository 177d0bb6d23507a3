#include "lib/engine/field_matcher.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/compile/pattern_set.h"
#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// One field's matcher, and what a value fires in it.
class FieldMatcherTest : public ::testing::Test {
 protected:
  void Build(std::vector<Predicate> predicates) {
    plan_.fields.Intern("f");
    plan_.predicates = std::move(predicates);
    BuildFieldPlans(plan_);
    const FieldPlan& field =
        plan_.has_keywords ? plan_.keyword_plan : plan_.field_plans[0];
    auto matcher = FieldMatcher::Build(field, plan_.predicates);
    ASSERT_TRUE(matcher.ok()) << matcher.status();
    matcher_.push_back(*std::move(matcher));
    scratch_.fired = SparseBitset(plan_.predicates.size());
    if (matcher_[0].database() != nullptr) {
      ASSERT_TRUE(scratch_.literals.Reserve(*matcher_[0].database()).ok());
    }
  }

  std::vector<std::uint32_t> Fired() {
    const auto members = scratch_.fired.members();
    std::vector<std::uint32_t> fired(members.begin(), members.end());
    scratch_.fired.Clear();
    return fired;
  }

  std::vector<std::uint32_t> Match(std::string_view text,
                                   ValueKind kind = ValueKind::kString) {
    EXPECT_TRUE(
        matcher_[0].Match({FieldId{0}, kind, text, kNoValue}, scratch_).ok());
    return Fired();
  }

  std::vector<std::uint32_t> MatchAll(std::vector<std::string_view> texts) {
    std::vector<EventValue> values;
    for (std::string_view text : texts) {
      values.push_back({kUnnamedField, ValueKind::kString, text, kNoValue});
    }
    scratch_.joined.Assign(values);
    EXPECT_TRUE(matcher_[0].MatchAll(values, scratch_).ok());
    return Fired();
  }

  Plan plan_;
  std::vector<FieldMatcher> matcher_;
  MatchScratch scratch_;
};

TEST_F(FieldMatcherTest, TellsAnchorsFromOneLiteral) {
  Build({Text(Operator::kContains, "ab"), Text(Operator::kStartsWith, "ab"),
         Text(Operator::kEndsWith, "ab"), Text(Operator::kEquals, "ab")});
  EXPECT_THAT(Match("xABx"), UnorderedElementsAre(0));
  EXPECT_THAT(Match("abx"), UnorderedElementsAre(0, 1));
  EXPECT_THAT(Match("abxab"), UnorderedElementsAre(0, 1, 2));
  EXPECT_THAT(Match("Ab"), UnorderedElementsAre(0, 1, 2, 3));
  EXPECT_THAT(Match("a"), IsEmpty());
}

TEST_F(FieldMatcherTest, FindsPatternsOfOneByte) {
  Build({Text(Operator::kContains, "x"), Text(Operator::kStartsWith, "x"),
         Text(Operator::kEndsWith, "x"), Text(Operator::kContains, "x", true),
         Text(Operator::kContains, "@")});
  EXPECT_THAT(Match("aXb"), UnorderedElementsAre(0));
  EXPECT_THAT(Match("axb"), UnorderedElementsAre(0, 3));
  EXPECT_THAT(Match("Xb"), UnorderedElementsAre(0, 1));
  EXPECT_THAT(Match("éX"), UnorderedElementsAre(0, 2));
  EXPECT_THAT(Match("@"), UnorderedElementsAre(4));
  EXPECT_THAT(Match(""), IsEmpty());
}

TEST_F(FieldMatcherTest, FoldsBeyondAsciiButNotForCasedPatterns) {
  Build({Text(Operator::kContains, "été"),
         Text(Operator::kContains, "ÉT", true),
         Text(Operator::kContains, "kelvin")});
  EXPECT_THAT(Match("xÉTÉ"), UnorderedElementsAre(0, 1));
  EXPECT_THAT(Match("xété"), UnorderedElementsAre(0));
  EXPECT_THAT(Match("\u212Aelvin"), UnorderedElementsAre(2));
}

TEST_F(FieldMatcherTest, EqualityFollowsTheTypeOfTheValue) {
  Build({Text(Operator::kNumberEquals, "10"), Text(Operator::kEquals, "10"),
         Text(Operator::kBool, "true"), Text(Operator::kEquals, "True", true)});
  EXPECT_THAT(Match("10"), UnorderedElementsAre(0, 1));
  EXPECT_THAT(Match("10", ValueKind::kNumber), UnorderedElementsAre(0, 1));
  EXPECT_THAT(Match("true", ValueKind::kBool), UnorderedElementsAre(2));
  EXPECT_THAT(Match("True"), UnorderedElementsAre(2, 3));
  EXPECT_THAT(Match("", ValueKind::kNull), IsEmpty());
}

TEST_F(FieldMatcherTest, KeywordsDoNotSpanValues) {
  Predicate keyword = Text(Operator::kContains, "evil");
  keyword.field = kUnnamedField;
  Predicate other = Text(Operator::kContains, "é");
  other.field = kUnnamedField;
  Build({keyword, other});
  EXPECT_THAT(MatchAll({"ev", "il"}), IsEmpty());
  EXPECT_THAT(MatchAll({"x", "xEvIl", ""}), UnorderedElementsAre(0));
  EXPECT_THAT(MatchAll({"É\xC3", "evil"}), UnorderedElementsAre(0, 1));
  EXPECT_THAT(MatchAll({"\xC3", "\xA9"}), IsEmpty());
}

// With and without the filter, on texts of which few have a keyword.
TEST_F(FieldMatcherTest, AFilterChangesNothing) {
  std::vector<Predicate> predicates;
  for (const std::string_view keyword : {"mimikatz", "kiwi_x", "lsadump::y"}) {
    predicates.push_back(Text(Operator::kContains, std::string(keyword)));
    predicates.back().field = kUnnamedField;
  }
  Build(predicates);
  FieldMatcher filtered =
      FieldMatcher::Build(plan_.keyword_plan, plan_.predicates).value();
  filtered.AddFilter();
  for (const std::string_view part :
       {"", "kimi", "MimiKatz", "a\xC3\xA4", "KIWI_X", "lsadump::Y", "::",
        "mimi\xE2\x84\xAA"
        "atz"}) {
    for (std::size_t lead = 0; lead < 200; lead += 7) {
      const std::string text =
          std::string(lead, '.') + std::string(part) + std::string(90, '.');
      const std::vector<std::uint32_t> fired = MatchAll({text, "x"});
      const std::vector<EventValue> values = {
          {kUnnamedField, ValueKind::kString, text, kNoValue}};
      scratch_.joined.Assign(values);
      ASSERT_TRUE(filtered.MatchAll(values, scratch_).ok());
      EXPECT_EQ(Fired(), fired) << part << lead;
      EXPECT_EQ(fired.empty(), part.size() < 6 || part[0] == 'a') << part;
      if (fired.empty()) continue;
      EXPECT_TRUE(filtered.MayFireIn(text, scratch_).value()) << part;
      EXPECT_TRUE(matcher_[0].MayFireIn(text, scratch_).value()) << part;
    }
  }
  EXPECT_FALSE(filtered.MayFireIn(std::string(300, '.'), scratch_).value());
}

}  // namespace
}  // namespace hypersigma::internal
