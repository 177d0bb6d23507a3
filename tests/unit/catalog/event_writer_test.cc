#include "lib/catalog/event_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;

std::string PageOf(std::string_view log_source, std::string_view selection) {
  const RuleSet rules = RuleSet::FromYaml(
      "title: T\nlogsource: " + std::string(log_source) +
      "\ndetection:\n  a: " + std::string(selection) + "\n  condition: a\n");
  EXPECT_EQ(rules.rules().size(), 1U);
  return Catalog::Build(rules)->PageJson(RuleId{0});
}

TEST(EventWriter, WritesWhatTheMapDemands) {
  const std::string page =
      PageOf("{product: windows, category: process_creation}", "{Image: x}");
  EXPECT_THAT(page,
              HasSubstr("{\"name\":\"windows security 4688\","
                        "\"product\":\"windows\",\"providers\":[],"
                        "\"channels\":[\"Security\"],\"event_ids\":[\"4688\"],"
                        "\"when\":[[{\"field\":\"Channel\",\"test\":\"equals\","
                        "\"values\":[\"Security\"]},"));
  EXPECT_THAT(page, HasSubstr("{\"field\":\"Image\",\"carried\":true,"
                              "\"members\":[\"NewProcessName\"]}],"
                              "\"missing\":[]}"));
  // Sysmon 1 has no such name for it, and its fields are not known.
  EXPECT_THAT(page, HasSubstr("{\"field\":\"Image\",\"carried\":null,"
                              "\"members\":[]}],\"missing\":null}"));
}

TEST(EventWriter, WritesTheEventIdsThatTheRuleAsksFor) {
  EXPECT_THAT(
      PageOf("{product: windows, service: security}", "{EventID: [4688, 528]}"),
      HasSubstr("\"event_ids\":[\"528\",\"4688\"]"));
}

TEST(EventWriter, SaysWhenNothingIsKnown) {
  EXPECT_THAT(PageOf("{product: made_up}", "{X: x}"),
              HasSubstr("\"events\":{\"known\":false,\"reason\":null,"
                        "\"admitted\":0,\"event_ids\":[],\"events\":[]}"));
}

}  // namespace
}  // namespace hypersigma
