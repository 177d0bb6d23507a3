#include "hypersigma/scanner.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A rule whose detection section is `detection`.
std::string RuleText(std::string_view title, std::string_view detection) {
  return "title: '" + std::string(title) +
         "'\nlogsource: {category: test}\ndetection:\n" +
         std::string(detection) + "\n---\n";
}

class ScannerTest : public ::testing::Test {
 protected:
  // REQUIRES: every document loads.
  void Load(const std::string& yaml) {
    const RuleSet rules = RuleSet::FromYaml(yaml);
    for (const Document& document : rules.report().documents) {
      ASSERT_EQ(document.status, DocumentStatus::kLoaded)
          << Format(document.diagnostics.front());
    }
    absl::StatusOr<Engine> engine = Engine::Build(rules);
    ASSERT_TRUE(engine.ok()) << engine.status();
    engine_ = *std::move(engine);
    absl::StatusOr<Scanner> scanner = Scanner::Create(*engine_);
    ASSERT_TRUE(scanner.ok()) << scanner.status();
    scanner_.emplace(*std::move(scanner));
  }

  // Titles of the rules that match.
  std::vector<std::string> Titles(const absl::StatusOr<ScanResult>& result) {
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> titles;
    if (!result.ok()) return titles;
    for (const Match& match : result->matches) {
      titles.push_back(
          engine_->rules()[static_cast<std::size_t>(match.rule)].title);
    }
    return titles;
  }

  std::vector<std::string> Scan(std::string_view json) {
    return Titles(scanner_->ScanJson(json));
  }

  std::optional<Engine> engine_;
  std::optional<Scanner> scanner_;
};

// The same predicates fire for both, and what they say of the first must not be
// taken for the second.
TEST_F(ScannerTest, WhatValuesDecideIsDecidedAnew) {
  Load(RuleText("regex", "  s: {f|re: 'ab+c$'}\n  condition: s") +
       RuleText("not",
                "  s: {g: 1}\n  t: {f|re: 'ab+c$'}\n"
                "  condition: s and not t"));
  for (int round = 0; round < 2; ++round) {
    EXPECT_THAT(Scan(R"({"f":"ab"})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"f":"abc"})"), ElementsAre("regex"));
    EXPECT_THAT(Scan(R"({"f":"abcd"})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"f":"abc","g":1})"), ElementsAre("regex"));
    EXPECT_THAT(Scan(R"({"f":"abcd","g":1})"), ElementsAre("not"));
    EXPECT_THAT(Scan(R"({"g":1})"), ElementsAre("not"));
    EXPECT_THAT(Scan(R"({"g":2})"), IsEmpty());
  }
}

// A verdict that is known of a value is that of the field only if it has no
// other value.
TEST_F(ScannerTest, VerdictsOnValuesAreRemembered) {
  Load(RuleText("regex", "  s: {f|re: 'ab+c$'}\n  condition: s") +
       RuleText("cidr", "  s: {g|cidr: 10.0.0.0/8}\n  condition: s") +
       RuleText("more", "  s: {g|gt: 7}\n  condition: s") +
       RuleText("not",
                "  s: {h: 1}\n  t: {g|cidr: 10.0.0.0/8}\n"
                "  condition: s and not t"));
  for (int round = 0; round < 4; ++round) {
    EXPECT_THAT(Scan(R"({"f":"abc"})"), ElementsAre("regex"));
    EXPECT_THAT(Scan(R"({"f":"abcd"})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"f":["abcd","abc"]})"), ElementsAre("regex"));
    EXPECT_THAT(Scan(R"({"f":["abc","abcd"]})"), ElementsAre("regex"));
    EXPECT_THAT(Scan(R"({"f":["abcd","abcde"]})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"g":"10.1.2.3"})"), ElementsAre("cidr"));
    EXPECT_THAT(Scan(R"({"g":"11.1.2.3"})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"g":["11.1.2.3","10.1.2.3"]})"), ElementsAre("cidr"));
    EXPECT_THAT(Scan(R"({"g":["10.1.2.3",8]})"), ElementsAre("cidr", "more"));
    EXPECT_THAT(Scan(R"({"g":8})"), ElementsAre("more"));
    EXPECT_THAT(Scan(R"({"g":6})"), IsEmpty());
    EXPECT_THAT(Scan(R"({"h":1,"g":"10.1.2.3"})"), ElementsAre("cidr"));
    EXPECT_THAT(Scan(R"({"h":1,"g":"11.1.2.3"})"), ElementsAre("not"));
    EXPECT_THAT(Scan(R"({"h":1})"), ElementsAre("not"));
  }
}

