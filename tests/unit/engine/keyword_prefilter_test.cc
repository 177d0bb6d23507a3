// Keywords are looked for in the JSON text first. Whatever stands between text
// and value must not hide one.

#include "lib/engine/keyword_prefilter.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"

namespace hypersigma {
namespace {

// Returns how many of two rules match: one about the keywords, one about their
// absence.
std::string Verdicts(std::string_view keywords, std::string_view json) {
  const std::string yaml =
      "title: has\nlogsource: {product: x}\ndetection:\n  k: " +
      std::string(keywords) +
      "\n  condition: k\n---\ntitle: lacks\nlogsource: {product: x}\n"
      "detection:\n  k: " +
      std::string(keywords) + "\n  condition: not k\n";
  const Engine engine = Engine::Build(RuleSet::FromYaml(yaml)).value();
  Scanner scanner = Scanner::Create(engine).value();
  std::string titles;
  // Once more: a scanner learns how it reads best.
  for (int i = 0; i < 100; ++i) {
    titles.clear();
    const auto result = scanner.ScanJson(json);
    if (!result.ok()) return std::string(result.status().message());
    for (const Match& match : result->matches) {
      titles += engine.rules()[static_cast<std::size_t>(match.rule)].title;
    }
  }
  return titles;
}

struct Case {
  std::string_view keywords;
  std::string_view hit;
  std::string_view miss;
};

TEST(KeywordPrefilter, FindsWhatTheTextWritesOtherwise) {
  const std::vector<Case> cases = {
      {"[word]", R"({"a":"a Word b"})", R"({"word":"w-o-r-d"})"},
      {R"(['a\b'])", R"({"a":"xA\\By"})", R"({"a":"a\b"})"},
      {R"(['say "it"'])", R"({"a":"say \"it\""})", R"({"a":"say it"})"},
      {R"(["a\nb"])", R"({"a":"a\nb"})", R"({"a":"a\\nb"})"},
      {R"(["a\tb"])", R"({"a":"a\u0009b"})", R"({"a":"a b"})"},
      {"[word]", R"({"a":"w\u006Frd"})", R"({"a":"\\u0077ord-"})"},
      {"['<b>']", R"({"a":"\u003Cb\u003e","c":"\u0027"})",
       R"({"\u003cb\u003e":"\u0027"})"},
      {R"(['a\b'])", R"({"a":"a\u005cb"})", R"({"a":"a\\u005cb"})"},
      {R"(['"b'])", R"({"a":"a\u0022b"})", R"({"a":"a","b":"\u0027"})"},
      {R"(["a\eb"])", R"({"a":"a\u001bb"})", R"({"a":"a\\u001bb"})"},
      {"[u001b]", R"({"a":"u001b\u0027"})", R"({"a":"\u001b\u0027"})"},
      {"['\xC3\xA4rger']", R"({"a":"\u00C4rger"})", R"({"a":"\u00e5rger"})"},
      {"[a/b]", R"({"a":"a\/b"})", R"({"a":"a\\/b"})"},
      // U+212A and U+017F fold to k and s.
      {"[keks]", "{\"a\":\"\xE2\x84\xAA\x65k\xC5\xBF\"}", R"({"a":"kek"})"},
      {"[keks]", R"({"a":"\u212Aek\u017F"})", R"({"a":"kek"})"},
      {"['\xC3\xA4rger']", "{\"a\":\"\xC3\x84RGER\"}", R"({"a":"arger"})"},
      {"[word]", "{\"a\":\"\xC3\xA4 word\"}", "{\"a\":\"\xC3\xA4 wor\"}"},
      {"[word]", "{\"a\":\"\xFF word\"}", "{\"a\":\"wo\xFFrd\"}"},
      // Shown otherwise by what writes matches, but not by what writes events.
      {R"(["a\x7Fb"])",
       "{\"a\":\"a\x7F"
       "b\"}",
       R"({"a":"ab"})"},
      {R"({'|cased': ["a\u202Eb"]})",
       "{\"a\":\"a\xE2\x80\xAE"
       "b\"}",
       R"({"a":"ab"})"},
      // Found in the text, and not in a value.
      {"[word]", R"({"a":"words"})", R"({"word":"a"})"},
      {"[nab]", R"({"a":"nab"})", R"({"a":"\nab"})"},
      {"{'|all': [one, two]}", R"({"a":"one","b":"two"})",
       R"({"a":"one","two":"b"})"},
      // Numbers and booleans have texts of their own.
      {"[1000]", R"({"a":1e3})", R"({"a":2e4})"},
      {"[1000]", R"({"a":1000.0})", R"({"a":100.01})"},
      {"[4624]", R"({"a":{"b":[14624]}})", R"({"a":462})"},
      {"[true]", R"({"a":true})", R"({"a":false})"},
      // Without a literal, or with one of a byte.
      {"['*']", R"({"a":""})", R"({"a":null})"},
      {"['?']", R"({"a":"x"})", R"({"a":""})"},
      {"[x]", R"({"a":"aXa"})", R"({"x":"a"})"},
      {"{'|re': 'w[o]rd'}", R"({"a":"word"})", R"({"a":"Word"})"},
      {"{'|cased': Word}", R"({"a":"a Word"})", R"({"a":"a word"})"},
      {"['w*d']", R"({"a":"w-\"-d"})", R"({"a":"w","b":"d"})"},
      {"{'|all': [one, two]}", R"({"a":"one","b":"two"})", R"({"a":"one"})"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Verdicts(each.keywords, each.hit), "has")
        << each.keywords << each.hit;
    EXPECT_EQ(Verdicts(each.keywords, each.miss), "lacks")
        << each.keywords << each.miss;
  }
}

TEST(KeywordPrefilter, LongKeywordsAreCutForTheText) {
  const std::string quotes(800, '"');
  const std::string escaped = [] {
    std::string text;
    for (int i = 0; i < 800; ++i) text += "\\\"";
    return text;
  }();
  EXPECT_EQ(Verdicts("['" + quotes + "']", "{\"a\":\"x" + escaped + "\"}"),
            "has");
  EXPECT_EQ(Verdicts("['" + quotes + "']", R"({"a":"\"\"\"\""})"), "lacks");
  const std::string slashes(120, '\\');
  EXPECT_EQ(Verdicts("['a" + slashes + slashes + "b']",
                     "{\"a\":\"a" + slashes + slashes + "b\"}"),
            "has");
}

// A piece of a keyword is what is sought first.
TEST(KeywordPrefilter, APieceOfAKeywordIsNotTheKeyword) {
  constexpr std::string_view kKeyword = "['before zqxvjk behind']";
  EXPECT_EQ(Verdicts(kKeyword, R"({"a":"Before zqxvjk behind"})"), "has");
  EXPECT_EQ(Verdicts(kKeyword, R"({"a":"before zqxvjk behin"})"), "lacks");
  EXPECT_EQ(Verdicts(kKeyword, R"({"a":"efore zqxvjk behind"})"), "lacks");
  EXPECT_EQ(Verdicts(kKeyword, R"({"a":"e zqxvjk b"})"), "lacks");
  EXPECT_EQ(Verdicts(kKeyword, R"({"before zqxvjk behind":""})"), "lacks");
  // The piece is found once, the keyword is elsewhere.
  const std::string pieces = "e zqxvjk b, e zqxvjk b";
  EXPECT_EQ(Verdicts(kKeyword, "{\"a\":\"before zqxvjk behind\",\"b\":\"" +
                                   pieces + "\"}"),
            "has");
  EXPECT_EQ(Verdicts(kKeyword, "{\"a\":\"" + pieces +
                                   "\",\"b\":\"before zqxvjk behind\"}"),
            "has");
}

// Only parts of long texts are searched.
TEST(KeywordPrefilter, FindsKeywordsAnywhereInLongTexts) {
  constexpr std::string_view kKeywords = "{'|all': [zqxword, second-vjk]}";
  const auto text = [](std::size_t before, std::size_t between) {
    return "{\"a\":\"" + std::string(before, '-') + "ZQXword" +
           std::string(between, '-') + "second-vjk\"}";
  };
  for (const std::size_t between : {0u, 200u, 256u, 511u, 5'000u, 9'000u}) {
    for (const std::size_t before : {0u, 249u, 4'090u, 8'192u}) {
      EXPECT_EQ(Verdicts(kKeywords, text(before, between)), "has");
    }
  }
  // Fragments of them without end.
  std::string many = "{\"a\":\"";
  for (int i = 0; i < 40; ++i) {
    many += "zqx vjk" + std::string(700, '-');
  }
  EXPECT_EQ(Verdicts(kKeywords, many + "\"}"), "lacks");
  EXPECT_EQ(Verdicts(kKeywords, many + "zqxword second-vjk\"}"), "has");
}

}  // namespace
}  // namespace hypersigma
