#include "lib/catalog/json_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

std::string Written(std::string_view text) {
  std::string out;
  JsonWriter(&out).String(text);
  return out;
}

TEST(JsonWriter, SeparatesMembersAndElements) {
  std::string out;
  JsonWriter json(&out);
  json.OpenObject();
  json.Member("a", "x");
  json.Member("b", 7);
  json.MemberStrings("c", std::vector<std::string>{"y", "z"});
  json.Key("d");
  json.OpenArray();
  json.OpenObject();
  json.CloseObject();
  json.OpenObject();
  json.CloseObject();
  json.CloseArray();
  json.MemberBool("e", true);
  json.MemberNull("f");
  json.MemberOrNull("g", std::string_view());
  json.MemberOrNull("h", "");
  json.CloseObject();
  EXPECT_EQ(out,
            "{\"a\":\"x\",\"b\":7,\"c\":[\"y\",\"z\"],\"d\":[{},{}],"
            "\"e\":true,\"f\":null,\"g\":null,\"h\":\"\"}");
}

TEST(JsonWriter, EscapesMarkup) {
  EXPECT_EQ(Written("</script><b>&"),
            "\"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\"");
}

TEST(JsonWriter, EscapesWhatReadersObey) {
  EXPECT_EQ(Written("a\"\\\n\x01"), "\"a\\\"\\\\\\n\\u0001\"");
  // Line separator, right-to-left override.
  EXPECT_EQ(Written("\xE2\x80\xA8\xE2\x80\xAE"), "\"\\u2028\\u202e\"");
}

TEST(JsonWriter, ReplacesInvalidBytes) {
  EXPECT_EQ(Written("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

TEST(JsonWriter, EscapesKeys) {
  std::string out;
  JsonWriter json(&out);
  json.OpenObject();
  json.Member("<\"", 1);
  json.CloseObject();
  EXPECT_EQ(out, "{\"\\u003c\\\"\":1}");
}

}  // namespace
}  // namespace hypersigma::internal
