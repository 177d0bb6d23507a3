#include "lib/catalog/event_coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "lib/compile/plan.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kMap = R"(
fields:
  User: [User, user.name]
log_sources:
  - name: start
    when: {Channel: Sec, EventID: [1, 2]}
    is: [{product: w, category: process}]
    fields: {Image: [NewImage]}
  - name: stop
    when: {Channel: Sec, EventID: 3, Image|exists: false}
    is: [{product: w, category: process}]
  - name: other
    when: {Channel: Net}
    is: [{product: w, service: net}]
without:
  - product: cloud
    reason: nothing tells it
)";

class EventCoverageTest : public testing::Test {
 protected:
  void SetUp() override {
    const absl::StatusOr<Taxonomy> taxonomy = Taxonomy::Empty().Extend(kMap);
    ASSERT_TRUE(taxonomy.ok()) << taxonomy.status();
    taxonomy_ = *taxonomy;
  }

  EventCoverage Coverage(std::string_view detection,
                         const LogSource& log_source) {
    rules_ =
        RuleSet::FromYaml("title: T\nlogsource: {product: w}\ndetection: " +
                          std::string(detection) + "\n");
    EXPECT_EQ(rules_.rules().size(), 1U);
    plan_ = CompilePlan(rules_.detection_rules());
    std::vector<FieldId> fields;
    for (std::uint32_t i = 0; i < plan_.fields.size(); ++i) {
      fields.push_back(FieldId{i});
    }
    return CoverageOf(plan_.rules[0], log_source, fields, plan_,
                      taxonomy_.data());
  }

  static std::vector<std::string> Names(const EventCoverage& coverage) {
    std::vector<std::string> names;
    for (const CoveringEvent& event : coverage.events) {
      names.push_back(event.entry->name);
    }
    return names;
  }

  Taxonomy taxonomy_;
  RuleSet rules_;
  Plan plan_;
};

const LogSource kProcess{.product = "W", .category = "process", .service = {}};

TEST_F(EventCoverageTest, ListsTheEventsOfTheLogSource) {
  const EventCoverage coverage =
      Coverage("{a: {CommandLine: x}, condition: a}", kProcess);
  EXPECT_EQ(coverage.admitted, 2U);
  EXPECT_THAT(Names(coverage), ElementsAre("start", "stop"));
  EXPECT_THAT(DemandedValues(*coverage.events[0].entry, "EventID"),
              ElementsAre("1", "2"));
  EXPECT_THAT(DemandedValues(*coverage.events[0].entry, "Channel"),
              ElementsAre("Sec"));
}

TEST_F(EventCoverageTest, LeavesOutEventsOnWhichTheRuleCannotHold) {
  const EventCoverage third =
      Coverage("{a: {EventID: 3}, condition: a}", kProcess);
  EXPECT_EQ(third.admitted, 2U);
  EXPECT_THAT(Names(third), ElementsAre("stop"));
  EXPECT_THAT(Names(Coverage("{a: {EventID: '2'}, condition: a}", kProcess)),
              ElementsAre("start"));
  EXPECT_THAT(
      Names(Coverage("{a: {Channel|contains: zz}, condition: a}", kProcess)),
      IsEmpty());
  EXPECT_THAT(
      Names(Coverage("{a: {Channel|startswith: SE}, condition: a}", kProcess)),
      ElementsAre("start", "stop"));
  // The letters of the event's own value are not known.
  EXPECT_THAT(
      Names(Coverage("{a: {Channel|cased: SEC}, condition: a}", kProcess)),
      ElementsAre("start", "stop"));
}

TEST_F(EventCoverageTest, SaysWhichFieldsAreCarried) {
  const EventCoverage coverage = Coverage(
      "{a: {Channel: Sec}, b: {User: x}, c: {Other: y}, d: {Image: z}, "
      "condition: a and 1 of them}",
      kProcess);
  ASSERT_THAT(Names(coverage), ElementsAre("start", "stop"));
  const std::vector<CarriedField>& start = coverage.events[0].fields;
  const std::vector<CarriedField>& stop = coverage.events[1].fields;
  ASSERT_EQ(start.size(), 4U);
  EXPECT_EQ(start[0].carried, true);
  EXPECT_EQ(start[1].carried, std::nullopt);
  EXPECT_THAT(start[1].members, ElementsAre("User", "user.name"));
  EXPECT_EQ(start[2].carried, std::nullopt);
  EXPECT_THAT(start[2].members, IsEmpty());
  EXPECT_EQ(start[3].carried, true);
  EXPECT_THAT(start[3].members, ElementsAre("NewImage"));
  EXPECT_EQ(stop[3].carried, false);
}

TEST_F(EventCoverageTest, SaysWhyThereIsNone) {
  const EventCoverage coverage =
      Coverage("{a: {X: x}, condition: a}", {"cloud", "", ""});
  EXPECT_EQ(coverage.admitted, 0U);
  EXPECT_EQ(coverage.reason, "nothing tells it");
}

}  // namespace
}  // namespace hypersigma::internal
