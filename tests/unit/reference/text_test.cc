// Hand-made expectations, from "semantics", 4.1 and 4.7.

#include "lib/reference/text.h"

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceText, FoldsOneCharacterToOne) {
  EXPECT_EQ(FoldText(U"ÉΣς"), U"éσσ");
  EXPECT_EQ(FoldCharacter(0x212A), U'k');
  EXPECT_EQ(FoldCharacter(0x17F), U's');
  EXPECT_EQ(FoldCharacter(0x130), char32_t{0x130});
  EXPECT_EQ(FoldCharacter(U'ß'), U'ß');
  EXPECT_EQ(FoldCharacter(0x1E9E), U'ß');
}

TEST(ReferenceText, CountsEachInvalidByteAsOneCharacter) {
  EXPECT_EQ(DecodeUtf8("a\xE2\x82z").size(), 4u);
  EXPECT_EQ(EncodeUtf8(DecodeUtf8("a\xE2\x82z")), "a\xE2\x82z");
}

}  // namespace
}  // namespace hypersigma::reference
