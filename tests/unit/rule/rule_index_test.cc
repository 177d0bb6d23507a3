#include "lib/rule/rule_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Kind = RuleTarget::Kind;

Rule MakeRule(std::string id, std::string name, std::uint32_t line) {
  Rule rule;
  rule.id = std::move(id);
  rule.name = std::move(name);
  rule.file = "r.yml";
  rule.line = line;
  return rule;
}

class RuleIndexTest : public testing::Test {
 protected:
  RuleIndexTest()
      : rules_{MakeRule("0A", "one", 1), MakeRule("0b", "two", 5),
               MakeRule("", "two", 9), MakeRule("", "", 13)},
        correlation_(MakeRule("0c", "three", 17)),
        source_("f.yml", "x"),
        reporter_(source_) {}

  RuleIndex Make() {
    const Rule* const correlations[] = {&correlation_};
    const RuleIndex::Names refused[] = {{"0D", ""}, {"", "four"}};
    return RuleIndex(rules_, correlations, refused);
  }

  std::vector<RuleTarget> Find(const RuleIndex& index, std::string text) {
    RuleReference reference;
    reference.text = std::move(text);
    const bool is_found = index.Resolve(reference, reporter_);
    EXPECT_EQ(is_found, !reference.targets.empty());
    return reference.targets;
  }

  std::vector<Rule> rules_;
  Rule correlation_;
  Source source_;
  Reporter reporter_;
};

TEST_F(RuleIndexTest, FindsIdsCaselessAndNamesExactly) {
  const RuleIndex index = Make();
  EXPECT_THAT(Find(index, "0a"), ElementsAre(RuleTarget{Kind::kRule, 0}));
  EXPECT_THAT(Find(index, "0A"), ElementsAre(RuleTarget{Kind::kRule, 0}));
  EXPECT_THAT(Find(index, "one"), ElementsAre(RuleTarget{Kind::kRule, 0}));
  EXPECT_THAT(Find(index, "One"), IsEmpty());
  EXPECT_THAT(Find(index, ""), IsEmpty());
  EXPECT_THAT(Find(index, "0C"),
              ElementsAre(RuleTarget{Kind::kCorrelation, 0}));
  EXPECT_THAT(reporter_.TakeDiagnostics(), IsEmpty());
}

TEST_F(RuleIndexTest, MeansAllThatHaveTheName) {
  rules_[3].name = "0b";  // what is the id of another
  const RuleIndex index = Make();
  EXPECT_THAT(Find(index, "two"), ElementsAre(RuleTarget{Kind::kRule, 1},
                                              RuleTarget{Kind::kRule, 2}));
  EXPECT_THAT(Find(index, "0b"), ElementsAre(RuleTarget{Kind::kRule, 1},
                                             RuleTarget{Kind::kRule, 3}));
  EXPECT_THAT(Problems(reporter_.TakeDiagnostics()),
              ElementsAre("1:1 warning: 'two' is the id or name of 2 rules "
                          "(r.yml:5, r.yml:9); all of them are meant",
                          "1:1 warning: '0b' is the id or name of 2 rules "
                          "(r.yml:5, r.yml:13); all of them are meant"));
}

TEST_F(RuleIndexTest, IsOneTargetWhereIdAndNameAreTheSame) {
  rules_[0].name = rules_[0].id;
  const RuleIndex index = Make();
  EXPECT_THAT(Find(index, "0A"), ElementsAre(RuleTarget{Kind::kRule, 0}));
  EXPECT_THAT(reporter_.TakeDiagnostics(), IsEmpty());
}

TEST_F(RuleIndexTest, SaysWhatIsMissing) {
  RuleIndex index = Make();
  EXPECT_EQ(index.DescribeMissing("thre"),
            "no rule has the id or name 'thre'; did you mean 'three'?");
  EXPECT_EQ(index.DescribeMissing("nothing"),
            "no rule has the id or name 'nothing'");
  EXPECT_EQ(index.DescribeMissing("0d"), "rule '0d' is refused");
  EXPECT_EQ(index.DescribeMissing("four"), "rule 'four' is refused");
}

TEST_F(RuleIndexTest, StopsSuggestingAfterALot) {
  RuleIndex index = Make();
  for (int i = 0; i < 200; ++i) index.DescribeMissing("thre");
  EXPECT_EQ(index.DescribeMissing("thre"), "no rule has the id or name 'thre'");
}

}  // namespace
}  // namespace hypersigma::internal
