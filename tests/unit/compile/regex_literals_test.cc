#include "lib/compile/regex_literals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  std::string_view pattern;
  std::string_view literals;  // joined by one blank
};

std::string Joined(std::string_view pattern) {
  std::string out;
  for (const std::string& literal : RequiredLiterals(pattern, {})) {
    if (!out.empty()) out += ' ';
    out += literal;
  }
  return out;
}

void Expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    ASSERT_TRUE(std::holds_alternative<Regex>(Regex::Compile(c.pattern)))
        << c.pattern << " does not compile";
    EXPECT_EQ(Joined(c.pattern), c.literals) << c.pattern;
  }
}

TEST(RequiredLiterals, ReadsCharactersAndEscapes) {
  Expect({
      {"PowerShell", "powershell"},
      {"\\\\scerpc_", "\\scerpc_"},
      {"\\$env:Public\\[", "$env:public["},
      {"a\\.b\\/c\\-d", "a.b/c-d"},
      {"x\\x41\\x{42}\\tz", "xab\tz"},
      {"\\e\\a\\f\\n", "\x1b\a\f\n"},
      {"abc\\x00def", "abc"},
      {"ab\\x{e4}cdef", "cdef"},
      {"ab\u00e4cdef", "cdef"},
      {"abcd\u212aef", "abcd"},
      {"{\"key\"}", "{\"key\"}"},
      {"abc]}", "abc]}"},
      {"a{x}b", "a{x}b"},
      {"abc\\1234def()()", "abc"},
      {"ab\\012cde", "cde"},
      {"ab\\cAcde", "cde"},
      {"ab\\o{101}cde", "cde"},
      {"\\String\\]", "tring]"},
  });
}

TEST(RequiredLiterals, BreaksAtClassesAndKeepsSmallOnes) {
  Expect({
      {"abc.defg", "defg"},
      {"abc\\d\\w\\sdefg", "defg"},
      {"abc\\p{Lu}defg\\pL", "defg"},
      {"[Pp]ower[Ss]hell", "powershell"},
      {"-(?:[fh])ile", "-file -hile"},
      {"[a-c]xyz", "axyz bxyz cxyz"},
      {"[a-e]xyz", "xyz"},
      {"[^a]xyz", "xyz"},
      {"[]x]abc", "]abc xabc"},
      {"[^]x]abc", "abc"},
      {"[\\]\\-]abc", "-abc ]abc"},
      {"[a-]bcd", "-bcd abcd"},
      {"[\\d-]abc", "abc"},
      {"[[:alpha:]]abc[[:^digit:]]", "abc"},
      {"[[]abc", "[abc"},
      {"[\\bx]abc", "abc"},
      {"[(|]abc", "(abc |abc"},
      {"[\\x41-\\x{43}]xyz", "axyz bxyz cxyz"},
      {"[Z-a]xyz", "xyz"},
      {"[\u00e4a]xyz", "xyz"},
  });
}

TEST(RequiredLiterals, ObeysQuantifiers) {
  Expect({
      {"abc*def", "def"},
      {"ab+cde", "bcde"},
      {"abcd+efg", "abcd"},
      {"https?://", "http:// https://"},
      {"abc{0,}def", "def"},
      {"abc{0}def", "def"},
      {"ab{3}c", "abbbc"},
      {"ab{2,}c", "abb"},
      {"ab{2,3}cd", "abb"},
      {"(?:foo){2}", "foofoo"},
      {"(?:foo)+", "foo"},
      {"(?:foo)*", ""},
      {"(?:foo|bar)+?x", "barx foox"},
      {"(?:foo)?bar", "bar"},
      {"abc??def", "abcdef abdef"},
      {"ab++cde", "bcde"},
      {"net\\s+user", "user"},
      {"\\w+abc\\w*", "abc"},
      {"(?:ab\\d)+xyz", "xyz"},
      {"(?:abcd\\d)*xyz", "xyz"},
      {"(?:abcd\\d){2,}xyz", "abcd"},
  });
}

TEST(RequiredLiterals, UnitesAlternatives) {
  Expect({
      {"foo|bar", "bar foo"},
      {"foo|\\d", ""},
      {"foo|", ""},
      {"|foo", ""},
      {"foo|foobar", "foo"},
      {"(cmd|powershell)\\.exe", "cmd.exe powershell.exe"},
      {"(?:\\dfoo|bar\\d)longer", "longer"},
      {"(?:\\dfoobar|barfoo\\d)xy", "barfoo foobar"},
      {"abc(?:\\d|x)def", "abc"},
      {"(a|b)(c|d)(e|f)", "ace acf ade adf bce bcf bde bdf"},
      {"(foo)(?P<n>bar)(?<m>baz)(?'q'x)(?>y)(?|z)", "foobarbazxyz"},
  });
}

