#include "lib/catalog/stage_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;

std::string PageOf(std::string_view yaml) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kRefused), 0U);
  return Catalog::Build(rules)->PageJson(RuleId{0});
}

std::string Rule(std::string_view detection) {
  return "title: T\nname: r\nlogsource: {product: p}\ndetection:\n" +
         std::string(detection);
}

TEST(StageWriter, BeginsWithTheCondition) {
  EXPECT_THAT(
      PageOf(Rule("  a: {X: 1}\n  b_1: {X: 2}\n  b_2: {X: 3}\n"
                  "  condition: not a or 1 of b_*\n")),
      HasSubstr("\"stages\":[{\"stage\":0,\"kind\":\"condition\","
                "\"name\":null,\"yaml\":\"  condition: not a or 1 of b_*\","
                "\"first_line\":8,\"last_line\":8,"
                "\"expression\":\"not a or 1 of (b_1, b_2)\","
                "\"always\":true},"
                "{\"stage\":1,\"kind\":\"selection\",\"name\":\"a\","
                "\"yaml\":\"  a: {X: 1}\",\"first_line\":5,\"last_line\":5,"
                "\"named\":true,\"from_filter\":false,\"negated\":true,"));
}

TEST(StageWriter, WritesTheTreeOfASelection) {
  EXPECT_THAT(
      PageOf(Rule("  a:\n    - X|contains|all: [A, b]\n    - Y|neq: 5\n"
                  "  condition: a\n")),
      AllOf(HasSubstr("\"detection\":{\"any_of\":[{\"all_of\":["
                      "{\"field\":\"X\","),
            HasSubstr("\"modifiers\":[\"contains\",\"all\"],\"all\":true,"
                      "\"neq\":false,\"values\":[{\"kind\":\"match\","
                      "\"value\":\"A\","),
            HasSubstr("\"predicates\":[{\"predicate\":0,\"op\":\"contains\","
                      "\"operand\":\"a\",\"cased\":false}],"
                      "\"predicate_count\":1}"),
            HasSubstr("\"modifiers\":[\"neq\"],\"all\":false,\"neq\":true,"),
            HasSubstr("\"op\":\"number_equals\",\"operand\":\"5\"")));
}

TEST(StageWriter, WritesPatternsAsSigmaDoes) {
  EXPECT_THAT(PageOf(Rule("  a: {X: 'a\\*b*c?d', Y|fieldref: Z}\n"
                          "  condition: a\n")),
              AllOf(HasSubstr("\"op\":\"glob\",\"operand\":\"a\\\\*b*c?d\""),
                    HasSubstr("\"op\":\"field_ref\",\"operand\":\"Z\"")));
}

TEST(StageWriter, ListsTheFirstPredicatesOfManyVariants) {
  const std::string page =
      PageOf(Rule("  a: {X|windash|contains: ' -a -b -c'}\n  condition: a\n"));
  EXPECT_THAT(page, HasSubstr("\"predicate_count\":125}"));
  EXPECT_THAT(page, HasSubstr("{\"predicate\":15,"));
  EXPECT_EQ(page.find("{\"predicate\":16,"), std::string::npos);
}

TEST(StageWriter, PutsFiltersLast) {
  EXPECT_THAT(
      PageOf(Rule("  a: {X: 1}\n  condition: a\n") +
             "---\ntitle: F\nlogsource: {product: p}\nfilter:\n"
             "  rules: [r]\n  f: {Y: 2}\n  condition: not f\n"),
      AllOf(HasSubstr("\"expression\":\"a and not f\""),
            HasSubstr("\"stage\":2,\"kind\":\"selection\",\"name\":\"f\","
                      "\"yaml\":null,\"first_line\":null,\"last_line\":null,"
                      "\"named\":true,\"from_filter\":true,\"negated\":true,"),
            HasSubstr("\"changed\":[\"filter\"]"),
            HasSubstr("\"value\":\"2\",\"indicator\":null,")));
}

}  // namespace
}  // namespace hypersigma
