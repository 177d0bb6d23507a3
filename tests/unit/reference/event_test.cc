// Hand-made expectations, from "semantics", 3.

#include "lib/reference/event.h"

#include "gtest/gtest.h"
#include "lib/reference/json_value.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceEvent, LooksUpLiteralNamesFirst) {
  const auto event = ParseJson(
      R"({"a.b": null, "a": {"b": 1, "c.d": 2, "e": [{"f": 3}, {"f": [4]}]}})");
  ReferenceEvent parsed(*event);
  EXPECT_EQ(parsed.Field("a.b").elements.size(), 1u);
  EXPECT_EQ(parsed.Field("a.b").elements[0].kind, JsonValue::Kind::kNull);
  EXPECT_FALSE(parsed.Field("a.c.d").missing);
  EXPECT_EQ(parsed.Field("a.e.f").elements.size(), 2u);
  EXPECT_TRUE(parsed.Field("a.x").missing);
  EXPECT_TRUE(parsed.Field("a.b.c").missing);
}

}  // namespace
}  // namespace hypersigma::reference
