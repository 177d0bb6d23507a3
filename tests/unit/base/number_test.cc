#include "lib/base/number.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

std::string Text(std::string_view text) {
  const auto number = Number::Parse(text);
  if (!number) return "refused";
  std::string out;
  number->AppendText(&out);
  return out;
}

std::string Key(std::string_view text) {
  const auto number = Number::Parse(text);
  if (!number) return "refused";
  std::string out;
  number->AppendKey(&out);
  return out;
}

// "<", "=" or ">"
std::string Order(std::string_view a, std::string_view b) {
  const auto order = Number::Compare(*Number::Parse(a), *Number::Parse(b));
  if (order < 0) return "<";
  if (order > 0) return ">";
  return order == 0 ? "=" : "unordered";
}

TEST(NumberParse, RefusesWhatIsNotOneDecimalNumber) {
  for (std::string_view text :
       {"",      "+",     "-",     ".",     "e5",   ".5",      "1.",
        "1.e5",  "1e",    "1e+",   "--1",   "+-1",  " 1",      "1 ",
        "1_000", "1,5",   "0x10",  "0X1p3", "inf",  "nan",     "Infinity",
        "1.5.2", "1e5.0", "1e5e5", "12a",   "1e 5", "\xd9\xa1"}) {
    EXPECT_FALSE(Number::Parse(text).has_value()) << text;
  }
  EXPECT_FALSE(Number::Parse(std::string_view("1\0", 2)).has_value());
}

TEST(NumberParse, TellsIntegersFromFloats) {
  EXPECT_TRUE(Number::Parse("0")->is_integer());
  EXPECT_TRUE(Number::Parse("+17")->is_integer());
  EXPECT_TRUE(Number::Parse("-00017")->is_integer());
  EXPECT_FALSE(Number::Parse("17.0")->is_integer());
  EXPECT_FALSE(Number::Parse("17e0")->is_integer());
  EXPECT_FALSE(Number::Parse("1E2")->is_integer());
}

TEST(NumberText, GivesIntegersTheirDigits) {
  EXPECT_EQ(Text("0"), "0");
  EXPECT_EQ(Text("-0"), "0");
  EXPECT_EQ(Text("+0"), "0");
  EXPECT_EQ(Text("000"), "0");
  EXPECT_EQ(Text("+4624"), "4624");
  EXPECT_EQ(Text("-004624"), "-4624");
  const std::string digits = "1" + std::string(200, '0') + "7";
  EXPECT_EQ(Text(digits), digits);
  EXPECT_EQ(Text("-" + digits), "-" + digits);
}

TEST(NumberText, WritesIntegralFloatsBelow1e16AsIntegers) {
  EXPECT_EQ(Text("10.0"), "10");
  EXPECT_EQ(Text("1e3"), "1000");
  EXPECT_EQ(Text("-0.0"), "0");
  EXPECT_EQ(Text("0e99999999999999999999"), "0");
  EXPECT_EQ(Text("-2.50e1"), "-25");
  EXPECT_EQ(Text("9007199254740993.0"), "9007199254740992");
  EXPECT_EQ(Text("9999999999999998.0"), "9999999999999998");
  EXPECT_EQ(Text("1e15"), "1000000000000000");
}

TEST(NumberText, WritesOthersByShortestDigits) {
  EXPECT_EQ(Text("1.50"), "1.5");
  EXPECT_EQ(Text("1234.5"), "1234.5");
  EXPECT_EQ(Text("0.1"), "0.1");
  EXPECT_EQ(Text("0.1000000000000000055"), "0.1");
  EXPECT_EQ(Text("0.30000000000000004"), "0.30000000000000004");
  EXPECT_EQ(Text("0.0001"), "0.0001");
  EXPECT_EQ(Text("0.00012345"), "0.00012345");
  EXPECT_EQ(Text("0.00001"), "1e-05");
  EXPECT_EQ(Text("-0.000012345"), "-1.2345e-05");
  EXPECT_EQ(Text("1e16"), "1e+16");
  EXPECT_EQ(Text("-12345678901234567890.0"), "-1.2345678901234567e+19");
  EXPECT_EQ(Text("1e100"), "1e+100");
  EXPECT_EQ(Text("5e-324"), "5e-324");
  EXPECT_EQ(Text("1.7976931348623157e308"), "1.7976931348623157e+308");
}

TEST(NumberText, RoundTripsRandomDoubles) {
  std::mt19937_64 random(20240607);
  for (int i = 0; i < 20'000; ++i) {
    const double mantissa =
        std::ldexp(static_cast<double>(random() >> 11), -53) + 1.0;
    const int exponent = static_cast<int>(random() % 600) - 300;
    const double value = std::ldexp(mantissa, exponent);
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                   std::chars_format::scientific, 16);
    const std::string text = Text(std::string(buffer, end.ptr));
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(back, value) << text;
    ASSERT_EQ(text.find('e') == std::string::npos,
              value >= 1e-4 && value < 1e16)
        << text;
  }
}

