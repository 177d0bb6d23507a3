#include "lib/input/arrow_type.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(ArrowType, ReadsFormats) {
  EXPECT_EQ(ParseArrowType("u"), (ArrowType{ArrowKind::kText, 4}));
  EXPECT_EQ(ParseArrowType("U"), (ArrowType{ArrowKind::kText, 8}));
  EXPECT_EQ(ParseArrowType("vu"), (ArrowType{ArrowKind::kTextView, 0}));
  EXPECT_EQ(ParseArrowType("c"), (ArrowType{ArrowKind::kSigned, 1}));
  EXPECT_EQ(ParseArrowType("L"), (ArrowType{ArrowKind::kUnsigned, 8}));
  EXPECT_EQ(ParseArrowType("+L"), (ArrowType{ArrowKind::kList, 8}));
}

TEST(ArrowType, KnowsNoOthers) {
  for (const char* const format : {"", "z", "vz", "e", "tsu:UTC", "tdD",
                                   "d:10,2", "+s", "+m", "+w:3", "ul", "x"}) {
    EXPECT_EQ(ParseArrowType(format), std::nullopt) << format;
  }
}

TEST(ArrowType, NamesTypes) {
  EXPECT_EQ(ArrowTypeName("tsu:UTC"), "timestamp");
  EXPECT_EQ(ArrowTypeName("tdD"), "date");
  EXPECT_EQ(ArrowTypeName("d:19,10"), "decimal");
  EXPECT_EQ(ArrowTypeName("vz"), "binary view");
  EXPECT_EQ(ArrowTypeName("+s"), "struct");
  EXPECT_EQ(ArrowTypeName("+vl"), "list view");
  EXPECT_EQ(ArrowTypeName("?"), "unknown");
}

}  // namespace
}  // namespace hypersigma::internal
