#include "lib/compile/pattern_set.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/limits.h"
#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The plan of field 0, with each predicate's has_trigger.
Plan PlanOf(std::vector<Predicate> predicates) {
  Plan plan;
  plan.fields.Intern("f");
  plan.predicates = std::move(predicates);
  BuildFieldPlans(plan);
  return plan;
}

TEST(BuildFieldPlans, OneLiteralServesSeveralPredicates) {
  const Plan plan = PlanOf({Text(Operator::kContains, "cmd"),
                            Text(Operator::kEndsWith, "cmd"),
                            Text(Operator::kStartsWith, "cmd")});
  EXPECT_THAT(plan.field_plans[0].patterns,
              ElementsAre(Pattern{"cmd",
                                  false,
                                  {{Anchor::kAnywhere, PredicateId{0}},
                                   {Anchor::kEnd, PredicateId{1}},
                                   {Anchor::kStart, PredicateId{2}}}}));
}

TEST(BuildFieldPlans, CasedLiteralsAreApart) {
  const Plan plan = PlanOf({Text(Operator::kContains, "cmd"),
                            Text(Operator::kContains, "cmd", true)});
  ASSERT_EQ(plan.field_plans[0].patterns.size(), 2u);
  EXPECT_FALSE(plan.field_plans[0].patterns[0].cased);
  EXPECT_TRUE(plan.field_plans[0].patterns[1].cased);
}

TEST(BuildFieldPlans, EqualTextIsNoPattern) {
  const Plan plan = PlanOf({Text(Operator::kEquals, "Cmd", true)});
  EXPECT_THAT(plan.field_plans[0].patterns, IsEmpty());
  EXPECT_THAT(
      plan.field_plans[0].equalities,
      ElementsAre(Equality{"cmd", EqualityKind::kCasedText, PredicateId{0}}));
}

TEST(BuildFieldPlans, NumberIsSoughtAsNumberAndAsText) {
  const Plan plan = PlanOf({Text(Operator::kNumberEquals, "1e16")});
  EXPECT_THAT(
      plan.field_plans[0].equalities,
      ElementsAre(
          Equality{"10000000000000000", EqualityKind::kNumber, PredicateId{0}},
          Equality{"1e+16", EqualityKind::kNumberText, PredicateId{0}}));
}

TEST(BuildFieldPlans, LongestPartOfAGlobTriggersWhereItMustStand) {
  Predicate glob = Text(Operator::kGlob, "");
  glob.glob = SigmaString::Parse("*ab*cdefg").parts();
  const Plan plan = PlanOf({glob});
  EXPECT_TRUE(plan.predicates[0].has_trigger);
  EXPECT_THAT(
      plan.field_plans[0].patterns,
      ElementsAre(Pattern{"cdefg", false, {{Anchor::kEnd, PredicateId{0}}}}));
}

TEST(BuildFieldPlans, WhatLibhsRefusesGetsAPieceAsTrigger) {
  const std::string nul_first = std::string("\0\0ab", 4);
  std::string too_long;
  while (too_long.size() <= kMaxLiteralBytes) too_long += "xy";
  const Plan plan = PlanOf({Text(Operator::kStartsWith, nul_first),
                            Text(Operator::kContains, too_long)});
  EXPECT_FALSE(IsDecided(plan.predicates[0]));
  EXPECT_FALSE(IsDecided(plan.predicates[1]));
  EXPECT_THAT(
      plan.field_plans[0].patterns,
      ElementsAre(Pattern{"ab", false, {{Anchor::kAnywhere, PredicateId{0}}}},
                  Pattern{too_long.substr(0, kMaxLiteralBytes),
                          false,
                          {{Anchor::kAnywhere, PredicateId{1}}}}));
}

TEST(BuildFieldPlans, LongRunAtTheEndIsCut) {
  const std::string run(kMaxLiteralTailRun + 2, 'q');
  const Plan plan = PlanOf({Text(Operator::kContains, "abc" + run)});
  EXPECT_FALSE(IsDecided(plan.predicates[0]));
  EXPECT_EQ(plan.field_plans[0].patterns[0].literal,
            "abc" + std::string(kMaxLiteralTailRun, 'q'));
}

TEST(BuildFieldPlans, WithoutLiteralTheFieldsTextTriggers) {
  const Plan plan =
      PlanOf({Text(Operator::kContains, std::string(1, '\0')),
              Text(Operator::kRegex, "[0-9]+"), Text(Operator::kLt, "5")});
  EXPECT_THAT(plan.field_plans[0].on_text,
              ElementsAre(PredicateId{0}, PredicateId{1}, PredicateId{2}));
}

TEST(BuildFieldPlans, RegexIsTriggeredByItsLiteralCaselessly) {
  const Plan plan = PlanOf({Text(Operator::kRegex, "Invoke-\\w+")});
  EXPECT_THAT(plan.field_plans[0].patterns,
              ElementsAre(Pattern{
                  "invoke-", false, {{Anchor::kAnywhere, PredicateId{0}}}}));
}

TEST(BuildFieldPlans, NullAndMissingNeedNoFiring) {
  const Plan plan =
      PlanOf({Text(Operator::kNull, ""), Text(Operator::kMissing, ""),
              Text(Operator::kExists, "")});
  EXPECT_FALSE(plan.predicates[0].has_trigger);
  EXPECT_FALSE(plan.predicates[1].has_trigger);
  EXPECT_THAT(plan.field_plans[0].on_presence, ElementsAre(PredicateId{2}));
}

}  // namespace
}  // namespace hypersigma::internal
