#include "lib/base/text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

using std::string_literals::operator""s;

constexpr std::uint32_t kLastCodePoint = 0x10FFFF;

bool IsSurrogate(std::uint32_t value) {
  return value >= 0xD800 && value <= 0xDFFF;
}

std::string Encode(std::uint32_t code_point) {
  std::string out;
  AppendCodePoint(code_point, &out);
  return out;
}

TEST(IsAscii, FindsOneHighByteAtEveryPlaceOfEveryLength) {
  for (std::size_t size = 0; size <= 100; ++size) {
    std::string text(size, '\x7f');
    EXPECT_TRUE(IsAscii(text)) << size;
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\x80';
      EXPECT_FALSE(IsAscii(text)) << size << " bytes, at " << at;
      text[at] = '\x7f';
    }
  }
}

TEST(IsAscii, DoesNotLookBehindTheEndNorBeforeTheBeginning) {
  const std::string text = "\xff" + std::string(70, 'a') + "\xff";
  for (std::size_t begin = 1; begin <= 33; ++begin) {
    for (std::size_t size = 0; begin + size < text.size(); ++size) {
      EXPECT_TRUE(IsAscii(std::string_view(text).substr(begin, size)));
    }
  }
}

TEST(DecodeCodePoint, InvertsAppendForEveryScalarValue) {
  for (std::uint32_t value = 0; value <= kLastCodePoint; ++value) {
    if (IsSurrogate(value)) continue;
    const std::string text = Encode(value);
    const CodePoint step = DecodeCodePoint(text);
    ASSERT_EQ(step.value, value);
    ASSERT_EQ(step.byte_count, text.size());
    // Nothing shorter decodes.
    for (std::size_t size = 1; size < text.size(); ++size) {
      ASSERT_EQ(DecodeCodePoint(text.substr(0, size)).value, kInvalidCodePoint);
    }
  }
}

TEST(DecodeCodePoint, TakesOneByteOfWhatIsNotUtf8) {
  const std::vector<std::string> invalid = {
      "\x80",              // continuation without lead
      "\xbf\x80",          //
      "\xc0\x80",          // overlong NUL
      "\xc1\xbf",          // overlong U+007F
      "\xe0\x9f\xbf",      // overlong U+07FF
      "\xf0\x8f\xbf\xbf",  // overlong U+FFFF
      "\xed\xa0\x80",      // U+D800
      "\xed\xbf\xbf",      // U+DFFF
      "\xf4\x90\x80\x80",  // U+110000
      "\xf5\x80\x80\x80",  //
      "\xff\xff\xff\xff",  //
      "\xc3",              // cut
      "\xe2\x82",          //
      "\xf0\x9f\x98",      //
      "\xc3(",             // lead, then no continuation
      "\xe2\x82(",         //
  };
  for (const std::string& text : invalid) {
    const CodePoint step = DecodeCodePoint(text);
    EXPECT_EQ(step.value, kInvalidCodePoint) << EscapeForDisplay(text);
    EXPECT_EQ(step.byte_count, 1u) << EscapeForDisplay(text);
  }
}

TEST(FoldCodePoint, MapsAsSemanticsSays) {
  EXPECT_EQ(FoldCodePoint('A'), 'a');
  EXPECT_EQ(FoldCodePoint('Z'), 'z');
  EXPECT_EQ(FoldCodePoint('@'), '@');
  EXPECT_EQ(FoldCodePoint('['), '[');
  EXPECT_EQ(FoldCodePoint(0xC4), 0xE4u);      // A with diaeresis
  EXPECT_EQ(FoldCodePoint(0x130), 0x130u);    // I with dot stays
  EXPECT_EQ(FoldCodePoint(0x131), 0x131u);    // dotless i stays
  EXPECT_EQ(FoldCodePoint(0x212A), 'k');      // Kelvin
  EXPECT_EQ(FoldCodePoint(0x17F), 's');       // long s
  EXPECT_EQ(FoldCodePoint(0xDF), 0xDFu);      // sharp s
  EXPECT_EQ(FoldCodePoint(0x1E9E), 0xDFu);    // capital sharp s
  EXPECT_EQ(FoldCodePoint(0x3C2), 0x3C3u);    // final sigma
  EXPECT_EQ(FoldCodePoint(0x3A3), 0x3C3u);    // capital sigma
  EXPECT_EQ(FoldCodePoint(0xFB01), 0xFB01u);  // ligature fi
  EXPECT_EQ(FoldCodePoint(0x1F88), 0x1F80u);  // folds fully to two
  EXPECT_EQ(FoldCodePoint(0x10400), 0x10428u);
  EXPECT_EQ(FoldCodePoint(0xE9), 0xE9u);  // not decomposed
  EXPECT_EQ(FoldCodePoint(0xAC00), 0xAC00u);
}

