#include "lib/reference/json_value.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(JsonValue, KeepsTokensOrderAndDuplicates) {
  const auto value =
      ParseJson(R"( {"b": 1.50, "a": [true, null, "x"], "b": -0} )");
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(
      *value,
      JsonValue::Object(
          {{"b", JsonValue::Number("1.50")},
           {"a", JsonValue::Array({JsonValue::Bool(true), JsonValue::Null(),
                                   JsonValue::String("x")})},
           {"b", JsonValue::Number("-0")}}));
}

TEST(JsonValue, UnescapesStrings) {
  const auto value = ParseJson(R"("\u00e9\ud83d\ude00\ud800x\n\/\"")");
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(value->text, "é😀\uFFFDx\n/\"");
}

TEST(JsonValue, KeepsInvalidBytes) {
  const std::string text = "\"a\xFE\xE2\x82z\"";
  const auto value = ParseJson(text);
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(value->text, "a\xFE\xE2\x82z");
}

TEST(JsonValue, RefusesWhatIsNoJson) {
  for (const std::string_view text :
       {"", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"a", "{} {}",
        "{\"a\" 1}", "\"\\x\"", "[1 2]"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
}

}  // namespace
}  // namespace hypersigma::reference
