// What is wrong with a pipeline's text, for literal expectations.

#ifndef HYPERSIGMA_TESTS_UNIT_PIPELINE_PIPELINE_ERRORS_H_
#define HYPERSIGMA_TESTS_UNIT_PIPELINE_PIPELINE_ERRORS_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/pipeline/pipeline_parser.h"
#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {

// The message of the errors of `yaml`, or "" if it parses.
inline std::string Errors(std::string_view yaml) {
  const auto pipeline = ParsePipeline(yaml, "p.yml");
  if (pipeline.ok()) return "";
  EXPECT_TRUE(absl::IsInvalidArgument(pipeline.status()));
  return MessageOf(pipeline.status());
}

// The same of one item.
inline std::string ItemErrors(std::string_view item) {
  return Errors("transformations: [{" + std::string(item) + "}]");
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_PIPELINE_PIPELINE_ERRORS_H_