TEST(FoldCodePoint, IsIdempotentAndKeepsScalarValues) {
  int changed = 0;
  for (std::uint32_t value = 0; value <= kLastCodePoint; ++value) {
    if (IsSurrogate(value)) continue;
    const std::uint32_t folded = FoldCodePoint(value);
    ASSERT_EQ(FoldCodePoint(folded), folded) << std::hex << value;
    ASSERT_LE(folded, kLastCodePoint);
    ASSERT_FALSE(IsSurrogate(folded));
    if (folded != value) ++changed;
  }
  EXPECT_GT(changed, 1'300);
}

TEST(FoldCodePoint, MapsOnlyKelvinAndLongSIntoAscii) {
  for (std::uint32_t value = 0x80; value <= kLastCodePoint; ++value) {
    if (FoldCodePoint(value) >= 0x80) continue;
    EXPECT_TRUE(value == 0x212A || value == 0x17F) << std::hex << value;
  }
}

TEST(IsWordCodePoint, TakesLettersDigitsAndUnderscore) {
  for (std::uint32_t word :
       {0x61u, 0x5Au, 0x30u, 0x5Fu, 0xE4u, 0x4E2Du, 0x663u, 0x10400u}) {
    EXPECT_TRUE(IsWordCodePoint(word)) << std::hex << word;
  }
  for (std::uint32_t other :
       {0x2Du, 0x2Fu, 0x20u, 0x0u, 0x7Fu, 0x2013u, 0x2015u, 0x1F600u}) {
    EXPECT_FALSE(IsWordCodePoint(other)) << std::hex << other;
  }
}

TEST(Fold, FoldsTextWhereverAsciiEnds) {
  for (std::size_t lead = 0; lead <= 40; ++lead) {
    EXPECT_EQ(Fold(std::string(lead, 'Q') + "\u00c4Z\u00d6" + "HELLO"),
              std::string(lead, 'q') + "\u00e4z\u00f6" + "hello");
  }
}

TEST(Fold, EqualsFoldingEachCodePoint) {
  std::string text;
  std::string folded;
  for (std::uint32_t value = 0; value <= kLastCodePoint; ++value) {
    if (IsSurrogate(value)) continue;
    AppendCodePoint(value, &text);
    AppendCodePoint(FoldCodePoint(value), &folded);
  }
  EXPECT_TRUE(Fold(text) == folded);
  EXPECT_LE(folded.size(), 3 * text.size());
}

TEST(Fold, KeepsInvalidBytesAndControls) {
  EXPECT_EQ(Fold("A\xffZ\xc3"), "a\xffz\xc3");
  EXPECT_EQ(Fold("\xed\xa0\x80X"), "\xed\xa0\x80x");
  EXPECT_EQ(Fold("A\0B\n"s), "a\0b\n"s);
  EXPECT_EQ(Fold(""), "");
}

TEST(AppendFolded, FoldsEveryByteOfAsciiAtEveryPosition) {
  for (std::size_t before = 0; before < 20; ++before) {
    for (int byte = 0; byte < 0x80; ++byte) {
      std::string text(before, 'X');
      text += static_cast<char>(byte);
      text += "Y0";
      std::string folded(before, 'x');
      folded += FoldAscii(static_cast<char>(byte));
      folded += "y0";
      std::string out;
      AppendFolded(text, &out);
      ASSERT_EQ(out, folded) << before << " " << byte;
    }
  }
}

TEST(IsAscii, SeesEveryByte) {
  for (std::size_t size = 1; size < 200; ++size) {
    std::string text(size, 'a');
    EXPECT_TRUE(IsAscii(text));
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\x80';
      EXPECT_FALSE(IsAscii(text)) << size << " " << at;
      text[at] = 'a';
    }
  }
}

TEST(AppendFolded, KeepsWhatStandsBefore) {
  std::string out = "KEPT ";
  AppendFolded("ADDED", &out);
  EXPECT_EQ(out, "KEPT added");
}

TEST(LowerAndUpperCase, ChangeOneCodePointAtATime) {
  std::string lower;
  AppendLowerCase("aB\u00c4\xff\u03a3\u00df", &lower);
  EXPECT_EQ(lower, "ab\u00e4\xff\u03c3\u00df");
  std::string upper;
  AppendUpperCase("aB\u00e4\xff\u03c2", &upper);
  EXPECT_EQ(upper, "AB\u00c4\xff\u03a3");
}

TEST(EscapeForDisplay, ShowsControlsBidiAndInvalidBytes) {
  EXPECT_EQ(EscapeForDisplay("a\tb\nc\rd"), "a\\tb\\nc\\rd");
  EXPECT_EQ(EscapeForDisplay("\x1b[31m\x7f\0"s), "\\x1b[31m\\x7f\\x00");
  EXPECT_EQ(EscapeForDisplay("\u0085\u009f"), "\\x85\\x9f");
  EXPECT_EQ(EscapeForDisplay("\u200e\u200f\u061c"), "\\u200e\\u200f\\u061c");
  EXPECT_EQ(EscapeForDisplay("\u202a\u202e\u2066\u2069"),
            "\\u202a\\u202e\\u2066\\u2069");
  EXPECT_EQ(EscapeForDisplay("\u2028\u2029"), "\\u2028\\u2029");
  EXPECT_EQ(EscapeForDisplay("\xff\xc3"), "\\xff\\xc3");
}

TEST(EscapeForDisplay, KeepsReadableText) {
  EXPECT_EQ(EscapeForDisplay("C:\\x \u00e4\u4e2d\U0001F600 'q'"),
            "C:\\x \u00e4\u4e2d\U0001F600 'q'");
  EXPECT_EQ(EscapeForDisplay("\u00a0\u2027\u2030\u200d"),
            "\u00a0\u2027\u2030\u200d");
}

TEST(AsciiFolding, ChangesLettersOfAsciiAlone) {
  EXPECT_EQ(FoldedAscii("aZ\u00c4_@["), "az\u00c4_@[");
  EXPECT_TRUE(EqualAsciiFolded("Windows", "wINDOWS"));
  EXPECT_FALSE(EqualAsciiFolded("window", "windows"));
  EXPECT_FALSE(EqualAsciiFolded("@", "`"));
  EXPECT_FALSE(EqualAsciiFolded("\u00c4", "\u00e4"));
}

}  // namespace
}  // namespace hypersigma::internal
