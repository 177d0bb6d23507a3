// Hand-made expectations for the reference evaluator itself.

#include "tests/support/reference_evaluator.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/json_value.h"
#include "tests/support/reference_number.h"
#include "tests/support/reference_pattern.h"
#include "tests/support/reference_text.h"
#include "tests/support/reference_time.h"

namespace hypersigma::reference {
namespace {

using ::testing::ElementsAre;

constexpr char kHead[] = "title: T\nlogsource: {category: c}\ndetection:\n";

// Whether a rule with this selection holds for the event.
bool Holds(const std::string& selection, std::string_view event) {
  const auto rule = ParseReferenceRule(std::string(kHead) + "  s: {" +
                                       selection + "}\n  condition: s\n");
  EXPECT_TRUE(rule.ok()) << rule.status();
  const auto json = ParseJson(event);
  EXPECT_TRUE(json.ok()) << json.status();
  if (!rule.ok() || !json.ok()) return false;
  ReferenceEvent parsed(*json);
  return RuleHolds(*rule, parsed);
}

Pattern Plain(std::string_view text) { return DecodeUtf8(text); }

std::string Shown(const Pattern& pattern) {
  std::string shown;
  for (const char32_t element : pattern) {
    if (element == kAnyRun) {
      shown += "<*>";
    } else if (element == kAnyOne) {
      shown += "<?>";
    } else {
      shown += EncodeUtf8(Text(1, element));
    }
  }
  return shown;
}

std::string Unescaped(std::string_view source) {
  return Shown(ParsePattern(source, /*placeholders=*/false));
}

// Every row of the table in "semantics", 4.4.
TEST(ReferencePattern, Unescapes) {
  EXPECT_EQ(Unescaped(R"(\a)"), R"(\a)");
  EXPECT_EQ(Unescaped(R"(\\a)"), R"(\a)");
  EXPECT_EQ(Unescaped(R"(\\\a)"), R"(\\a)");
  EXPECT_EQ(Unescaped(R"(\\\\)"), R"(\\)");
  EXPECT_EQ(Unescaped(R"(\*)"), "*");
  EXPECT_EQ(Unescaped(R"(\?)"), "?");
  EXPECT_EQ(Unescaped(R"(C:\x\*)"), R"(C:\x*)");
  EXPECT_EQ(Unescaped(R"(C:\x\\*)"), R"(C:\x\<*>)");
  EXPECT_EQ(Unescaped(R"(\\*)"), R"(\<*>)");
  EXPECT_EQ(Unescaped(R"(\\\*)"), R"(\*)");
  EXPECT_EQ(Unescaped(R"(\\\\*)"), R"(\\<*>)");
  EXPECT_EQ(Unescaped(R"(\\\\\*)"), R"(\\*)");
  EXPECT_EQ(Unescaped(R"(a\)"), R"(a\)");
  EXPECT_EQ(Unescaped(R"(a\\)"), R"(a\)");
  EXPECT_EQ(Unescaped(R"(a\\\)"), R"(a\\)");
  EXPECT_EQ(Unescaped(R"(\n\.\%)"), R"(\n\.\%)");
}

TEST(ReferencePattern, MatchesTheWholeText) {
  const Pattern pattern = ParsePattern("a*b?c", false);
  EXPECT_TRUE(MatchesWhole(pattern, U"abxc"));
  EXPECT_TRUE(MatchesWhole(pattern, U"a\nbbb\nc"));
  EXPECT_FALSE(MatchesWhole(pattern, U"abc"));
  EXPECT_FALSE(MatchesWhole(pattern, U"abxcd"));
  EXPECT_TRUE(MatchesWhole(Pattern(), U""));
  EXPECT_FALSE(MatchesWhole(Pattern(), U"a"));
  EXPECT_TRUE(MatchesWhole(ParsePattern("*", false), U""));
}

TEST(ReferencePattern, ExpandsDashesBeforeWords) {
  EXPECT_EQ(ExpandWindash(Plain("a-b")).size(), 1u);
  EXPECT_EQ(ExpandWindash(Plain("- a")).size(), 1u);
  EXPECT_EQ(ExpandWindash(Plain("-a /b")).size(), 25u);
  EXPECT_THAT(ExpandWindash(Plain("-a")),
              ElementsAre(U"-a", U"/a", U"\u2013a", U"\u2014a", U"\u2015a"));
}

TEST(ReferencePattern, EncodesBase64) {
  EXPECT_EQ(Shown(Base64("")), "");
  EXPECT_EQ(Shown(Base64("f")), "Zg==");
  EXPECT_EQ(Shown(Base64("fo")), "Zm8=");
  EXPECT_EQ(Shown(Base64("foobar")), "Zm9vYmFy");
  EXPECT_THAT(Base64Offset("foo"), ElementsAre(U"Zm9v", U"Zvb", U"mb2"));
  EXPECT_EQ(Utf16Le(U"A\U0001F600"), (Text{U'A', 0, 0x3D, 0xD8, 0x00, 0xDE}));
}

TEST(ReferenceNumber, HasPythonsText) {
  EXPECT_EQ(CanonicalNumberText("10.0"), "10");
  EXPECT_EQ(CanonicalNumberText("-0"), "0");
  EXPECT_EQ(CanonicalNumberText("1e15"), "1000000000000000");
  EXPECT_EQ(CanonicalNumberText("1e16"), "1e+16");
  EXPECT_EQ(CanonicalNumberText("0.0001"), "0.0001");
  EXPECT_EQ(CanonicalNumberText("0.00001"), "1e-05");
  EXPECT_EQ(CanonicalNumberText("-1234.50"), "-1234.5");
  EXPECT_EQ(CanonicalNumberText("123456789012345678901234567890"),
            "123456789012345678901234567890");
}

int Order(std::string_view a, std::string_view b) {
  return CompareDecimals(*ParseDecimal(a), *ParseDecimal(b));
}

TEST(ReferenceNumber, ComparesExactly) {
  EXPECT_LT(Order("9007199254740992", "9007199254740993"), 0);
  EXPECT_GT(Order("9007199254740993", "9007199254740992.0"), 0);
  EXPECT_EQ(Order("1e3", "1000"), 0);
  EXPECT_EQ(Order("-0.0", "0"), 0);
  EXPECT_LT(Order("-2", "-1.5"), 0);
  EXPECT_GT(Order("0.1", "0.0999"), 0);
  EXPECT_GT(Order("1e999", "123456789012345678901234567890"), 0);
  EXPECT_FALSE(ParseDecimal("0x10").has_value());
  EXPECT_FALSE(ParseDecimal(" 1").has_value());
  EXPECT_FALSE(ParseDecimal("1.").has_value());
}

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

TEST(ReferenceEvent, LooksUpLiteralNamesFirst) {
  const auto event = ParseJson(
      R"({"a.b": null, "a": {"b": 1, "c.d": 2, "e": [{"f": 3}, {"f": [4]}]}})");
  ReferenceEvent parsed(*event);
  EXPECT_EQ(parsed.Field("a.b").elements.size(), 1u);
  EXPECT_EQ(parsed.Field("a.b").elements[0].kind, JsonValue::Kind::kNull);
  EXPECT_FALSE(parsed.Field("a.c.d").missing);
  EXPECT_EQ(parsed.Field("a.e.f").elements.size(), 2u);
  EXPECT_TRUE(parsed.Field("a.x").missing);
  EXPECT_TRUE(parsed.Field("a.b.c").missing);
}

TEST(ReferenceEvent, TakesDuplicateKeysAsAnArray) {
  EXPECT_TRUE(Holds("F: b", R"({"F": "a", "F": "b"})"));
  EXPECT_TRUE(Holds("F.G: b", R"({"F": {"G": "b"}, "F": 1})"));
}

TEST(ReferenceEvaluator, ComparesValuesByType) {
  EXPECT_TRUE(Holds("F: 4624", R"({"F": "4624"})"));
  EXPECT_TRUE(Holds("F: 4624", R"({"F": 4624.0})"));
  EXPECT_FALSE(Holds("F: 4624", R"({"F": "04624"})"));
  EXPECT_TRUE(Holds("F: '10'", R"({"F": 10.0})"));
  EXPECT_TRUE(Holds("F: true", R"({"F": "TRUE"})"));
  EXPECT_FALSE(Holds("F: true", R"({"F": 1})"));
  EXPECT_TRUE(Holds("F: null", R"({})"));
  EXPECT_TRUE(Holds("F: null", R"({"F": ["a", null]})"));
  EXPECT_FALSE(Holds("F: null", R"({"F": []})"));
  EXPECT_TRUE(Holds("F: ''", R"({"F": ""})"));
  EXPECT_FALSE(Holds("F: ''", R"({})"));
}

TEST(ReferenceEvaluator, AppliesModifiersFromLeftToRight) {
  EXPECT_TRUE(Holds("F|wide|base64: Test", R"({"F": "VABlAHMAdAA="})"));
  EXPECT_TRUE(Holds("F|windash|contains: '-f'", R"({"F": "a /F"})"));
  EXPECT_TRUE(Holds("F|re|i: '^A.b$'", R"({"F": "axB"})"));
  EXPECT_TRUE(Holds("F|cidr: 10.0.0.0/9", R"({"F": "10.127.0.1"})"));
  EXPECT_FALSE(Holds("F|cidr: 10.0.0.0/9", R"({"F": "10.128.0.1"})"));
  EXPECT_TRUE(Holds("F|gte: 10", R"({"F": "10.0"})"));
  EXPECT_TRUE(Holds("F|neq: a", R"({})"));
  EXPECT_TRUE(Holds("F|fieldref|endswith: G", R"({"F": "xyZ", "G": "yz"})"));
  EXPECT_TRUE(Holds("F|exists: false", R"({"G": 1})"));
  EXPECT_TRUE(Holds("F|week|lt: 2", R"({"F": "2024-01-03T10:00:00Z"})"));
}

TEST(ReferenceEvaluator, SeeksKeywordsInEveryValue) {
  EXPECT_TRUE(Holds("'|all': [ab, cd]", R"({"F": "xab", "G": ["CD"]})"));
  EXPECT_FALSE(Holds("'|all': [ab, cd]", R"({"ab": "cd"})"));
}

TEST(ReferenceTime, ReadsPartsAsWritten) {
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, "2024-02-29 23:05+01:00"), 23);
  EXPECT_EQ(PartOfTimeText(TimePart::kWeek, "2021-01-01"), 53);
  EXPECT_EQ(PartOfTimeText(TimePart::kDay, "2023-02-29"), std::nullopt);
  EXPECT_EQ(PartOfEpoch(TimePart::kYear, 1700000000), 2023);
  EXPECT_EQ(PartOfEpoch(TimePart::kMinute, 1700000000000), 13);
}

TEST(ReferenceCondition, BindsQuantifierNotAndOr) {
  const std::vector<std::string> names = {"a", "b", "_c"};
  const auto holds = [&](const char* text, std::vector<std::string> on) {
    const auto condition = ParseCondition(text, names);
    EXPECT_TRUE(condition.ok()) << condition.status();
    return ConditionHolds(*condition, [&](const std::string& name) {
      return std::find(on.begin(), on.end(), name) != on.end();
    });
  };
  EXPECT_TRUE(holds("a or b and _c", {"a"}));
  EXPECT_FALSE(holds("not a or not 1 of them", {"a"}));
  EXPECT_TRUE(holds("all of them", {"a", "b"}));
  EXPECT_FALSE(holds("1 of them", {"_c"}));
  EXPECT_TRUE(holds("1 of _*", {"_c"}));
  EXPECT_TRUE(holds("not 1 of x*", {}));
  EXPECT_TRUE(holds("all of x*", {}));
  EXPECT_FALSE(ParseCondition("a and", names).ok());
  EXPECT_FALSE(ParseCondition("a b", names).ok());
  EXPECT_FALSE(ParseCondition("x", names).ok());
}

}  // namespace
}  // namespace hypersigma::reference
