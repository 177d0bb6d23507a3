#include "lib/engine/compact_json.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

std::string Compact(std::string_view json) {
  std::string out = "x";
  AppendCompactJson(json, &out);
  return out.substr(1);
}

TEST(CompactJson, LeavesOutBlanksBetweenParts) {
  EXPECT_EQ(Compact("{ \"a b\" : [ 1 ,\r\n\t-2e5 , true ] }\n"),
            R"({"a b":[1,-2e5,true]})");
  EXPECT_EQ(Compact("{}"), "{}");
}

TEST(CompactJson, KeepsStringsAsTheyAre) {
  constexpr std::string_view kJson =
      "{\"a\\\"  b\":\"C:\\\\ \\n \\u00e9 \xC3\xA9 \\ud83d\\ude00\"}";
  EXPECT_EQ(Compact(kJson), kJson);
}

TEST(CompactJson, EscapesControlBytesInStrings) {
  EXPECT_EQ(Compact("{\"a\":\"x\n\x1b\ty\"}"), R"({"a":"x\n\u001b\ty"})");
  EXPECT_EQ(Compact(std::string_view("{\"a\":\"\0\"}", 9)),
            R"({"a":"\u0000"})");
}

TEST(CompactJson, EscapesWhatAScreenWouldObey) {
  EXPECT_EQ(Compact("{\"a\":\"\x7f \xC2\x9B \xE2\x80\xAE\"}"),
            R"({"a":"\u007f \u009b \u202e"})");
}

TEST(CompactJson, ReplacesWhatIsNoText) {
  EXPECT_EQ(Compact("{\"a\":\"x\xff\xC3\"}"),
            "{\"a\":\"x\xEF\xBF\xBD\xEF\xBF\xBD\"}");
  EXPECT_EQ(Compact(R"({"a":"\ud800x\udc00"})"),
            "{\"a\":\"\xEF\xBF\xBDx\xEF\xBF\xBD\"}");
  EXPECT_EQ(Compact(R"({"a":"\ud800\ud83d\ude00"})"),
            "{\"a\":\"\xEF\xBF\xBD\\ud83d\\ude00\"}");
  EXPECT_EQ(Compact(R"({"a":"\ud800\u0041"})"),
            "{\"a\":\"\xEF\xBF\xBD\\u0041\"}");
}

TEST(CompactJson, EndsWhereTheTextDoes) {
  EXPECT_EQ(Compact("{\"a"), "{\"a");
  EXPECT_EQ(Compact("{\"a\\"), "{\"a\\");
  EXPECT_EQ(Compact("{\"a\\u12"), "{\"a\\u12");
}

}  // namespace
}  // namespace hypersigma::internal