// `f` wakes the rules, and the fields that they then look at are not among what
// is known to fire for events without a match.
TEST_F(ScannerTest, FieldsThatWakeNothingAreLookedAtForEachEvent) {
  Load(RuleText("and",
                "  s: {f: 'a long text that is rare', g: b}\n"
                "  condition: s") +
       RuleText("not",
                "  s: {f: 'a long text that is rare'}\n"
                "  t: {h|contains: [x, y]}\n  condition: s and not t"));
  const std::string rare = R"("f":"a long text that is rare")";
  EXPECT_THAT(Scan("{" + rare + R"(,"g":"c","h":"x"})"), IsEmpty());
  EXPECT_THAT(Scan("{" + rare + R"(,"g":"b","h":"x"})"), ElementsAre("and"));
  EXPECT_THAT(Scan("{" + rare + R"(,"g":"c","h":"x"})"), IsEmpty());
  EXPECT_THAT(Scan("{" + rare + R"(,"g":["c","b"]})"),
              ElementsAre("and", "not"));
  EXPECT_THAT(Scan(R"({"f":"b","g":"b"})"), IsEmpty());
}

// The same, where nothing fires in the field at first.
TEST_F(ScannerTest, FieldsThatFireNothingAreLookedAtAgain) {
  Load(RuleText("and",
                "  s: {f: 'a long text that is rare', g: b}\n"
                "  condition: s"));
  const std::string rare = R"("f":"a long text that is rare")";
  for (int round = 0; round < 3; ++round) {
    EXPECT_THAT(Scan("{" + rare + R"(,"g":"c"})"), IsEmpty());
    EXPECT_THAT(Scan("{" + rare + "}"), IsEmpty());
    EXPECT_THAT(Scan("{" + rare + R"(,"g":"b"})"), ElementsAre("and"));
  }
}

TEST_F(ScannerTest, SelectingRulesForgetsWhatDidNotMatch) {
  Load(RuleText("one", "  s: {f: 1}\n  condition: s") +
       RuleText("two", "  s: {f: 2}\n  condition: s"));
  auto none = std::make_shared<RuleMask>(2);
  ASSERT_TRUE(scanner_->Select(none).ok());
  EXPECT_THAT(Scan(R"({"f":1})"), IsEmpty());
  ASSERT_TRUE(scanner_->Select(nullptr).ok());
  EXPECT_THAT(Scan(R"({"f":1})"), ElementsAre("one"));
}

TEST_F(ScannerTest, TellsAnchorsApart) {
  Load(RuleText("contains", "  s: {f|contains: cmd}\n  condition: s") +
       RuleText("starts", "  s: {f|startswith: cmd}\n  condition: s") +
       RuleText("ends", "  s: {f|endswith: cmd}\n  condition: s") +
       RuleText("equals", "  s: {f: cmd}\n  condition: s"));
  EXPECT_THAT(Scan(R"({"f":"xcmdx"})"), ElementsAre("contains"));
  EXPECT_THAT(Scan(R"({"f":"CMDx"})"), ElementsAre("contains", "starts"));
  EXPECT_THAT(Scan(R"({"f":"xcmdcmd"})"), ElementsAre("contains", "ends"));
  EXPECT_THAT(Scan(R"({"f":"cmd"})"),
              ElementsAre("contains", "starts", "ends", "equals"));
  EXPECT_THAT(Scan(R"({"f":"cm"})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"g":"cmd"})"), IsEmpty());
}

TEST_F(ScannerTest, FoldsBeyondAscii) {
  Load(RuleText("folded", "  s: {f|contains: ÉTÉk}\n  condition: s") +
       RuleText("cased", "  s: {f|contains|cased: été}\n  condition: s"));
  EXPECT_THAT(Scan(R"({"f":"xété\u212A"})"), ElementsAre("folded", "cased"));
  EXPECT_THAT(Scan(R"({"f":"xÉTÉK"})"), ElementsAre("folded"));
}

TEST_F(ScannerTest, MissingFieldMakesNegationTrue) {
  Load(RuleText("not", "  s: {f: a}\n  condition: not s") +
       RuleText("null", "  s: {f: null}\n  condition: s") +
       RuleText("absent", "  s: {f|exists: false}\n  condition: s"));
  EXPECT_THAT(Scan("{}"), ElementsAre("not", "null", "absent"));
  EXPECT_THAT(Scan(R"({"f":null})"), ElementsAre("not", "null"));
  EXPECT_THAT(Scan(R"({"f":"a"})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"f":[]})"), ElementsAre("not"));
}

