#include "lib/pipeline/transformation_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/unit/pipeline/pipeline_errors.h"

namespace hypersigma::internal {
namespace {

TEST(TransformationParser, NamesWhatIsNotSupportedAndWhy) {
  EXPECT_EQ(ItemErrors("type: query_expression_placeholders, expression: x"),
            "p.yml:1:26: transformation 'query_expression_placeholders' is not "
            "supported: it writes text into a query, and there is no query "
            "here");
  for (const std::string_view type :
       {"command_placeholders", "extract_fields", "field_name_transform",
        "file_placeholders", "http_placeholders", "regex",
        "strict_field_mapping_failure"}) {
    EXPECT_NE(ItemErrors("type: " + std::string(type))
                  .find("'" + std::string(type) + "' is not supported: "),
              std::string::npos);
  }
}

TEST(TransformationParser, RefusesWhatHasNoMeaning) {
  EXPECT_EQ(ItemErrors("type: field_name_mapping, mapping: {A: []}"),
            "p.yml:1:59: the mapping of 'A' is an empty list, expected a "
            "string or a list of strings");
  EXPECT_EQ(ItemErrors("type: change_logsource"),
            "p.yml:1:19: 'change_logsource' leaves rules without a log source, "
            "expected 'product', 'category' or 'service'");
  EXPECT_EQ(ItemErrors("type: case, method: title"),
            "p.yml:1:40: 'method' of transformation 'case' is the string "
            "'title', expected 'lower', 'upper' or 'snake_case'");
  EXPECT_EQ(ItemErrors("type: add_condition, conditions: {'A|contain': b}"),
            "p.yml:1:57: unknown modifier 'contain' on field 'A'; did you mean "
            "'contains'?");
  EXPECT_EQ(ItemErrors("type: hashes_fields, valid_hash_algos: [MD5], "
                       "drop_algo_prefix: true"),
            "p.yml:1:19: 'drop_algo_prefix' without 'field_prefix' leaves no "
            "name for the fields of hashes");
  EXPECT_EQ(ItemErrors("type: value_placeholders, include: [a], exclude: [b]"),
            "p.yml:1:69: 'include' and 'exclude' exclude each other");
  EXPECT_EQ(ItemErrors("type: replace_string, regex: a, replacement: '\\1'"),
            "p.yml:1:65: the pattern has no group '1'");
  EXPECT_EQ(ItemErrors("type: set_value, value: [a]"),
            "p.yml:1:44: 'value' of transformation 'set_value' is a list, "
            "expected a string, number, boolean or null");
}

}  // namespace
}  // namespace hypersigma::internal
