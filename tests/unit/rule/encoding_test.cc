#include "lib/rule/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/rule/ast_text.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

std::string Utf16Bytes(std::string_view source, Utf16Form form) {
  return BytesOfCharacters(
      EncodeUtf16(SigmaString::Literal(source), form).literal());
}

TEST(EncodeUtf16, WritesCodeUnits) {
  EXPECT_EQ(Utf16Bytes("a\u00e9", Utf16Form::kLittleEndian),
            std::string("a\0\xe9\0", 4));
  EXPECT_EQ(Utf16Bytes("a", Utf16Form::kBigEndian), std::string("\0a", 2));
  EXPECT_EQ(Utf16Bytes("a", Utf16Form::kMarked), std::string("\xff\xfe"
                                                             "a\0",
                                                             4));
  EXPECT_EQ(Utf16Bytes("\U0001F600", Utf16Form::kBigEndian),
            std::string("\xd8\x3d\xde\0", 4));
}

TEST(EncodeUtf16, KeepsWildcards) {
  const SigmaString encoded =
      EncodeUtf16(SigmaString::Parse("a*b?"), Utf16Form::kBigEndian);
  EXPECT_EQ(Show(encoded), std::string("\0a<*>\0b<?>", 10));
}

TEST(EncodeBase64, Pads) {
  EXPECT_EQ(EncodeBase64(""), "");
  EXPECT_EQ(EncodeBase64("f"), "Zg==");
  EXPECT_EQ(EncodeBase64("fo"), "Zm8=");
  EXPECT_EQ(EncodeBase64("foo"), "Zm9v");
  EXPECT_EQ(EncodeBase64("\xff\xfe"), "//4=");
}

TEST(EncodeBase64AtOffsets, KeepsWhatIsCertain) {
  EXPECT_THAT(EncodeBase64AtOffsets("foo"), ElementsAre("Zm9v", "Zvb", "mb2"));
  EXPECT_THAT(EncodeBase64AtOffsets("foob"),
              ElementsAre("Zm9vY", "Zvb2", "mb29i"));
  EXPECT_THAT(EncodeBase64AtOffsets(""), ElementsAre("", "", ""));
}

// Whatever stands around the bytes, the text at their place is found.
TEST(EncodeBase64AtOffsets, IsFoundInEveryNeighbourhood) {
  for (const std::string bytes : {"a", "ab", "abc", "abcd", "\xff\x00\x80"}) {
    const auto texts = EncodeBase64AtOffsets(bytes);
    for (std::size_t before = 0; before < 9; ++before) {
      for (const char filler : {'\0', '\xff', 'x'}) {
        for (std::size_t after = 0; after < 4; ++after) {
          const std::string whole = EncodeBase64(
              std::string(before, filler) + bytes + std::string(after, filler));
          EXPECT_NE(whole.find(texts[before % 3]), std::string::npos)
              << bytes << " after " << before;
        }
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
