// Hand-made expectations for whole rules.

#include "lib/reference/evaluator.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "lib/reference/json_value.h"
#include "lib/reference/loader.h"

namespace hypersigma::reference {
namespace {

constexpr char kHead[] = "title: T\nlogsource: {category: c}\ndetection:\n";

// Whether a rule with this selection holds for the event.
bool Holds(const std::string& selection, std::string_view event) {
  const auto rule = ParseReferenceRule(std::string(kHead) + "  s: {" +
                                       selection + "}\n  condition: s\n");
  EXPECT_TRUE(rule.ok()) << rule.status();
  const auto json = ParseJson(event);
  EXPECT_TRUE(json.ok()) << json.status();
  if (!rule.ok() || !json.ok()) return false;
  ReferenceEvent parsed(*json);
  return RuleHolds(*rule, parsed) == Truth::kTrue;
}

TEST(ReferenceEvent, TakesDuplicateKeysAsAnArray) {
  EXPECT_TRUE(Holds("F: b", R"({"F": "a", "F": "b"})"));
  EXPECT_TRUE(Holds("F.G: b", R"({"F": {"G": "b"}, "F": 1})"));
}

TEST(ReferenceEvaluator, ComparesValuesByType) {
  EXPECT_TRUE(Holds("F: 4624", R"({"F": "4624"})"));
  EXPECT_TRUE(Holds("F: 4624", R"({"F": 4624.0})"));
  EXPECT_FALSE(Holds("F: 4624", R"({"F": "04624"})"));
  EXPECT_TRUE(Holds("F: '10'", R"({"F": 10.0})"));
  EXPECT_TRUE(Holds("F: true", R"({"F": "TRUE"})"));
  EXPECT_FALSE(Holds("F: true", R"({"F": 1})"));
  EXPECT_TRUE(Holds("F: null", R"({})"));
  EXPECT_TRUE(Holds("F: null", R"({"F": ["a", null]})"));
  EXPECT_FALSE(Holds("F: null", R"({"F": []})"));
  EXPECT_TRUE(Holds("F: ''", R"({"F": ""})"));
  EXPECT_FALSE(Holds("F: ''", R"({})"));
}

TEST(ReferenceEvaluator, AppliesModifiersFromLeftToRight) {
  EXPECT_TRUE(Holds("F|wide|base64: Test", R"({"F": "VABlAHMAdAA="})"));
  EXPECT_TRUE(Holds("F|windash|contains: '-f'", R"({"F": "a /F"})"));
  EXPECT_TRUE(Holds("F|re|i: '^A.b$'", R"({"F": "axB"})"));
  EXPECT_TRUE(Holds("F|cidr: 10.0.0.0/9", R"({"F": "10.127.0.1"})"));
  EXPECT_FALSE(Holds("F|cidr: 10.0.0.0/9", R"({"F": "10.128.0.1"})"));
  EXPECT_TRUE(Holds("F|gte: 10", R"({"F": "10.0"})"));
  EXPECT_TRUE(Holds("F|neq: a", R"({})"));
  EXPECT_TRUE(Holds("F|fieldref|endswith: G", R"({"F": "xyZ", "G": "yz"})"));
  EXPECT_TRUE(Holds("F|exists: false", R"({"G": 1})"));
  EXPECT_TRUE(Holds("F|week|lt: 2", R"({"F": "2024-01-03T10:00:00Z"})"));
}

TEST(ReferenceEvaluator, SeeksKeywordsInEveryValue) {
  EXPECT_TRUE(Holds("'|all': [ab, cd]", R"({"F": "xab", "G": ["CD"]})"));
  EXPECT_FALSE(Holds("'|all': [ab, cd]", R"({"ab": "cd"})"));
}

}  // namespace
}  // namespace hypersigma::reference
