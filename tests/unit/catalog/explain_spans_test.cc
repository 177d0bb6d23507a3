#include "lib/catalog/explain_spans.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/text.h"
#include "lib/rule/sigma_string.h"
#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

Predicate Glob(std::string_view source) {
  Predicate predicate = Text(Operator::kGlob, "");
  predicate.glob = SigmaString::Parse(source).parts();
  return predicate;
}

TEST(FindInText, FindsTheFirstPlace) {
  const TextFinding found =
      FindInText(Text(Operator::kContains, "ab"), "xxabab");
  EXPECT_EQ(found.truth, Truth::kTrue);
  EXPECT_EQ(found.span, (ByteSpan{2, 4}));
}

TEST(FindInText, KeepsToTheEnds) {
  EXPECT_EQ(FindInText(Text(Operator::kStartsWith, "ab"), "abab").span,
            (ByteSpan{0, 2}));
  EXPECT_EQ(FindInText(Text(Operator::kEndsWith, "ab"), "abab").span,
            (ByteSpan{2, 4}));
  EXPECT_EQ(FindInText(Text(Operator::kEquals, "abab"), "abab").span,
            (ByteSpan{0, 4}));
  EXPECT_EQ(FindInText(Text(Operator::kEquals, "ab"), "abab").truth,
            Truth::kFalse);
  EXPECT_EQ(FindInText(Text(Operator::kAnyText, ""), "abab").span,
            (ByteSpan{0, 4}));
}

TEST(FindInText, FindsTheShortestPlaceOfAGlob) {
  EXPECT_EQ(FindInText(Glob("*a?c*"), "xxaaxcabcx").span, (ByteSpan{3, 6}));
  EXPECT_EQ(FindInText(Glob("*a*c*"), "xaxaxcxc").span, (ByteSpan{3, 6}));
  EXPECT_EQ(FindInText(Glob("a*c*"), "axxcxc").span, (ByteSpan{0, 4}));
  EXPECT_EQ(FindInText(Glob("*a*c"), "xaxaxcxc").span, (ByteSpan{3, 8}));
  EXPECT_EQ(FindInText(Glob("a*c"), "axcc").span, (ByteSpan{0, 4}));
  EXPECT_EQ(FindInText(Glob("*a*c*"), "xcxa").truth, Truth::kFalse);
}

TEST(FindInText, CutsNoCharacterInTwo) {
  // `?` would also take the first byte of the second character alone.
  EXPECT_EQ(FindInText(Glob("*a?*"), "xa\u00e9y").span, (ByteSpan{1, 4}));
}

TEST(FindRelated, FindsByEachRelation) {
  EXPECT_EQ(FindRelated(FieldRelation::kContains, "abc", "b"),
            (ByteSpan{1, 2}));
  EXPECT_EQ(FindRelated(FieldRelation::kStartsWith, "abc", "ab"),
            (ByteSpan{0, 2}));
  EXPECT_EQ(FindRelated(FieldRelation::kEndsWith, "abc", "bc"),
            (ByteSpan{1, 3}));
  EXPECT_EQ(FindRelated(FieldRelation::kEquals, "abc", "abc"),
            (ByteSpan{0, 3}));
  EXPECT_FALSE(FindRelated(FieldRelation::kEndsWith, "abc", "xabc"));
}

TEST(UnfoldSpan, CountsTheBytesOfTheEvent) {
  // K of Kelvin and long s take fewer bytes folded, U+0130 as many.
  const std::string text = "\u0130\u212A\u017f-key";
  const std::string folded = Fold(text);
  EXPECT_EQ(folded, "\u0130ks-key");
  EXPECT_EQ(UnfoldSpan(text, {2, 4}), (ByteSpan{2, 7}));
  EXPECT_EQ(UnfoldSpan(text, {5, 8}), (ByteSpan{8, 11}));
  EXPECT_EQ(UnfoldSpan(text, {8, 8}), (ByteSpan{11, 11}));
}

TEST(UnfoldSpan, TakesAnInvalidByteForOne) {
  EXPECT_EQ(UnfoldSpan("\xff\xc3\u212A", {2, 3}), (ByteSpan{2, 5}));
}

}  // namespace
}  // namespace hypersigma::internal
