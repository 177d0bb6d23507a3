#include "lib/engine/route_finder.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kMap = R"(
log_sources:
  - name: a
    when: {source: a}
    is: [{product: a}]
  - name: b
    when: {source: b, kind: 7}
    is: [{product: b}]
)";

constexpr std::string_view kRules = R"(
title: A
logsource: {product: a}
detection: {s: {F: x}, condition: s}
---
title: B
logsource: {product: b}
detection: {s: {F: x}, condition: s}
)";

class RouteFinderTest : public ::testing::Test {
 protected:
  std::shared_ptr<const Route> Find(std::string_view source,
                                    std::string_view kind) {
    const std::vector<FieldValue> event = {
        {engine_.state().plan().fields.Find("source"), Value::String(source)},
        {engine_.state().plan().fields.Find("kind"), Value::Number(kind)}};
    values_.Assign(event);
    return finder_.FindKept(values_);
  }

  Engine engine_ =
      Engine::Build(RuleSet::FromYaml(std::string(kRules)),
                    {.taxonomy = Taxonomy::Empty().Extend(kMap).value()})
          .value();
  EventValues values_{engine_.state().plan().fields.size()};
  RouteFinder finder_{engine_.state().router(), Routing::kAuto, {}};
};

// Another test holds for the second one, which is no other entry's doing.
TEST_F(RouteFinderTest, EventsOfTheSameEntriesShareARoute) {
  const std::shared_ptr<const Route> route = Find("a", "1");
  EXPECT_EQ(Find("a", "7"), route);
  EXPECT_EQ(Find("a", "1"), route);
  EXPECT_EQ(route->log_sources.size(), 1u);
}

TEST_F(RouteFinderTest, OtherEntriesAreAnotherRoute) {
  const std::shared_ptr<const Route> route = Find("a", "7");
  const std::shared_ptr<const Route> other = Find("b", "7");
  EXPECT_NE(other, route);
  EXPECT_NE(other->serial, route->serial);
  EXPECT_FALSE(other->rules.Contains(RuleId{0}));
  EXPECT_TRUE(other->rules.Contains(RuleId{1}));
}

}  // namespace
}  // namespace hypersigma::internal
