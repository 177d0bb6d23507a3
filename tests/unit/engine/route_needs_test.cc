#include "lib/engine/route_needs.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_finder.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kMap = R"(
log_sources:
  - name: a
    when: {source: a}
    is: [{product: a}]
  - name: b
    when: {source: b}
    is: [{product: b}]
    fields: {Image: [NewImage]}
)";

std::string Rule(std::string_view product, std::string_view selection) {
  return "title: R\nlogsource: {product: " + std::string(product) +
         "}\ndetection:\n  s: " + std::string(selection) +
         "\n  condition: s\n---\n";
}

class RouteNeedsTest : public ::testing::Test {
 protected:
  explicit RouteNeedsTest(const std::string& yaml)
      : engine_(
            Engine::Build(RuleSet::FromYaml(yaml),
                          {.taxonomy = Taxonomy::Empty().Extend(kMap).value()})
                .value()) {}
  RouteNeedsTest()
      : RouteNeedsTest(Rule("a", "{F: of a, G|exists: true}") +
                       Rule("a", "{F: of a too, H: null}") +
                       Rule("b", "{F: of b, Image: x}") +
                       Rule("b", "{F|fieldref: G}")) {}

  // Of the route of events from `source`.
  RouteNeeds NeedsOf(std::string_view source,
                     const RuleMask* selected = nullptr) const {
    RouteFinder finder(engine_.state().router(), Routing::kAuto, {});
    EventValues values(engine_.state().plan().fields.size());
    const std::vector<FieldValue> event = {
        {Field("source"), Value::String(source)}};
    values.Assign(event);
    return {engine_.state(), finder.FindKept(values), selected};
  }

  FieldId Field(std::string_view name) const { return engine_.FindField(name); }

  // Operands of the equalities that are asked for.
  std::set<std::string> Asked(const RouteNeeds& needs) const {
    const std::vector<Predicate>& predicates =
        engine_.state().plan().predicates;
    std::set<std::string> operands;
    for (std::uint32_t i = 0; i < predicates.size(); ++i) {
      if (predicates[i].op != Operator::kEquals) continue;
      if (needs.IsAsked(i)) operands.insert(predicates[i].operand);
    }
    return operands;
  }

  Engine engine_;
};

TEST_F(RouteNeedsTest, AsksWhatTheRulesOfTheRouteAsk) {
  EXPECT_THAT(Asked(NeedsOf("a")), UnorderedElementsAre("of a", "of a too"));
  EXPECT_THAT(Asked(NeedsOf("b")), UnorderedElementsAre("of b", "x"));
  // Of no log source: all rules.
  EXPECT_THAT(Asked(NeedsOf("c")), SizeIs(4));
}

TEST_F(RouteNeedsTest, AsksNothingForRulesThatAreNotSelected) {
  RuleMask second(4);
  second.Add(RuleId{1});
  EXPECT_THAT(Asked(NeedsOf("a", &second)), ElementsAre("of a too"));
  EXPECT_THAT(Asked(NeedsOf("b", &second)), IsEmpty());
}

TEST_F(RouteNeedsTest, KnowsWhatMembersAreCalled) {
  EXPECT_THAT(NeedsOf("a").FieldsOf(Field("F")), ElementsAre(Field("F")));
  EXPECT_THAT(NeedsOf("a").FieldsOf(Field("Image")), IsEmpty());
  EXPECT_THAT(NeedsOf("a").FieldsOf(Field("NewImage")), IsEmpty());
  const RouteNeeds needs = NeedsOf("b");
  EXPECT_THAT(needs.FieldsOf(Field("NewImage")), ElementsAre(Field("Image")));
  // The first member that is there is meant.
  EXPECT_TRUE(needs.PresenceMatters(Field("NewImage")));
  EXPECT_THAT(needs.FieldsOf(kUnnamedField), IsEmpty());
}

TEST_F(RouteNeedsTest, PresenceMattersToQuestionsAboutNull) {
  const RouteNeeds needs = NeedsOf("a");
  EXPECT_TRUE(needs.AsksForNull(Field("H")));
  EXPECT_TRUE(needs.PresenceMatters(Field("H")));
  EXPECT_FALSE(needs.AsksForNull(Field("F")));
  EXPECT_FALSE(needs.PresenceMatters(Field("F")));
  // That fires a predicate, as a value does.
  EXPECT_FALSE(needs.PresenceMatters(Field("G")));
  EXPECT_FALSE(NeedsOf("b").AsksForNull(Field("H")));
  EXPECT_FALSE(needs.PresenceMatters(kUnnamedField));
}

TEST_F(RouteNeedsTest, ComparesBothFields) {
  const RouteNeeds needs = NeedsOf("b");
  EXPECT_TRUE(needs.IsCompared(Field("F")));
  EXPECT_TRUE(needs.IsCompared(Field("G")));
  EXPECT_FALSE(needs.IsCompared(Field("Image")));
  EXPECT_FALSE(NeedsOf("a").IsCompared(Field("F")));
  EXPECT_FALSE(needs.IsCompared(kUnnamedField));
}

class KeywordNeedsTest : public RouteNeedsTest {
 protected:
  KeywordNeedsTest()
      : RouteNeedsTest(Rule("a", "[4711]") + Rule("b", "[mimikatz]") +
                       Rule("c", "{F: x}")) {}
};

TEST_F(KeywordNeedsTest, NumbersMatterWhereTheyMayHoldKeywords) {
  const RouteNeeds numbers = NeedsOf("a");
  EXPECT_THAT(numbers.keyword_matchers(), SizeIs(1));
  EXPECT_TRUE(numbers.numbers_may_fire());
  const RouteNeeds texts = NeedsOf("b");
  EXPECT_THAT(texts.keyword_matchers(), SizeIs(1));
  EXPECT_FALSE(texts.numbers_may_fire());
  EXPECT_FALSE(texts.any_value_matters());
}

TEST_F(RouteNeedsTest, HasNoMatchersWithoutKeywords) {
  EXPECT_THAT(NeedsOf("a").keyword_matchers(), IsEmpty());
  EXPECT_FALSE(NeedsOf("a").numbers_may_fire());
}

}  // namespace
}  // namespace hypersigma::internal