TEST(RequiredLiterals, LooksPastAssertionsAndReferences) {
  Expect({
      {"^abc$", "abc"},
      {"foo\\bbar\\B\\A\\z\\Z\\G", "foobar"},
      {"foo\\Kbar", "foobar"},
      {"foo(?=barbar)baz", "foobaz"},
      {"foo(?!barbar)baz", "foobaz"},
      {"(?<=longer)foo(?<!longer)", "foo"},
      {"(abcd)\\1efg", "abcd"},
      {"(?<n>abcd)\\k<n>efg\\k'n'\\k{n}(?P=n)\\g{n}", "abcd"},
      {"(?i)FOO(?-i:BAR)(?s-m:BAZ)(?^)", "foobarbaz"},
  });
}

TEST(RequiredLiterals, GivesUpOnWhatItDoesNotKnow) {
  Expect({
      {"(?x)foo bar", ""},
      {"foo(?x: b a r )", ""},
      {"foo(?ix)bar", ""},
      {"\\Qfoo\\E", ""},
      {"foo\\Ebar", ""},
      {"foo[\\Qa\\E]bar", ""},
      {"foo(?#bar)baz", ""},
      {"(foo)(?(1)bar|baz)", ""},
      {"foo(?R)?", ""},
      {"(foo)(?1)", ""},
      {"(?<n>foo)(?&n)\\g<n>(?P>n)", ""},
      {"foo(*ACCEPT)bar", ""},
      {"foo(*SKIP)(*F)|bar", ""},
      {"foo(*positive_lookahead:x)", ""},
      {"foo(?C1)bar", ""},
      {"foox{,3}bar", ""},
      {"foo\\N{U+41}", ""},
  });
}

TEST(RequiredLiterals, TakesShapesOfRealRules) {
  Expect({
      {"\"(?:\\{\\d\\})+\"\\s*-f", ""},
      {"\\$ShellId\\[\\s*\\d{1,3}\\s*\\]\\s*\\+", "$shellid["},
      {"\\$env:ComSpec\\[(?:\\s*\\d{1,3}\\s*,){2}", "$env:comspec["},
      {"(?i)\\$\\{`?e`?nv", "${`e`nv ${`env ${e`nv ${env"},
      {"\\\\\\\\mojo\\.5688\\.(?:1839|3578)[0-9a-f]{2}",
       "\\\\mojo.5688.1839 \\\\mojo.5688.3578"},
      {"^[Cc]:\\\\[Pp]rogram[Dd]ata\\\\.{1,9}\\.exe", "c:\\programdata\\"},
      {"\\^.*\\^.*\\^", ""},
      {"\\s-[FTd]\\s", ""},
      {"shutdown\\s+/r /f /t 00", "/r /f /t 00"},
      {"\\\\scerpc_?[0-9a-f]{2}", "\\scerpc"},
      {"\\n\\n\\n\\n", "\n\n\n\n"},
      {"(?:echo|type) .{1,40} \\| *(?:cmd|powershell)(?:\\.exe)?",
       "echo  type "},
  });
}

TEST(RequiredLiterals, ObeysTheMinimumLength) {
  EXPECT_THAT(RequiredLiterals("ab", {}), IsEmpty());
  EXPECT_THAT(RequiredLiterals("ab", {}, 2), ElementsAre("ab"));
  EXPECT_THAT(RequiredLiterals("a|bcd", {}), IsEmpty());
  EXPECT_THAT(RequiredLiterals("a|bcd", {}, 1), ElementsAre("a", "bcd"));
  EXPECT_THAT(RequiredLiterals("a*", {}, 0), IsEmpty());
}

TEST(RequiredLiterals, BoundsNumberAndLength) {
  std::string alternatives = "(?:w000";
  for (int i = 1; i < 64; ++i) {
    alternatives += "|w" + std::to_string(1000 + i).substr(1);
  }
  EXPECT_EQ(RequiredLiterals(alternatives + ")", {}).size(), 64u);
  EXPECT_THAT(RequiredLiterals(alternatives + "|w064)", {}), IsEmpty());
  const std::string longest(256, 'a');
  EXPECT_THAT(RequiredLiterals(longest, {}), ElementsAre(longest));
  EXPECT_THAT(RequiredLiterals(longest + "bcd", {}), ElementsAre(longest));
  EXPECT_THAT(RequiredLiterals("b{900}", {}),
              ElementsAre(std::string(64, 'b')));
}

