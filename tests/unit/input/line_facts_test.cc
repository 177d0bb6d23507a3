#include "lib/input/line_facts.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

struct Looked {
  LineFacts facts;
  std::vector<std::uint32_t> tokens;
};

// From a copy without a byte to read behind it.
Looked LookWith(const LineLook& look, std::string_view text) {
  const std::vector<char> copy(text.begin(), text.end());
  Looked looked;
  looked.tokens.resize(text.size() + LineLook::kTokenSlack);
  looked.facts = look.look(copy.data(), copy.size(), looked.tokens.data());
  looked.tokens.resize(looked.facts.token_count);
  return looked;
}

LineFacts Look(std::string_view text) {
  return LookWith(BestLineLook(), text).facts;
}

TEST(LineFacts, TellsEscapesAndAscii) {
  EXPECT_TRUE(Look(R"({"a":"b"})").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\\\"\b\f\n\r\t)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(\u0041)").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\\u0041)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(\q)").has_short_escapes_only);
  EXPECT_FALSE(Look(R"(a\)").has_short_escapes_only);
  EXPECT_TRUE(Look(R"(\u0041\n)").has_json_escapes_only);
  EXPECT_FALSE(Look(R"(\u0041\q)").has_json_escapes_only);
  EXPECT_FALSE(Look(R"(\u0041\)").has_json_escapes_only);
  EXPECT_TRUE(Look(R"(\/)").has_slash_escape);
  EXPECT_FALSE(Look(R"(\\/)").has_slash_escape);
  EXPECT_TRUE(Look("plain").is_ascii);
  EXPECT_FALSE(Look("pl\xC3\xA4in").is_ascii);
}

TEST(LineFacts, FindsTokens) {
  for (const LineLook& look : LineLooks()) {
    if (!look.finds_tokens) continue;
    const Looked looked = LookWith(look, R"({ "a\":" : [1 ,"b c"], "":tru} x)");
    EXPECT_EQ(looked.tokens,
              (std::vector<std::uint32_t>{0, 2, 9, 11, 12, 14, 15, 20, 21, 23,
                                          25, 26, 29, 31}));
    EXPECT_TRUE(looked.facts.is_closed);
    EXPECT_FALSE(LookWith(look, R"({"a)").facts.is_closed);
    EXPECT_FALSE(LookWith(look, R"("\")").facts.is_closed);
    EXPECT_TRUE(LookWith(look, "\"a\tb\"").facts.has_raw_control);
    EXPECT_FALSE(LookWith(look, "\"a\"\t\n").facts.has_raw_control);
    EXPECT_TRUE(LookWith(look, " \t\r\n").tokens.empty());
    EXPECT_TRUE(LookWith(look, "").tokens.empty());
  }
}

// The same, byte by byte.
class SlowLook {
 public:
  explicit SlowLook(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) See(text[i], i);
    looked.facts.token_count = looked.tokens.size();
    looked.facts.is_closed = !in_string_;
    if (!escapes_) return;
    looked.facts.has_short_escapes_only = false;
    looked.facts.has_json_escapes_only = false;
  }

  Looked looked;

 private:
  static bool IsIn(std::string_view bytes, char byte) {
    return bytes.find(byte) != std::string_view::npos;
  }

  void See(char byte, std::size_t at) {
    LineFacts& facts = looked.facts;
    if (static_cast<unsigned char>(byte) >= 0x80) facts.is_ascii = false;
    const bool is_escaped = escapes_;
    escapes_ = !is_escaped && byte == '\\';
    if (is_escaped) {
      if (byte == '/') facts.has_slash_escape = true;
      if (!IsIn("\"\\/bfnrt", byte)) facts.has_short_escapes_only = false;
      if (!IsIn("\"\\/bfnrtu", byte)) facts.has_json_escapes_only = false;
    }
    const bool is_quote = byte == '"' && !is_escaped;
    if (in_string_) {
      if (static_cast<unsigned char>(byte) < 0x20) facts.has_raw_control = true;
      if (is_quote) in_string_ = false;
      in_word_ = !is_quote;
      return;
    }
    // Two control bytes are taken for punctuation, which they end up as no
    // part of.
    const bool is_punctuation = IsIn("{}[]:,\x1A\x0C", byte);
    const bool is_word = !is_punctuation && !is_quote && !IsIn(" \t\r\n", byte);
    if (is_punctuation || is_quote || (is_word && !in_word_)) {
      if (!(is_quote && in_word_)) Add(at);
    }
    in_word_ = is_word;
    in_string_ = is_quote;
  }

  void Add(std::size_t at) {
    looked.tokens.push_back(static_cast<std::uint32_t>(at));
  }

  bool escapes_ = false;
  bool in_string_ = false;
  bool in_word_ = false;
};

void ExpectSame(const LineLook& look, std::string_view text) {
  const Looked fast = LookWith(look, text);
  const Looked slow = SlowLook(text).looked;
  ASSERT_EQ(fast.facts.is_ascii, slow.facts.is_ascii) << text;
  ASSERT_EQ(fast.facts.has_short_escapes_only,
            slow.facts.has_short_escapes_only)
      << text;
  ASSERT_EQ(fast.facts.has_json_escapes_only, slow.facts.has_json_escapes_only)
      << text;
  ASSERT_EQ(fast.facts.has_slash_escape, slow.facts.has_slash_escape) << text;
  if (!look.finds_tokens) return;
  ASSERT_EQ(fast.facts.is_closed, slow.facts.is_closed) << text;
  ASSERT_EQ(fast.facts.has_raw_control, slow.facts.has_raw_control) << text;
  ASSERT_EQ(fast.tokens, slow.tokens) << text;
}

TEST(LineFacts, AgreesWithASlowPassOverRandomTexts) {
  generator::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const std::size_t size = random.Below(200);
    while (text.size() < size) {
      text += random.Chance(i % 100)
                  ? '\\'
                  : "ab/nru\"\xC3 ,:{}[]\t\x1A\x0C\x01"[random.Below(20)];
    }
    for (const LineLook& look : LineLooks()) ExpectSame(look, text);
  }
}

// Every byte behind a backslash, at every position of two steps.
TEST(LineFacts, KnowsEveryByteBehindABackslash) {
  for (const LineLook& look : LineLooks()) {
    for (std::size_t at = 0; at < 130; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(at + 40, 'x');
        text[at] = '\\';
        text[at + 1] = static_cast<char>(byte);
        if (byte == '\\') text[at + 2] = 'r';
        ExpectSame(look, text);
      }
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
