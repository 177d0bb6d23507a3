#include "lib/input/line_facts.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

LineFacts Look(std::string_view text) {
  return LookAtLine(text.data(), text.size());
}

TEST(LineFacts, TellsEscapesAndAscii) {
  EXPECT_TRUE(Look(R"({"a":"b"})").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\\\"\b\f\n\r\t)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(\u0041)").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\\u0041)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(\q)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(a\)").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\/)").has_slash_escape);
  EXPECT_FALSE(Look(R"(\\/)").has_slash_escape);
  EXPECT_TRUE(Look("plain").is_ascii);
  EXPECT_FALSE(Look("pl\xC3\xA4in").is_ascii);
}

// The same, byte by byte.
LineFacts LookSlowly(std::string_view text) {
  LineFacts facts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) facts.is_ascii = false;
    if (text[i] != '\\') continue;
    ++i;
    const char escaped = i < text.size() ? text[i] : '\0';
    if (static_cast<unsigned char>(escaped) >= 0x80) facts.is_ascii = false;
    if (escaped == '/') facts.has_slash_escape = true;
    if (std::string_view("\"\\/bfnrt").find(escaped) ==
        std::string_view::npos) {
      facts.has_short_escapes_only = false;
    }
  }
  return facts;
}

TEST(LineFacts, AgreesWithASlowPassOverRandomTexts) {
  generator::Random random(1);
  const std::vector<LineLook> looks = LineLooks();
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const std::size_t size = random.Below(200);
    while (text.size() < size) {
      text += random.Chance(i % 100) ? '\\' : "ab/nru\"\xC3"[random.Below(8)];
    }
    const LineFacts slow = LookSlowly(text);
    for (const LineLook look : looks) {
      const LineFacts fast = look(text.data(), text.size());
      ASSERT_EQ(fast.is_ascii, slow.is_ascii) << text;
      ASSERT_EQ(fast.has_short_escapes_only, slow.has_short_escapes_only)
          << text;
      ASSERT_EQ(fast.has_slash_escape, slow.has_slash_escape) << text;
    }
  }
}

// Every byte behind a backslash, at every position of two steps.
TEST(LineFacts, KnowsEveryByteBehindABackslash) {
  for (const LineLook look : LineLooks()) {
    for (std::size_t at = 0; at < 130; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(at + 40, 'x');
        text[at] = '\\';
        text[at + 1] = static_cast<char>(byte);
        if (byte == '\\') text[at + 2] = 'r';
        const LineFacts fast = look(text.data(), text.size());
        const LineFacts slow = LookSlowly(text);
        ASSERT_EQ(fast.has_short_escapes_only, slow.has_short_escapes_only)
            << at << " " << byte;
        ASSERT_EQ(fast.has_slash_escape, slow.has_slash_escape) << at;
        ASSERT_EQ(fast.is_ascii, slow.is_ascii) << at << " " << byte;
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