TEST(RequiredLiterals, SurvivesDeepAndBrokenPatterns) {
  const std::string open(100'000, '(');
  const std::string closed(100'000, ')');
  EXPECT_THAT(RequiredLiterals(open + "foo" + closed, {}), IsEmpty());
  for (std::string_view pattern :
       {"foo(", "foo)", "foo[", "foo[a", "foo[a-", "foo\\", "foo\\x{", "foo(?",
        "foo(?<n", "foo(?P", "foo\\k<", "foo\\p{", "foo[[:", "foo\\c",
        "foo(?i"}) {
    RequiredLiterals(pattern, {});
  }
}

// Draws small patterns over few characters, so that many texts match.
class PatternGenerator {
 public:
  explicit PatternGenerator(std::mt19937_64& random) : random_(random) {}

  std::string Pattern(int depth) {
    std::string out = Branch(depth);
    while (Roll(4) == 0) out += "|" + Branch(depth);
    return out;
  }

 private:
  std::size_t Roll(std::size_t sides) { return random_() % sides; }
  template <std::size_t kSize>
  std::string_view Pick(const std::array<std::string_view, kSize>& choices) {
    return choices[Roll(kSize)];
  }

  std::string Branch(int depth) {
    std::string out;
    const std::size_t items = Roll(5);
    for (std::size_t i = 0; i < items; ++i) out += Quantified(depth);
    return out;
  }

  std::string Quantified(int depth) {
    constexpr std::array<std::string_view, 12> kQuantifiers = {
        "", "", "", "", "*", "+", "?", "{2}", "{0,1}", "{1,}", "+?", "?+"};
    if (Roll(8) == 0) return Assertion(depth);
    std::string out = Item(depth);
    out += Pick(kQuantifiers);
    return out;
  }

  std::string Assertion(int depth) {
    constexpr std::array<std::string_view, 6> kAssertions = {
        "^", "$", "\\b", "\\B", "(?i)", "\\K"};
    constexpr std::array<std::string_view, 4> kLookarounds = {"(?=", "(?!",
                                                              "(?<=", "(?<!"};
    if (depth == 0 || Roll(2) == 0) return std::string(Pick(kAssertions));
    return std::string(Pick(kLookarounds)) + "a" + "b)";
  }

  std::string Item(int depth) {
    constexpr std::array<std::string_view, 24> kItems = {
        "a",      "b",      "A",      "k",       "s",           "ab",
        "-",      "{",      "\\.",    ".",       "\\w",         "\\x61",
        "[ab]",   "[^a]",   "[A-b]",  "[]a]",    "[\\d-]",      "[a\\]-]",
        "\u212a", "\u017f", "\u00e4", "\\x{6b}", "[[:alpha:]]", "\\x4b"};
    constexpr std::array<std::string_view, 7> kGroups = {
        "(?:", "(", "(?>", "(?|", "(?i:", "(?-i:", "(?<n>"};
    if (depth == 0 || Roll(4) != 0) return std::string(Pick(kItems));
    return std::string(Pick(kGroups)) + Pattern(depth - 1) + ")";
  }

  std::mt19937_64& random_;
};

std::string RandomText(std::mt19937_64& random) {
  constexpr std::array<std::string_view, 16> kPieces = {
      "a", "a", "b", "b",      "A",      "B",      "k",    "s",
      "-", "{", ".", "\u212a", "\u017f", "\u00e4", "\xff", "]"};
  std::string text;
  const std::size_t count = random() % 12;
  for (std::size_t i = 0; i < count; ++i) {
    text += kPieces[random() % kPieces.size()];
  }
  return text;
}

TEST(RequiredLiteralsProperty, EveryMatchContainsOne) {
  std::mt19937_64 random(7);
  PatternGenerator generator(random);
  RegexScratch scratch = *RegexScratch::Create();
  int pairs = 0;
  int matches_with_literals = 0;
  int matches_with_long_literals = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string pattern = generator.Pattern(2);
    const RegexFlags flags = {.caseless = random() % 2 == 0};
    auto compiled = Regex::Compile(pattern, flags);
    const Regex* regex = std::get_if<Regex>(&compiled);
    if (regex == nullptr) continue;
    const auto literals = RequiredLiterals(pattern, flags, 1);
    for (int j = 0; j < 20; ++j) {
      ++pairs;
      const std::string text = RandomText(random);
      if (regex->Search(text, scratch) != RegexVerdict::kMatch) continue;
      if (literals.empty()) continue;
      ++matches_with_literals;
      if (literals.front().size() > 1) ++matches_with_long_literals;
      const std::string folded = Fold(text);
      ASSERT_TRUE(std::any_of(literals.begin(), literals.end(),
                              [&folded](const std::string& literal) {
                                return folded.find(literal) !=
                                       std::string::npos;
                              }))
          << EscapeForDisplay(pattern) << " matches " << EscapeForDisplay(text)
          << " without " << testing::PrintToString(literals);
    }
  }
  RecordProperty("matches", matches_with_literals);
  EXPECT_GE(pairs, 300'000);
  EXPECT_GE(matches_with_literals, 20'000);
  EXPECT_GE(matches_with_long_literals, 2'000);
}

}  // namespace
}  // namespace hypersigma::internal
