#include "hypersigma/field_coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kRules = R"(
title: needs both
logsource: {product: a}
detection:
  s: {F: 1, G: 2}
  condition: s
---
title: needs one
logsource: {product: a}
detection:
  s: [{F: 1}, {G: 2}]
  condition: s
---
title: wants it missing
logsource: {product: a}
detection:
  s: {F: 1}
  n: {G: null}
  condition: s and n
---
title: excludes
logsource: {product: a}
detection:
  s: {F: 1}
  n: {G|contains: x, H|exists: true}
  condition: s and not n
---
title: refers
logsource: {product: a}
detection:
  s: {F|fieldref: G}
  condition: s
---
title: keywords
logsource: {product: b}
detection:
  s: [word]
  condition: s
)";

constexpr std::string_view kMap = R"(
log_sources:
  - name: a
    when: {source: a}
    is: [{product: a}]
    fields: {F: f}
)";

class FieldCoverageTest : public ::testing::Test {
 protected:
  void Scan(std::string_view json) {
    const absl::StatusOr<ScanResult> result = scanner_.ScanJson(json);
    ASSERT_TRUE(result.ok()) << result.status();
    coverage_.Observe(*result);
  }

  Engine engine_ =
      Engine::Build(RuleSet::FromYaml(kRules),
                    {.taxonomy = Taxonomy::Empty().Extend(kMap).value()})
          .value();
  Scanner scanner_ = Scanner::Create(engine_, {.fields = true}).value();
  FieldCoverage coverage_{engine_};
};

TEST_F(FieldCoverageTest, TellsWhatRulesNeed) {
  const std::vector<LogSourceNeeds> report = coverage_.Report();
  ASSERT_EQ(report.size(), 2u);
  EXPECT_EQ(report[0].log_source.product, "a");
  EXPECT_EQ(report[0].rules.size(), 5u);
  ASSERT_EQ(report[0].fields.size(), 3u);
  EXPECT_EQ(report[0].fields[0].field, "F");
  EXPECT_EQ(report[0].fields[0].rules, 5u);
  EXPECT_EQ(report[0].fields[1].rules, 4u);
  EXPECT_EQ(report[0].fields[2].field, "H");
  EXPECT_EQ(report[0].silent.size(), 5u);
  EXPECT_THAT(report[1].fields, IsEmpty());
}

TEST_F(FieldCoverageTest, RulesWithoutTheirFieldsAreSilent) {
  Scan(R"({"source":"a","f":1})");
  const std::vector<LogSourceNeeds> report = coverage_.Report();
  EXPECT_EQ(report[0].events, 1u);
  EXPECT_EQ(report[0].fields[0].events, 1u);  // under the alias
  EXPECT_EQ(report[0].fields[1].events, 0u);
  EXPECT_THAT(report[0].silent, ElementsAre(RuleId{0}, RuleId{4}));
  EXPECT_EQ(report[1].events, 0u);
  EXPECT_THAT(report[1].silent, ElementsAre(RuleId{5}));
}

TEST_F(FieldCoverageTest, UnclassifiedEventsCountForAll) {
  Scan(R"({"G":2})");
  Scan(R"({"source":"a","f":1})");
  const std::vector<LogSourceNeeds> report = coverage_.Report();
  EXPECT_EQ(report[0].events, 1u);
  EXPECT_EQ(report[0].fields[1].events, 0u);  // G, of the other event
  EXPECT_THAT(report[0].silent, IsEmpty());
  EXPECT_EQ(report[1].events, 0u);
  EXPECT_THAT(report[1].silent, IsEmpty());
}

}  // namespace
}  // namespace hypersigma