TEST(NumberText, WritesNumbersBeyondDoublesFromTheirDigits) {
  EXPECT_EQ(Text("1e400"), "1e+400");
  EXPECT_EQ(Text("-12.50e400"), "-1.25e+401");
  EXPECT_EQ(Text("0.00125e500"), "1.25e+497");
  EXPECT_EQ(Text("10.0e+308"), "1e+309");
  EXPECT_EQ(Text("100.5e400"), "1.005e+402");
  EXPECT_EQ(Text("1.0e0000400"), "1e+400");
  EXPECT_EQ(Text("1e99999999999999999999"), "1e+4000000000000000000");
  EXPECT_EQ(Text("1e-400"), "0");
  EXPECT_EQ(Text("-1e-99999999999999999999"), "0");
  EXPECT_EQ(Key("12.50e400"), "1.25e+401");
}

TEST(NumberKey, IsEqualForEqualNumbersOnly) {
  EXPECT_EQ(Key("4624"), "4624");
  EXPECT_EQ(Key("4624.0"), "4624");
  EXPECT_EQ(Key("4.624e3"), "4624");
  EXPECT_EQ(Key("-0.0"), "0");
  EXPECT_EQ(Key("1.5"), "1.5");
  EXPECT_EQ(Key("1e16"), "10000000000000000");
  EXPECT_EQ(Key("1e22"), "10000000000000000000000");
  EXPECT_EQ(Key("1e23"), "99999999999999991611392");
  EXPECT_EQ(Key("-1e23"), "-99999999999999991611392");
  EXPECT_EQ(Key("1.7976931348623157e308").size(), 309u);
}

TEST(NumberKey, AgreesWithCompare) {
  const std::vector<std::string> texts = {"0",
                                          "-0.0",
                                          "1",
                                          "1.0",
                                          "-1",
                                          "1.5",
                                          "-1.5",
                                          "15e-1",
                                          "9007199254740992",
                                          "9007199254740993",
                                          "9007199254740992.0",
                                          "9007199254740993.0",
                                          "10000000000000000",
                                          "1e16",
                                          "10000000000000001",
                                          "99999999999999991611392",
                                          "100000000000000000000000",
                                          "1e23",
                                          "0.1",
                                          "1e-1",
                                          "1e300",
                                          "-1e300",
                                          "5e-324",
                                          "1e-5",
                                          "0.00001"};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      EXPECT_EQ(Key(a) == Key(b), Order(a, b) == "=") << a << " " << b;
    }
  }
}

TEST(NumberCompare, OrdersIntegersOfAnyLength) {
  EXPECT_EQ(Order("9", "10"), "<");
  EXPECT_EQ(Order("-9", "-10"), ">");
  EXPECT_EQ(Order("-1", "0"), "<");
  EXPECT_EQ(Order("007", "7"), "=");
  EXPECT_EQ(
      Order("123456789012345678901234567890", "123456789012345678901234567891"),
      "<");
  EXPECT_EQ(Order("-123456789012345678901234567890",
                  "-123456789012345678901234567891"),
            ">");
}

TEST(NumberCompare, OrdersIntegersAgainstFloatsExactly) {
  EXPECT_EQ(Order("3", "3.5"), "<");
  EXPECT_EQ(Order("4", "3.5"), ">");
  EXPECT_EQ(Order("-3", "-3.5"), ">");
  EXPECT_EQ(Order("-4", "-3.5"), "<");
  EXPECT_EQ(Order("3.5", "3"), ">");
  EXPECT_EQ(Order("0", "0.5"), "<");
  EXPECT_EQ(Order("0", "-0.5"), ">");
  EXPECT_EQ(Order("0", "-0.0"), "=");
  EXPECT_EQ(Order("9007199254740993", "9007199254740992.0"), ">");
  EXPECT_EQ(Order("100000000000000000000000", "1e23"), ">");
  EXPECT_EQ(Order("99999999999999991611392", "1e23"), "=");
}

TEST(NumberCompare, TakesNumbersBeyondDoublesAsInfinite) {
  EXPECT_EQ(Order("1e400", "1.7976931348623157e308"), ">");
  EXPECT_EQ(Order("-1e400", "-1e300"), "<");
  EXPECT_EQ(Order("5", "1e400"), "<");
  EXPECT_EQ(Order("5", "-1e400"), ">");
  EXPECT_EQ(Order("-5", "-1e400"), ">");
}

TEST(PlainInteger, IsWhatNumbersAreWrittenAs) {
  for (const char* plain : {"0", "7", "10", "-5", "123456789012345678901"}) {
    EXPECT_TRUE(IsPlainInteger(plain)) << plain;
  }
  for (const char* other : {"", "-", "-0", "007", "1.0", "1e3", "+1", "x"}) {
    EXPECT_FALSE(IsPlainInteger(other)) << other;
  }
}

TEST(ShortInteger, IsAPlainOneOfUpToEightDigits) {
  const auto is_short = [](std::string text) {
    const std::size_t size = text.size();
    return IsShortInteger(text.append("9\"/:,}]x").data(), size);
  };
  for (const char* text : {"0", "7", "10", "4688", "12345678", "90000009"}) {
    EXPECT_TRUE(is_short(text)) << text;
  }
  for (const char* text : {"", "-5", "00", "007", "123456789", "1.0", "1e3",
                           "12a4", "12:4", "12/4", "1 ", " 1", "1\xB0"}) {
    EXPECT_FALSE(is_short(text)) << text;
  }
  // Every byte at every place.
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t at = 0; at < 8; ++at) {
      std::string text = "11111111";
      text[at] = static_cast<char>(byte);
      const bool is_signed = text.front() == '-';
      EXPECT_EQ(is_short(text), IsPlainInteger(text) && !is_signed)
          << byte << " " << at;
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
