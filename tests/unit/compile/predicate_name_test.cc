#include "lib/compile/predicate_name.h"

#include <set>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {
namespace {

using ::testing::IsSubsetOf;
using ::testing::UnorderedElementsAreArray;

std::vector<PredicateName> NamesOf(std::string_view yaml) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  const Plan plan = CompilePlan(rules.detection_rules());
  std::vector<PredicateName> names;
  for (const Predicate& predicate : plan.predicates) {
    names.push_back(NameOf(predicate, plan.fields));
  }
  return names;
}

constexpr std::string_view kRule = R"(
title: t
logsource: {product: p}
detection:
  s:
    - A: Word
    - A|cased: Word
    - A|startswith: Word
    - B|endswith: Word
    - A|contains: 'a\*b?c*d'
    - A|re|i: 'x.y'
    - A|re: 'x.y'
    - A|cidr: 10.0.0.0/8
    - A|fieldref: B
    - A|fieldref|endswith: B
    - A|lt: 5
    - A|lte: 5
    - A|hour|gt: 3
    - A|exists: true
    - A: null
  condition: s
)";

TEST(PredicateName, SaysWhatIsAsked) {
  EXPECT_THAT((std::vector<PredicateName>{
                  {"A", "equals", "word", false},
                  {"A", "equals", "Word", true},
                  {"A", "starts_with", "word", false},
                  {"B", "ends_with", "word", false},
                  {"A", "wildcard", "*a\\*b?c*d*", false},
                  {"A", "fieldref equals", "B", false},
                  {"A", "fieldref ends_with", "B", false},
                  {"A", "lt", "5", false},
                  {"A", "lte", "5", false},
                  {"A", "time hour gt", "3", false},
                  {"A", "exists", "", false},
                  {"A", "null", "", false},
              }),
              IsSubsetOf(NamesOf(kRule)));
}

TEST(PredicateName, DiffersWherePredicatesDo) {
  const std::vector<PredicateName> names = NamesOf(kRule);
  EXPECT_GE(names.size(), 15u);
  EXPECT_EQ(std::set<PredicateName>(names.begin(), names.end()).size(),
            names.size());
}

TEST(PredicateName, OfKeywordsHasNoField) {
  const std::vector<PredicateName> names = NamesOf(R"(
title: t
logsource: {product: p}
detection:
  s: [mimikatz]
  condition: s
)");
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0],
            (PredicateName{"", "keyword contains", "mimikatz", false}));
}

TEST(PredicateName, IsTheSameAmongOtherRules) {
  const std::string other =
      "title: o\nlogsource: {product: q}\n"
      "detection: {s: {Z: other, Y|contains: other}, condition: s}\n---";
  std::vector<PredicateName> names = NamesOf(other + std::string(kRule));
  std::erase_if(names, [](const PredicateName& name) {
    return name.field == "Z" || name.field == "Y";
  });
  EXPECT_THAT(names, UnorderedElementsAreArray(NamesOf(kRule)));
}

}  // namespace
}  // namespace hypersigma::internal
