#include "hypersigma/catalog.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

RuleSet OneRule() {
  const std::vector<RuleStream> streams{
      {.label = "/r/a.yml",
       .yaml = "title: T\nid: my-own-rule\nlogsource: {product: p}\n"
               "detection: {a: {X: 1}, condition: a}\n"}};
  return RuleSet::FromStreams(streams);
}

TEST(Catalog, MayBeEmpty) {
  const absl::StatusOr<Catalog> catalog = Catalog::Build(RuleSet());
  ASSERT_TRUE(catalog.ok());
  EXPECT_TRUE(catalog->rules().empty());
  EXPECT_TRUE(catalog->is_fully_compared());
  EXPECT_EQ(catalog->Find("x"), std::nullopt);
}

TEST(Catalog, FindsRulesAndSaysWhereTheyAreFrom) {
  const absl::StatusOr<Catalog> catalog =
      Catalog::Build(OneRule(), {.sources = {{"own", "/r"}}});
  ASSERT_TRUE(catalog.ok());
  EXPECT_EQ(catalog->KeyOf(RuleId{0}), "my-own-rule");
  EXPECT_EQ(catalog->Find("My-Own-Rule"), RuleId{0});
  EXPECT_EQ(catalog->SourceOf(RuleId{0}), "own");
  EXPECT_EQ(catalog->PathOf(RuleId{0}), "a.yml");
}

TEST(Catalog, TakesNoTwoLabelsForOneRoot) {
  const absl::StatusOr<Catalog> catalog =
      Catalog::Build(OneRule(), {.sources = {{"a", "/r"}, {"b", "/r"}}});
  EXPECT_EQ(catalog.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(catalog.status().message(),
            "rule root '/r' has two labels, expected one");
}

TEST(Catalog, ComparesNothingUnlessAsked) {
  const absl::StatusOr<Catalog> catalog =
      Catalog::Build(OneRule(), {.compare = false});
  ASSERT_TRUE(catalog.ok());
  EXPECT_FALSE(catalog->is_fully_compared());
}

TEST(Catalog, OutlivesTheRulesItWasMadeOf) {
  std::optional<Catalog> kept;
  {
    const RuleSet rules = OneRule();
    kept = *Catalog::Build(rules);
  }
  const Catalog copy = *kept;
  EXPECT_EQ(copy.rules()[0].title, "T");
  EXPECT_EQ(copy.IndicatorsOf(RuleId{0})[0].value, "1");
}

}  // namespace
}  // namespace hypersigma
