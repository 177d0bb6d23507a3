// Hand-made expectations, from "semantics", 3.5.

#include "lib/reference/number.h"

#include <string_view>

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceNumber, HasPythonsText) {
  EXPECT_EQ(CanonicalNumberText("10.0"), "10");
  EXPECT_EQ(CanonicalNumberText("-0"), "0");
  EXPECT_EQ(CanonicalNumberText("1e15"), "1000000000000000");
  EXPECT_EQ(CanonicalNumberText("1e16"), "1e+16");
  EXPECT_EQ(CanonicalNumberText("0.0001"), "0.0001");
  EXPECT_EQ(CanonicalNumberText("0.00001"), "1e-05");
  EXPECT_EQ(CanonicalNumberText("-1234.50"), "-1234.5");
  EXPECT_EQ(CanonicalNumberText("123456789012345678901234567890"),
            "123456789012345678901234567890");
  EXPECT_EQ(CanonicalNumberText("-12.50e400"), "-1.25e+401");
  EXPECT_EQ(CanonicalNumberText("0.00125e500"), "1.25e+497");
  EXPECT_EQ(CanonicalNumberText("1e99999999999999999999"),
            "1e+4000000000000000000");
}

int Order(std::string_view a, std::string_view b) {
  return CompareDecimals(*ParseDecimal(a), *ParseDecimal(b));
}

TEST(ReferenceNumber, ComparesExactly) {
  EXPECT_LT(Order("9007199254740992", "9007199254740993"), 0);
  EXPECT_GT(Order("9007199254740993", "9007199254740992.0"), 0);
  EXPECT_EQ(Order("1e3", "1000"), 0);
  EXPECT_EQ(Order("-0.0", "0"), 0);
  EXPECT_LT(Order("-2", "-1.5"), 0);
  EXPECT_GT(Order("0.1", "0.0999"), 0);
  EXPECT_GT(Order("1e999", "123456789012345678901234567890"), 0);
  EXPECT_FALSE(ParseDecimal("0x10").has_value());
  EXPECT_FALSE(ParseDecimal(" 1").has_value());
  EXPECT_FALSE(ParseDecimal("1.").has_value());
}

}  // namespace
}  // namespace hypersigma::reference
