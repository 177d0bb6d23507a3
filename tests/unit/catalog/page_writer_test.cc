#include "lib/catalog/page_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Catalog CatalogOf(std::string_view yaml) {
  const std::vector<RuleStream> streams{
      {.label = "/rules/a/b.yml", .yaml = std::string(yaml)}};
  return *Catalog::Build(RuleSet::FromStreams(streams),
                         {.sources = {{"own", "/rules"}}});
}

constexpr std::string_view kRules = R"(title: <b>Cmd</b>
id: 11111111-2222-3333-4444-555555555555
name: n
description: d
status: test
level: high
author: A
date: 2024-01-31
modified: 2024-02-01
references: [http://x]
falsepositives: [Unknown]
related:
  - {id: 99999999-2222-3333-4444-555555555555, type: derived}
  - {id: 00000000-2222-3333-4444-555555555555, type: obsolete}
tags: [attack.execution, attack.t1059, attack.made-up, cve.2024-1]
logsource: {product: windows, category: process_creation}
detection:
  sel: {Image|endswith: \cmd.exe}
  filter: {User: null}
  condition: sel and not filter
---
title: Other
id: 99999999-2222-3333-4444-555555555555
tags: [attack.execution]
logsource: {product: windows, category: process_creation}
detection:
  sel: {Image|contains: cmd}
  condition: sel
)";

TEST(PageWriter, WritesTheCard) {
  const std::string page = CatalogOf(kRules).PageJson(RuleId{0});
  EXPECT_THAT(
      page,
      HasSubstr(
          "{\"schema_version\":1,"
          "\"key\":\"11111111-2222-3333-4444-555555555555\","
          "\"position\":0,\"title\":\"\\u003cb\\u003eCmd\\u003c/b\\u003e\","
          "\"id\":\"11111111-2222-3333-4444-555555555555\","
          "\"name\":\"n\",\"description\":\"d\",\"status\":\"test\","
          "\"level\":\"high\",\"author\":\"A\",\"date\":\"2024-01-31\","
          "\"modified\":\"2024-02-01\",\"product\":\"windows\","
          "\"category\":\"process_creation\",\"service\":\"\","
          "\"source\":\"own\",\"path\":\"a/b.yml\",\"line\":1,"
          "\"document\":0,\"references\":[\"http://x\"],"
          "\"false_positives\":[\"Unknown\"],"));
}

TEST(PageWriter, LinksRelatedRulesBothWays) {
  const Catalog catalog = CatalogOf(kRules);
  EXPECT_THAT(
      catalog.PageJson(RuleId{0}),
      HasSubstr("\"related\":[{\"id\":\"99999999-2222-3333-4444-555555555555\","
                "\"type\":\"derived\","
                "\"keys\":[\"99999999-2222-3333-4444-555555555555\"]},"
                "{\"id\":\"00000000-2222-3333-4444-555555555555\","
                "\"type\":\"obsolete\",\"keys\":[]}],\"related_by\":[]"));
  EXPECT_THAT(catalog.PageJson(RuleId{1}),
              HasSubstr("\"related\":[],\"related_by\":[{\"key\":"
                        "\"11111111-2222-3333-4444-555555555555\","
                        "\"type\":\"derived\"}]"));
}

TEST(PageWriter, WritesTacticsAndTechniques) {
  EXPECT_THAT(
      CatalogOf(kRules).PageJson(RuleId{0}),
      HasSubstr("\"attack\":{\"tactics\":[{\"tactic\":\"execution\","
                "\"id\":\"TA0002\",\"name\":\"Execution\",\"rules\":2},"
                "{\"tactic\":\"made-up\",\"id\":null,\"name\":null,"
                "\"rules\":1}],\"techniques\":[{\"technique\":\"T1059\","
                "\"rules\":1}],\"other\":[]}"));
}

TEST(PageWriter, TellsWhichFieldsTheRuleNeeds) {
  const std::string page = CatalogOf(kRules).PageJson(RuleId{0});
  EXPECT_THAT(page, HasSubstr("{\"field\":\"Image\",\"field_id\":"
                              "\"23c4a723ff547c80\",\"needed\":true,"
                              "\"selections\":[\"sel\"]}"));
  EXPECT_THAT(page, HasSubstr("\"needed\":true,\"selections\":[\"filter\"]}"));
}

TEST(PageWriter, WritesIndicatorsAndLogic) {
  const std::string page = CatalogOf(kRules).PageJson(RuleId{0});
  EXPECT_THAT(page,
              HasSubstr("\"kind\":\"ends_with\",\"value\":\"\\\\cmd.exe\","
                        "\"modifiers\":[],\"cased\":false,"
                        "\"negated\":false,\"rules\":1,"
                        "\"sources\":{\"own\":1}}"));
  EXPECT_THAT(page, HasSubstr("\"kind\":\"null\",\"value\":\"null\","
                              "\"modifiers\":[],\"cased\":false,"
                              "\"negated\":true"));
  EXPECT_THAT(page,
              HasSubstr("\"logic\":{\"equal\":[],\"implies\":[{\"key\":"
                        "\"99999999-2222-3333-4444-555555555555\",\"title\":"
                        "\"Other\",\"source\":\"own\"}],\"implied_by\":[],"
                        "\"not_decided\":0}}"));
}

TEST(PageWriter, ShowsHostileTextAsText) {
  const Catalog catalog = CatalogOf(
      "title: \"\\u202e</script><script>alert(1)</script>\\u0001\"\n"
      "logsource: {product: \"<img>\"}\ndetection:\n  \"<b>\": {\"</td>\": "
      "\"\\u2028&\"}\n  condition: 1 of them\n");
  const std::string page = catalog.PageJson(RuleId{0});
  EXPECT_THAT(page, Not(HasSubstr("<")));
  EXPECT_THAT(page, Not(HasSubstr("\xE2\x80\xA8")));
  EXPECT_THAT(page, Not(HasSubstr("\x01")));
  EXPECT_THAT(page, HasSubstr("\\u202e\\u003c/script\\u003e"));
}

TEST(PageWriter, SaysWhyARuleIsNotCompiled) {
  std::string yaml = "title: T\nlogsource: {product: p}\ndetection:\n";
  std::string condition;
  for (int i = 0; i < 700; ++i) {
    yaml += "  s" + std::to_string(i) + ": {X: " + std::to_string(i) + "}\n";
  }
  const Catalog catalog = CatalogOf(yaml + "  condition: 350 of them\n");
  const std::string page = catalog.PageJson(RuleId{0});
  EXPECT_THAT(page, HasSubstr("\"compiled\":false,\"refusal\":\"condition "
                              "expands to more than"));
}

}  // namespace
}  // namespace hypersigma
