#include "lib/input/json_text.h"

#include <optional>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::Optional;

struct Result {
  std::string text;
  bool same = false;
  bool repaired = false;

  friend bool operator==(const Result&, const Result&) = default;
};

// nullopt when `raw` is malformed. The slack is filled with backslashes, which
// must not be taken for part of the text.
std::optional<Result> Read(std::string_view raw) {
  const std::string padded = std::string(raw) + std::string(kTextSlack, '\\');
  std::string out(raw.size() + kTextSlack, '#');
  const UnescapedText text =
      Unescape(std::string_view(padded).substr(0, raw.size()), out.data());
  if (!text.valid) return std::nullopt;
  return Result{out.substr(0, text.byte_count), text.same, text.repaired};
}

Result Escaped(std::string text) { return {std::move(text), false, false}; }

TEST(Unescape, LeavesTextWithoutEscapes) {
  EXPECT_THAT(Read(""), Optional(Result{"", true, false}));
  EXPECT_THAT(Read("a/b\"\xFF\t"),
              Optional(Result{"a/b\"\xFF\t", true, false}));
  const std::string long_text(1000, 'x');
  EXPECT_THAT(Read(long_text), Optional(Result{long_text, true, false}));
}

TEST(Unescape, KnowsEveryShortEscape) {
  EXPECT_THAT(Read(R"(\"\\\/\b\f\n\r\t)"),
              Optional(Escaped("\"\\/\b\f\n\r\t")));
}

TEST(Unescape, FindsEscapesAtEveryPosition) {
  for (std::size_t lead = 0; lead < 40; ++lead) {
    for (std::size_t tail = 0; tail < 40; ++tail) {
      const std::string before(lead, 'a');
      const std::string after(tail, 'z');
      EXPECT_THAT(Read(before + R"(\n)" + after),
                  Optional(Escaped(before + "\n" + after)));
    }
  }
}

TEST(Unescape, TurnsCodeUnitsIntoUtf8) {
  EXPECT_THAT(Read(R"(\u0041\u00e9\u20AC\u0000.)"),
              Optional(Escaped(std::string("A\xC3\xA9\xE2\x82\xAC\0.", 8))));
  EXPECT_THAT(Read(R"(\uD83D\uDE00)"), Optional(Escaped("\xF0\x9F\x98\x80")));
  EXPECT_THAT(Read(R"(\uDBFF\uDFFF)"), Optional(Escaped("\xF4\x8F\xBF\xBF")));
}

TEST(Unescape, ReplacesLoneSurrogates) {
  EXPECT_THAT(Read(R"(a\uD800b)"), Optional(Result{"a\xEF\xBF\xBD"
                                                   "b",
                                                   false, true}));
  EXPECT_THAT(Read(R"(\uDC00)"), Optional(Result{"\xEF\xBF\xBD", false, true}));
  EXPECT_THAT(Read(R"(\uD83D\u0041)"), Optional(Result{"\xEF\xBF\xBD"
                                                       "A",
                                                       false, true}));
  EXPECT_THAT(Read(R"(\uD83D\uD83D\uDE00)"),
              Optional(Result{"\xEF\xBF\xBD\xF0\x9F\x98\x80", false, true}));
}

TEST(Unescape, RefusesMalformedEscapes) {
  for (const std::string_view raw :
       {R"(\x)", R"(\)", R"(abc\)", R"(\u)", R"(\u12)", R"(\u123)", R"(\u12G4)",
        R"(\U0041)", R"(\')", R"(\0)", R"(\uD83D\x)", R"(\uD83D\u12)", "\\\t",
        "\\\xC3\xA9"}) {
    EXPECT_EQ(Read(raw), std::nullopt) << raw;
  }
}

TEST(IsJsonNumber, AcceptsJsonOnly) {
  for (const std::string_view text :
       {"0", "-0", "7", "10", "-12.50", "0.5", "1e5", "1E+05", "2.0e-300",
        "123456789012345678901234567890", "1e999999"}) {
    EXPECT_TRUE(IsJsonNumber(text)) << text;
  }
  for (const std::string_view text :
       {"", "-", "+1", "01", "-01", ".5", "1.", "1.e5", "1e", "1e+", "0x10",
        "1 ", " 1", "1_0", "NaN", "Infinity", "1.2.3", "1e5.0", "--1"}) {
    EXPECT_FALSE(IsJsonNumber(text)) << text;
  }
}

TEST(PlainStringBytes, StopsAtQuotesBackslashesAndNewlines) {
  for (std::size_t before = 0; before < 70; ++before) {
    const std::string plain(before, 'x');
    EXPECT_EQ(PlainStringBytes(plain), before);
    for (const char* stop : {"\"", "\\", "\n", "\n\""}) {
      EXPECT_EQ(PlainStringBytes(plain + stop + "yyyyyyyyyyyyyyyyyy"), before);
    }
  }
  EXPECT_EQ(PlainStringBytes("\xFF\t\r\x01'/{}[]"), 10u);
}

std::string Repair(std::string_view json) {
  std::string out(json.size(), '#');
  RepairJson(json, out.data());
  return out;
}

TEST(RepairJson, KeepsWhatIsValid) {
  const std::string_view json = "{\"a\":\"\xC3\xA9\xF0\x9F\x98\x80\\\"\"}\n\t";
  EXPECT_EQ(Repair(json), json);
}

TEST(RepairJson, ReplacesInvalidUtf8ByteForByte) {
  EXPECT_EQ(Repair("\"a\xFF\xC3\""), "\"a??\"");
  EXPECT_EQ(Repair("\"\xE2\x82\""), "\"??\"");
  EXPECT_EQ(Repair("\"\xC0\xAF\xED\xA0\x80\xF5\""), "\"??????\"");
}

TEST(RepairJson, ReplacesControlBytesInsideStringsOnly) {
  EXPECT_EQ(Repair("{\t\"a\tb\": 1,\x01\n\"c\\\"\n\\\\\":\x1F}"),
            "{\t\"a?b\": 1,\x01\n\"c\\\"?\\\\\":\x1F}");
}

}  // namespace
}  // namespace hypersigma::internal
