#include "tests/support/json_value.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "tests/support/json_writer.h"
#include "tests/support/random.h"

namespace hypersigma::reference {
namespace {

TEST(JsonValue, KeepsTokensOrderAndDuplicates) {
  const auto value =
      ParseJson(R"( {"b": 1.50, "a": [true, null, "x"], "b": -0} )");
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(WriteJson(*value), R"({"b":1.50,"a":[true,null,"x"],"b":-0})");
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
  EXPECT_EQ(WriteJson(*value), text);
}

TEST(JsonValue, RefusesWhatIsNoJson) {
  for (const std::string_view text :
       {"", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"a", "{} {}",
        "{\"a\" 1}", "\"\\x\"", "[1 2]"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
}

TEST(JsonWriter, WritesManyFormsOfOneValue) {
  const auto value =
      ParseJson(R"({"a/é":["\u0000\t😀",{"b":{}}],"c":12e3,"d":[],"e":null})");
  ASSERT_TRUE(value.ok()) << value.status();
  generator::Random random(7);
  int other_forms = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::string text = WriteJsonRandomly(*value, random);
    const auto again = ParseJson(text);
    ASSERT_TRUE(again.ok()) << text << again.status();
    ASSERT_EQ(*again, *value) << text;
    if (text != WriteJson(*value)) ++other_forms;
  }
  EXPECT_GT(other_forms, 300);
}

}  // namespace
}  // namespace hypersigma::reference
