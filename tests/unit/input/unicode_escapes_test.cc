#include "lib/input/unicode_escapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input/json_text.h"
#include "lib/input/line_facts.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

struct Line {
  std::string text;
  std::vector<std::uint32_t> tokens;
  bool is_ascii = true;
};

LineLook TokenLook() {
  const std::vector<LineLook> looks = LineLooks();
  return *std::find_if(looks.begin(), looks.end(),
                       [](const LineLook& look) { return look.finds_tokens; });
}

bool HasTokenLook() { return LineLooks().front().finds_tokens; }

Line Look(std::string_view text) {
  Line line{std::string(text), {}, true};
  line.tokens.resize(text.size() + LineLook::kTokenSlack);
  const LineFacts facts =
      TokenLook().look(line.text.data(), line.text.size(), line.tokens.data());
  line.tokens.resize(facts.token_count);
  line.is_ascii = facts.is_ascii;
  return line;
}

std::optional<Line> Resolve(std::string_view text) {
  Line line = Look(text);
  std::string padded = line.text;
  padded.append(kTextSlack + 1, 'u');
  std::string out(text.size() + kTextSlack, '?');
  const auto resolved = ResolveUnicodeEscapes({padded.data(), text.size()},
                                              line.tokens, out.data());
  if (!resolved.has_value()) return std::nullopt;
  line.text = out.substr(0, resolved->byte_count);
  line.is_ascii &= resolved->is_ascii;
  return line;
}

std::string ResolvedText(std::string_view text) {
  const std::optional<Line> line = Resolve(text);
  return line.has_value() ? line->text : "none";
}

TEST(UnicodeEscapes, BecomeWhatTheyStandFor) {
  if (!HasTokenLook()) GTEST_SKIP() << "no look finds tokens";
  EXPECT_EQ(ResolvedText(R"({"a":"\u0027\u003Cb\u003e"})"), R"({"a":"'<b>"})");
  EXPECT_EQ(ResolvedText(R"({"\u0061":1,"b":2})"), R"({"a":1,"b":2})");
  EXPECT_EQ(ResolvedText(R"({"a":"\u00e9\u20AC\ud83d\uDE00"})"),
            "{\"a\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"}");
  EXPECT_EQ(ResolvedText(R"({"a":"\u0022\u005c\u000a\u0009\u002f"})"),
            R"({"a":"\"\\\n\t/"})");
  // Escaped backslashes begin none.
  EXPECT_EQ(ResolvedText(R"({"a":"\\u0041\\\u0041\n\\\\u0041"})"),
            R"({"a":"\\u0041\\A\n\\\\u0041"})");
  EXPECT_EQ(ResolvedText(R"({"a":"\u005cu0041"})"), R"({"a":"\\u0041"})");
}

TEST(UnicodeEscapes, AreLeftToOthersWhereTheyAreMoreThanACharacter) {
  if (!HasTokenLook()) GTEST_SKIP() << "no look finds tokens";
  for (const std::string_view text :
       {R"({"a":"\u00"})", R"({"a":"\u00g0"})", R"({"a":"\ud800"})",
        R"({"a":"\udc00\ud800"})", R"({"a":"\u0000"})", R"({"a":"\u001b"})",
        R"({"a":\u0031})", R"({"a":1\u0031})", R"({"a":"b"\u0031})",
        R"(\u007b"a":1})"}) {
    EXPECT_EQ(ResolvedText(text), "none") << text;
  }
}

TEST(UnicodeEscapes, KeepTheTokens) {
  if (!HasTokenLook()) GTEST_SKIP() << "no look finds tokens";
  generator::Random random(15);
  constexpr std::string_view kParts[] = {
      R"(\u0027)",       R"(\u0022)", R"(\u005C)", R"(\u00FC)", R"(\u20ac)",
      R"(\uD83D\uDE00)", R"(\\)",     R"(\")",     R"(\n)",     "u",
      "\xC3\xBC",        "text ",     "u0027",     "{[:,]}"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = "{";
    for (std::size_t members = 1 + random.Below(6); members > 0; --members) {
      const auto add_string = [&] {
        text += '"';
        for (std::size_t left = random.Below(20); left > 0; --left) {
          text += kParts[random.Below(std::size(kParts))];
        }
        text += '"';
      };
      add_string();
      text += ": ";
      add_string();
      if (members > 1) text += random.Chance(50) ? "," : " , ";
    }
    text += "}";
    const std::optional<Line> line = Resolve(text);
    ASSERT_TRUE(line.has_value()) << text;
    const Line expected = Look(line->text);
    ASSERT_EQ(line->tokens, expected.tokens) << text;
    ASSERT_EQ(line->is_ascii, expected.is_ascii) << text;
    // The whole line, brackets and all, means the same without its escapes.
    std::string meant(text.size() + kTextSlack, '?');
    std::string said(text.size() + kTextSlack, '?');
    text.append(kTextSlack, ' ');
    const std::string padded = line->text + std::string(kTextSlack, ' ');
    const auto from =
        Unescape(std::string_view(text).substr(0, text.size() - kTextSlack),
                 meant.data());
    const auto to = Unescape(
        std::string_view(padded).substr(0, line->text.size()), said.data());
    ASSERT_TRUE(from.valid && to.valid);
    ASSERT_EQ(from.same ? text.substr(0, text.size() - kTextSlack)
                        : meant.substr(0, from.byte_count),
              to.same ? line->text : said.substr(0, to.byte_count));
  }
}

}  // namespace
}  // namespace hypersigma::internal
