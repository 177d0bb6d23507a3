#include "tests/support/json_writer.h"

#include <string>

#include "gtest/gtest.h"
#include "lib/reference/json_value.h"
#include "tests/support/random.h"

namespace hypersigma::reference {
namespace {

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