TEST_F(ScannerTest, NumbersAndBooleans) {
  Load(RuleText("number", "  s: {f: 4688}\n  condition: s") +
       RuleText("text", "  s: {f: '4688'}\n  condition: s") +
       RuleText("bool", "  s: {f: true}\n  condition: s") +
       RuleText("less", "  s: {f|lt: 10}\n  condition: s"));
  EXPECT_THAT(Scan(R"({"f":4688})"), ElementsAre("number", "text"));
  EXPECT_THAT(Scan(R"({"f":4688.0})"), ElementsAre("number", "text"));
  EXPECT_THAT(Scan(R"({"f":"4688"})"), ElementsAre("number", "text"));
  EXPECT_THAT(Scan(R"({"f":"04688"})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"f":true})"), ElementsAre("bool"));
  EXPECT_THAT(Scan(R"({"f":"TRUE"})"), ElementsAre("bool"));
  EXPECT_THAT(Scan(R"({"f":-1e3})"), ElementsAre("less"));
}

TEST_F(ScannerTest, ConfirmsRegexesAndGlobs) {
  Load(RuleText("regex", "  s: {f|re: 'curl.{1,5}sh$'}\n  condition: s") +
       RuleText("glob", "  s: {f|contains: 'a?c*e'}\n  condition: s"));
  EXPECT_THAT(Scan(R"({"f":"x curl | sh"})"), ElementsAre("regex"));
  EXPECT_THAT(Scan(R"({"f":"x curl | sh "})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"f":"zABC\nEz"})"), ElementsAre("glob"));
}

TEST_F(ScannerTest, KeywordsSearchEveryValueButNoName) {
  Load(RuleText("any", "  k: [evil, 77]\n  condition: k") +
       RuleText("all", "  k: {'|all': [one, two]}\n  condition: k"));
  EXPECT_THAT(Scan(R"({"a":{"b":["x","xEVILx"]}})"), ElementsAre("any"));
  EXPECT_THAT(Scan(R"({"a":177})"), ElementsAre("any"));
  EXPECT_THAT(Scan(R"({"evil":"x"})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"a":"one","b":["two"]})"), ElementsAre("all"));
  EXPECT_THAT(Scan(R"({"a":"ev","b":"il"})"), IsEmpty());
}

TEST_F(ScannerTest, ReportsSelectionsAndIndicatorsInWrittenOrder) {
  Load(RuleText("r",
                "  img:\n    Image|endswith: ['\\cmd.exe', '\\sh.exe']\n"
                "  other: {x: y}\n"
                "  cli:\n    Cmd|windash|contains: ' -c '\n"
                "  filter: {User: SYSTEM}\n"
                "  condition: img and cli and not filter"));
  const auto result =
      scanner_->ScanJson(R"({"Image":"C:\\SH.exe","Cmd":"a /c b","x":"y"})");
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_THAT(result->matches, SizeIs(1));
  const Match& match = result->matches.front();
  EXPECT_THAT(match.selections, ElementsAre("img", "cli"));
  ASSERT_THAT(match.indicators, SizeIs(2));
  EXPECT_EQ(match.indicators[0].field, "Image");
  EXPECT_EQ(match.indicators[0].kind, IndicatorKind::kEndsWith);
  EXPECT_EQ(match.indicators[0].value, "\\sh.exe");
  EXPECT_EQ(match.indicators[1].value, " -c ");
}

TEST_F(ScannerTest, ParsedEventsAreJudgedAlike) {
  Load(RuleText("r",
                "  s: {a.b|contains: x}\n  k: [evil]\n"
                "  condition: s and k"));
  const std::vector<FieldValue> event = {
      {engine_->FindField("a.b"), Value::String("axa")},
      {engine_->FindField("unknown"), Value::String("an evil word")}};
  EXPECT_THAT(Titles(scanner_->Scan(event)), ElementsAre("r"));
  EXPECT_THAT(Titles(scanner_->Scan(Event(event).first(1))), IsEmpty());
}

TEST_F(ScannerTest, RegexAtItsLimitLeavesTheRuleUndecided) {
  Load(RuleText("slow", "  s: {f|re: '(a+)+$'}\n  condition: s") +
       RuleText("other",
                "  s: {f|re: '(a+)+$'}\n  t: {g: 1}\n"
                "  condition: s or t"));
  const std::string json = R"({"g":1,"f":")" + std::string(50, 'a') + R"(b"})";
  const auto result = scanner_->ScanJson(json);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_THAT(result->undecided, SizeIs(1));
  EXPECT_EQ(result->undecided[0].rule, RuleId{0});
  EXPECT_EQ(result->undecided[0].field, "f");
  EXPECT_EQ(result->undecided[0].reason, UndecidedReason::kRegexLimit);
  EXPECT_THAT(Titles(result), ElementsAre("other"));
}

