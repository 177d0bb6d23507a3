#include "lib/catalog/explain_predicates.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/rule_set.h"
#include "lib/rule/sigma_string.h"
#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

// A rule with one item, and its first predicate judged on some values of F.
class PredicateJudgeTest : public testing::Test {
 protected:
  PredicateFinding Judge(std::string_view item,
                         const std::vector<Value>& event_values) {
    const std::string yaml =
        "title: A\nlogsource: {category: c}\ndetection: {a: {" +
        std::string(item) + "}, condition: a}\n";
    engine_ = Engine::Build(RuleSet::FromYaml(yaml)).value();
    const Plan& plan = engine_->state().plan();
    values_.emplace(plan.fields.size());
    pairs_.clear();
    for (const Value& value : event_values) {
      pairs_.push_back({plan.fields.Find("F"), value});
    }
    values_->Assign(pairs_);
    judge_.emplace(PredicateJudge::Create(engine_->state()).value());
    judge_->Begin(*values_);
    return judge_->Judge(
        plan.rules[0].selections[0].detection.children[0].values[0].any_of[0]);
  }

  std::optional<Engine> engine_;
  std::optional<EventValues> values_;
  std::vector<FieldValue> pairs_;
  std::optional<PredicateJudge> judge_;
};

TEST_F(PredicateJudgeTest, NamesTheFirstValueThatHits) {
  const PredicateFinding found =
      Judge("F|contains: b", {Value::Null(), Value::String("a"),
                              Value::String("aB"), Value::String("b")});
  EXPECT_EQ(found.truth, Truth::kTrue);
  EXPECT_EQ(found.value, 2u);
  EXPECT_EQ(found.span, (ByteSpan{1, 2}));
}

TEST_F(PredicateJudgeTest, ComparesNumbersAsNumbers) {
  EXPECT_EQ(Judge("F: 10", {Value::Number("1e1")}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F: 10", {Value::String("10")}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F: 10", {Value::String("10.0")}).truth, Truth::kFalse);
  EXPECT_EQ(Judge("F: 10", {Value::Bool(true)}).truth, Truth::kFalse);
}

TEST_F(PredicateJudgeTest, ComparesBooleans) {
  EXPECT_EQ(Judge("F: true", {Value::Bool(true)}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F: true", {Value::String("TRUE")}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F: true", {Value::Number("1")}).truth, Truth::kFalse);
}

TEST_F(PredicateJudgeTest, KnowsNullMissingAndThere) {
  EXPECT_EQ(Judge("F: null", {}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F: null", {Value::Null()}).value, 0u);
  EXPECT_EQ(Judge("F: null", {Value::String("")}).truth, Truth::kFalse);
  EXPECT_EQ(Judge("F|exists: true", {Value::EmptyArray()}).truth, Truth::kTrue);
  EXPECT_EQ(Judge("F|exists: false", {Value::EmptyArray()}).truth,
            Truth::kFalse);
  EXPECT_EQ(Judge("F|exists: false", {}).value, kNoValue);
}

TEST_F(PredicateJudgeTest, FindsThePlaceOfARegex) {
  const PredicateFinding found =
      Judge("F|re: 'b+'", {Value::String("\u00e9abbc")});
  EXPECT_EQ(found.span, (ByteSpan{3, 5}));
}

TEST_F(PredicateJudgeTest, IsNotUndecidedAboutWhatTheEngineNeverAsks) {
  // The literal that must be there is not, so the engine asks no regex.
  const std::string text(5'000, 'a');
  EXPECT_EQ(Judge("F|re: '(a+)+needle'", {Value::String(text)}).truth,
            Truth::kFalse);
  EXPECT_EQ(
      Judge("F|re: '(a+)+needle$'", {Value::String(text + "needle")}).truth,
      Truth::kTrue);
}

TEST_F(PredicateJudgeTest, TakesWholeValuesOfComparisons) {
  EXPECT_EQ(Judge("F|gt: 3", {Value::Number("12")}).span, (ByteSpan{0, 2}));
  EXPECT_EQ(Judge("F|cidr: 10.0.0.0/8", {Value::String("10.1.2.3")}).span,
            (ByteSpan{0, 8}));
  EXPECT_EQ(Judge("F|hour: 3", {Value::String("2024-05-01T03:00")}).truth,
            Truth::kTrue);
}

TEST(PatternText, EscapesWhatIsNoWildcard) {
  Predicate predicate = Text(Operator::kGlob, "");
  predicate.glob = SigmaString::Parse(R"(a\*b?*\\c)").parts();
  EXPECT_EQ(PatternText(predicate), R"(a\*b?*\\c)");
  EXPECT_TRUE(HasWildcards(predicate));
  EXPECT_EQ(PatternText(Text(Operator::kContains, R"(a*\)")), R"(a*\)");
  EXPECT_FALSE(HasWildcards(Text(Operator::kContains, "*")));
}

TEST(StandsAt, FollowsTheOperator) {
  EXPECT_TRUE(StandsAtStart(Text(Operator::kStartsWith, "a")));
  EXPECT_FALSE(StandsAtEnd(Text(Operator::kStartsWith, "a")));
  EXPECT_TRUE(StandsAtEnd(Text(Operator::kEndsWith, "a")));
  EXPECT_TRUE(StandsAtStart(Text(Operator::kEquals, "a")));
  EXPECT_FALSE(StandsAtStart(Text(Operator::kContains, "a")));
}

}  // namespace
}  // namespace hypersigma::internal
