#include "lib/rule/yaml_scalar.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/number.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

struct ScalarCase {
  std::string_view written;
  Kind kind;
  std::string_view text;
};

class PlainScalar : public testing::TestWithParam<ScalarCase> {};

TEST_P(PlainScalar, HasTypeAndText) {
  const TypedScalar scalar = TypePlainScalar(GetParam().written);
  EXPECT_EQ(scalar.kind, GetParam().kind);
  EXPECT_EQ(scalar.text, GetParam().text);
  if (scalar.kind == Kind::kInteger || scalar.kind == Kind::kFloat) {
    EXPECT_TRUE(Number::Parse(scalar.text).has_value());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Core, PlainScalar,
    testing::Values(ScalarCase{"", Kind::kNull, ""},
                    ScalarCase{"~", Kind::kNull, ""},
                    ScalarCase{"null", Kind::kNull, ""},
                    ScalarCase{"NULL", Kind::kNull, ""},
                    ScalarCase{"nUll", Kind::kString, "nUll"},
                    ScalarCase{"true", Kind::kBool, "true"},
                    ScalarCase{"False", Kind::kBool, "false"},
                    ScalarCase{"TRUE", Kind::kBool, "true"},
                    ScalarCase{"tRue", Kind::kString, "tRue"},
                    ScalarCase{"yes", Kind::kString, "yes"},
                    ScalarCase{"off", Kind::kString, "off"},
                    ScalarCase{"0", Kind::kInteger, "0"},
                    ScalarCase{"-0", Kind::kInteger, "0"},
                    ScalarCase{"4688", Kind::kInteger, "4688"},
                    ScalarCase{"+5", Kind::kInteger, "5"},
                    ScalarCase{"-12", Kind::kInteger, "-12"},
                    ScalarCase{"123456789012345678901234567890", Kind::kInteger,
                               "123456789012345678901234567890"},
                    ScalarCase{"00000429", Kind::kString, "00000429"},
                    ScalarCase{"00", Kind::kString, "00"},
                    ScalarCase{"-01", Kind::kString, "-01"},
                    ScalarCase{"01.5", Kind::kString, "01.5"},
                    ScalarCase{"1_000", Kind::kString, "1_000"},
                    ScalarCase{"12:30", Kind::kString, "12:30"},
                    ScalarCase{"2024-01-31", Kind::kString, "2024-01-31"},
                    ScalarCase{"10.0.0.1", Kind::kString, "10.0.0.1"},
                    ScalarCase{"-", Kind::kString, "-"},
                    ScalarCase{".", Kind::kString, "."}));

INSTANTIATE_TEST_SUITE_P(
    RadixAndFloat, PlainScalar,
    testing::Values(ScalarCase{"0x17", Kind::kInteger, "23"},
                    ScalarCase{"0xfF", Kind::kInteger, "255"},
                    ScalarCase{"0o17", Kind::kInteger, "15"},
                    ScalarCase{"0x00000000000000000000000000000001",
                               Kind::kInteger, "1"},
                    ScalarCase{"0xffffffffffffffff", Kind::kInteger,
                               "18446744073709551615"},
                    ScalarCase{"0x10000000000000000", Kind::kInteger,
                               "18446744073709551616"},
                    ScalarCase{"0x3b9aca00", Kind::kInteger, "1000000000"},
                    ScalarCase{"0x", Kind::kString, "0x"},
                    ScalarCase{"0xg", Kind::kString, "0xg"},
                    ScalarCase{"0o8", Kind::kString, "0o8"},
                    ScalarCase{"-0x17", Kind::kString, "-0x17"},
                    ScalarCase{"0b1", Kind::kString, "0b1"},
                    ScalarCase{"1e3", Kind::kFloat, "1e3"},
                    ScalarCase{"1E-3", Kind::kFloat, "1e-3"},
                    ScalarCase{"+1.5", Kind::kFloat, "1.5"},
                    ScalarCase{"-.5", Kind::kFloat, "-0.5"},
                    ScalarCase{"5.", Kind::kFloat, "5.0"},
                    ScalarCase{"0.0", Kind::kFloat, "0.0"},
                    ScalarCase{"1e", Kind::kString, "1e"},
                    ScalarCase{"e3", Kind::kString, "e3"},
                    ScalarCase{".inf", Kind::kString, ".inf"},
                    ScalarCase{".nan", Kind::kString, ".nan"}));

TEST(PlainScalar, LeavesVeryLongHexadecimalAlone) {
  const std::string longest = "0x" + std::string(64, '1');
  EXPECT_EQ(TypePlainScalar(longest).kind, Kind::kInteger);
  EXPECT_EQ(TypePlainScalar(longest + "1").kind, Kind::kString);
}

TEST(TaggedScalar, TakesOnlyWhatFits) {
  EXPECT_EQ(TypeTaggedScalar(Kind::kString, "17")->text, "17");
  EXPECT_EQ(TypeTaggedScalar(Kind::kInteger, "0x11")->text, "17");
  EXPECT_EQ(TypeTaggedScalar(Kind::kFloat, "17")->kind, Kind::kFloat);
  EXPECT_FALSE(TypeTaggedScalar(Kind::kBool, "yes").has_value());
  EXPECT_FALSE(TypeTaggedScalar(Kind::kInteger, "1.5").has_value());
  EXPECT_FALSE(TypeTaggedScalar(Kind::kList, "x").has_value());
}

SourceRange PlaceOf(std::string_view yaml, std::size_t begin, std::size_t end) {
  const Source source("a.yml", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  return PlaceInScalar(source, documents.at(0).root, begin, end);
}

TEST(PlaceInScalar, CountsFromTheTextWhereItStandsAsWritten) {
  EXPECT_EQ(PlaceOf("abc", 1, 2).begin, 1u);
  EXPECT_EQ(PlaceOf("'abc'", 1, 2).begin, 2u);
  EXPECT_EQ(PlaceOf("'abc'", 1, 2).end, 3u);
  EXPECT_EQ(PlaceOf("\"\u00e4bc\"", 2, 3).begin, 3u);
}

TEST(PlaceInScalar, FallsBackToTheScalar) {
  EXPECT_EQ(PlaceOf("'a''c'", 2, 3).begin, 0u);
  EXPECT_EQ(PlaceOf("a\n  b", 2, 3).begin, 0u);
  EXPECT_EQ(PlaceOf("\"a\\tb\"", 2, 3).end, 6u);
}

}  // namespace
}  // namespace hypersigma::internal
