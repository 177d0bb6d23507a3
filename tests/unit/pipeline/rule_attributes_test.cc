#include "lib/pipeline/rule_attributes.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

TEST(RuleAttributes, KnowTheirTypes) {
  EXPECT_EQ(TypeOfAttribute("title"), AttributeType::kText);
  EXPECT_EQ(TypeOfAttribute("level"), AttributeType::kLevel);
  EXPECT_EQ(TypeOfAttribute("modified"), AttributeType::kDate);
  EXPECT_EQ(TypeOfAttribute("tags"), AttributeType::kList);
  EXPECT_EQ(TypeOfAttribute("Title"), AttributeType::kCustom);
}

TEST(RuleAttributes, AreUnsetWhereTheRuleDoesNotSayThem) {
  Rule rule;
  rule.level = "High";
  EXPECT_EQ(AttributeOf(rule, "level")->text, "High");
  EXPECT_FALSE(AttributeOf(rule, "status").has_value());
}

TEST(RuleAttributes, CompareByTheirType) {
  const auto compare = [](AttributeType type, std::string_view a,
                          std::string_view b) {
    return CompareAttribute(type, {YamlNode::Kind::kString, std::string(a)},
                            {YamlNode::Kind::kString, std::string(b)});
  };
  EXPECT_TRUE(compare(AttributeType::kLevel, "High", "low") > 0);
  EXPECT_TRUE(compare(AttributeType::kStatus, "test", "stable") < 0);
  EXPECT_TRUE(compare(AttributeType::kDate, "2024/01/31", "2024-02-01") < 0);
  EXPECT_EQ(compare(AttributeType::kDate, "soon", "2024-02-01"),
            std::partial_ordering::unordered);
  EXPECT_EQ(compare(AttributeType::kText, "b", "a"),
            std::partial_ordering::unordered);
}

TEST(RuleAttributes, KnowTheRelationsThatMakeSense) {
  EXPECT_TRUE(IsRelationFor(AttributeType::kText, Relation::kNe));
  EXPECT_FALSE(IsRelationFor(AttributeType::kText, Relation::kLt));
  EXPECT_FALSE(IsRelationFor(AttributeType::kDate, Relation::kIn));
  EXPECT_FALSE(IsRelationFor(AttributeType::kList, Relation::kEq));
}

}  // namespace
}  // namespace hypersigma::internal
