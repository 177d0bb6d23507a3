#include "lib/pipeline/conditions_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/unit/pipeline/pipeline_errors.h"

namespace hypersigma::internal {
namespace {

TEST(ConditionsParser, RefusesWhatHasNoMeaning) {
  EXPECT_EQ(ItemErrors("type: case, field_name_cond_not: true"),
            "p.yml:1:53: 'field_name_cond_not' stands without "
            "'field_name_conditions', so that the transformation would never "
            "be applied");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: [{type: logsource}]"),
            "p.yml:1:50: condition 'logsource' is empty, expected 'product', "
            "'category' or 'service'");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: [{type: rule_attribute, "
                       "attribute: level, value: huge}]"),
            "p.yml:1:50: 'value' is 'huge', which attribute 'level' never is");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: [{type: rule_attribute, "
                       "attribute: title, value: x, op: gt}]"),
            "p.yml:1:50: 'op' is 'gt', which says nothing of attribute "
            "'title', expected 'eq' or 'ne'");
  EXPECT_EQ(ItemErrors("type: case, rule_conditions: [{type: rule_attribute, "
                       "attribute: fields, value: x, op: in}]"),
            "p.yml:1:84: attribute 'fields' is not supported: rules do not "
            "keep it");
  EXPECT_EQ(ItemErrors("type: case, detection_item_conditions: [{type: "
                       "is_null}]"),
            "p.yml:1:60: condition 'is_null' has no 'cond'");
  EXPECT_EQ(ItemErrors("type: case, field_name_conditions: [{type: "
                       "include_fields, mode: re, fields: ['a', '(']}]"),
            "p.yml:1:105: invalid regular expression: missing closing "
            "parenthesis");
}

}  // namespace
}  // namespace hypersigma::internal