TEST_F(ScannerTest, MalformedEventIsAnErrorAndTheNextIsScanned) {
  Load(RuleText("r", "  s: {f: a}\n  condition: s"));
  const auto result = scanner_->ScanJson(R"({"f":"a")");
  EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Scan(R"({"f":"a"})"), ElementsAre("r"));
}

TEST_F(ScannerTest, RepairedEventIsScanned) {
  Load(RuleText("r", "  s: {f|contains: evil}\n  condition: s"));
  const auto result = scanner_->ScanJson("{\"f\":\"\xFF evil\"}");
  EXPECT_THAT(Titles(result), ElementsAre("r"));
  EXPECT_TRUE(result->repaired);
}

TEST(Engine, WithoutRulesMatchesNothing) {
  absl::StatusOr<Engine> engine = Engine::Build(RuleSet());
  ASSERT_TRUE(engine.ok()) << engine.status();
  absl::StatusOr<Scanner> scanner = Scanner::Create(*engine);
  ASSERT_TRUE(scanner.ok());
  EXPECT_THAT(scanner->ScanJson("{}")->matches, IsEmpty());
}

TEST_F(ScannerTest, LeavesSelectionsOfFiltersOutOfMatches) {
  Load(RuleText("T", "  s: {F: a}\n  condition: s") +
       "title: Filter\nlogsource: {category: test}\nfilter:\n"
       "  rules: any\n  s: {G: b}\n  x: {H: c}\n  condition: s and not x\n");
  EXPECT_THAT(Scan(R"({"F": "a"})"), IsEmpty());
  EXPECT_THAT(Scan(R"({"F": "a", "G": "b", "H": "c"})"), IsEmpty());
  const auto result = scanner_->ScanJson(R"({"F": "a", "G": "b"})");
  ASSERT_TRUE(result.ok());
  ASSERT_THAT(result->matches, SizeIs(1));
  EXPECT_THAT(result->matches[0].selections, ElementsAre("s"));
  ASSERT_THAT(result->matches[0].indicators, SizeIs(1));
  EXPECT_EQ(result->matches[0].indicators[0].field, "F");
}

// One verdict, and what made it is not the same.
TEST_F(ScannerTest, DetailsAreOfTheEventAndNotOfTheVerdict) {
  Load(RuleText("T",
                "  a: {F: a}\n  b: {G: b}\n  c: {H|contains: cc}\n"
                "  condition: a and (b or c)"));
  const auto selections = [this](std::string_view json) {
    const auto result = scanner_->ScanJson(json);
    EXPECT_TRUE(result.ok() && result->matches.size() == 1);
    std::string names;
    for (const std::string_view name : result->matches[0].selections) {
      names += name;
    }
    for (const Indicator& indicator : result->matches[0].indicators) {
      names += indicator.value;
    }
    return names;
  };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(selections(R"({"F": "a", "G": "b", "H": "xccx"})"), "abcabcc");
    EXPECT_EQ(selections(R"({"F": "a", "G": "b", "H": "x"})"), "abab");
    EXPECT_EQ(selections(R"({"F": "a", "G": "b"})"), "abab");
    EXPECT_EQ(selections(R"({"F": "a", "H": "xccx"})"), "acacc");
  }
}

// Values that follow one another are looked at together where none has fired.
TEST_F(ScannerTest, AnyOfManyValuesIsFound) {
  std::string values;
  for (int i = 0; i < 200; ++i) values += " v" + std::to_string(i) + "x,";
  Load(RuleText("any", "  s: {F: 1, G|contains: [" + values +
                           " last]}\n  condition: s") +
       RuleText("none", "  s: {F: 1}\n  t: {G|contains: [" + values +
                            " last]}\n  condition: s and not t"));
  for (const int i : {0, 1, 63, 64, 65, 127, 128, 198, 199}) {
    const std::string json =
        R"({"F": 1, "G": ")" + std::string("v") + std::to_string(i) + "x\"}";
    EXPECT_THAT(Scan(json), ElementsAre("any")) << json;
  }
  EXPECT_THAT(Scan(R"({"F": 1, "G": "at last"})"), ElementsAre("any"));
  EXPECT_THAT(Scan(R"({"F": 1, "G": "v200x"})"), ElementsAre("none"));
  EXPECT_THAT(Scan(R"({"F": 1})"), ElementsAre("none"));
}

}  // namespace
}  // namespace hypersigma
