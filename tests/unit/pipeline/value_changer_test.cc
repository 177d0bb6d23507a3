#include "lib/pipeline/value_changer.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

// Of `type: replace_string`, with one selection.
std::string Replaced(std::string_view selection, std::string_view members) {
  return ChangedItems(selection,
                      "type: replace_string, " + std::string(members));
}

TEST(ReplaceString, ReplacesAllMatchesInThePattern) {
  EXPECT_EQ(Replaced("{'A|contains': aXbXc}", "regex: X, replacement: yy"),
            "{A|contains: str ayybyyc ~ <*>ayybyyc<*>}");
}

TEST(ReplaceString, SeesTheWildcardsThatModifiersAdd) {
  EXPECT_EQ(Replaced("{'A|endswith': \\x.exe}",
                     "regex: '^\\*\\\\', replacement: 'C:\\\\'"),
            "{A|endswith: str C:\\x.exe ~ C:\\x.exe}");
}

TEST(ReplaceString, KeepsABackslashBeforeAWildcard) {
  EXPECT_EQ(Replaced("{'A|startswith': 'C:\\Windows\\'}",
                     "regex: Windows, replacement: Win"),
            "{A|startswith: str C:\\Win\\ ~ C:\\Win\\<*>}");
  EXPECT_EQ(Replaced("{A: 'C:\\a\\\\*'}", "regex: a, replacement: b"),
            "{A: str C:\\b\\\\* ~ C:\\b\\<*>}");
  EXPECT_EQ(Replaced("{A: 'a\\*\\?x'}", "regex: x, replacement: y"),
            "{A: str a\\*\\?y ~ a*?y}");
}

TEST(ReplaceString, TakesWildcardsOfTheReplacement) {
  EXPECT_EQ(Replaced("{A: a-b}", "regex: '-', replacement: '*'"),
            "{A: str a*b ~ a<*>b}");
  EXPECT_EQ(Replaced("{A: a-b}", "regex: '-', replacement: '\\*'"),
            "{A: str a\\*b ~ a*b}");
}

TEST(ReplaceString, InsertsGroupsAsTheyWere) {
  EXPECT_EQ(
      Replaced("{A: 'x*y\\*z'}",
               "regex: '^(x.)(?P<rest>.*)$', replacement: '\\g<rest>-\\1'"),
      "{A: str y\\*z-x* ~ y*z-x<*>}");
  EXPECT_EQ(Replaced("{A: b}", "regex: '(a)?b', replacement: '<\\1>'"),
            "{A: str <> ~ <>}");
}

TEST(ReplaceString, SkipsWildcardsWhereTold) {
  EXPECT_EQ(Replaced("{'A|contains': 'a*b'}",
                     "regex: '^.', replacement: '*', skip_special: true"),
            "{A|contains: str \\**\\* ~ <*>*<*>*<*>}");
  EXPECT_EQ(Replaced("{A: 'a?b'}",
                     "regex: '^.', replacement: '*', skip_special: true, "
                     "interpret_special: true"),
            "{A: str *?* ~ <*><?><*>}");
}

TEST(ReplaceString, TakesNumbersAsTexts) {
  EXPECT_EQ(
      Replaced("{A: [4688, x], 'B|lt': 4688}", "regex: '46', replacement: '1'"),
      "{A: str 188 ~ 188, str x ~ x; B|lt: int 4688}");
}

TEST(ReplaceString, LeavesWhatIsNoText) {
  EXPECT_EQ(Replaced("{'A|re': a, B: null, C: true, 'D|exists': true}",
                     "regex: 'a|true', replacement: 'b'"),
            "{A|re: str a; B: null; C: bool true; D|exists: bool true}");
}

TEST(ReplaceString, ChangesEachFormOfAValue) {
  EXPECT_EQ(
      Replaced("{'A|windash|contains': ' -x'}", "regex: 'x', replacement: 'y'")
          .substr(0, 40),
      "{A|windash|contains: str  -y ~ <*> -y<*>");
}

TEST(ReplaceString, ChangesKeywords) {
  EXPECT_EQ(Replaced("[abc]", "regex: b, replacement: x"),
            ": str axc ~ <*>axc<*>");
}

TEST(ReplaceString, RefusesARuleThatTakesTooLong) {
  const std::string value(40, 'a');
  EXPECT_EQ(
      Replaced("{A: " + value + "}", "regex: '(a|aa)+[b-d]$', replacement: x"),
      "pipeline 'P', item 1 (replace_string): a regular expression took "
      "too long\n");
}

TEST(MapString, MapsWholeValues) {
  constexpr std::string_view kMap =
      "type: map_string, mapping: {a: b, '*c*': d, e: [f, 'g*']}";
  EXPECT_EQ(
      ChangedItems("{A: [a, ab], 'B|contains': c, 'C|contains': a}", kMap),
      "{A: str b ~ b, str ab ~ ab; B|contains: str d ~ d; "
      "C|contains: str a ~ <*>a<*>}");
  EXPECT_EQ(ChangedItems("{A: [e, x]}", kMap),
            "{A: str f ~ f, str g* ~ g<*>, str x ~ x}");
}

TEST(MapString, KeepsOneValueUnderAll) {
  EXPECT_EQ(ChangedItems("{'A|all': [e, x]}",
                         "type: map_string, mapping: {e: [f, g]}"),
            "{A|all: str f ~ f ~ g, str x ~ x}");
}

TEST(SetValue, SetsAnyValueAndDropsTheModifiers) {
  EXPECT_EQ(ChangedItems("{'A|re|i': x, 'B|neq': [1, 2]}",
                         "type: set_value, value: 'v*'"),
            "{A: str v* ~ v<*>; B|neq: str v* ~ v<*>}");
  EXPECT_EQ(ChangedItems("{'A|fieldref': x}", "type: set_value, value: 5"),
            "{A: int 5}");
  EXPECT_EQ(ChangedItems("{'A|cased': x}", "type: set_value, value: true"),
            "{A: bool true}");
  EXPECT_EQ(ChangedItems("{A: x}", "type: set_value, value: null"),
            "{A: null}");
}

TEST(SetValue, ForcesATypeWhereTold) {
  EXPECT_EQ(
      ChangedItems("{A: x}", "type: set_value, value: 5, force_type: str"),
      "{A: str 5 ~ 5}");
  EXPECT_EQ(
      ChangedItems("{A: x}", "type: set_value, value: '5', force_type: num"),
      "{A: int 5}");
  EXPECT_EQ(
      ChangedItems("{A: x}", "type: set_value, value: 'x', force_type: num"),
      "<pipeline>:3:3: 'value' cannot be made a number");
}

TEST(SetValue, OpensTheEndsOfKeywords) {
  EXPECT_EQ(ChangedItems("[x, y]", "type: set_value, value: 7"),
            ": int 7 ~ <*>7<*>");
  EXPECT_EQ(ChangedItems("[x]", "type: set_value, value: null"),
            "pipeline 'P', item 1 (set_value): a keyword cannot be null\n");
}

TEST(ConvertType, MakesTextsOfNumbers) {
  EXPECT_EQ(ChangedItems("{A: [0x10, 1.50, x, true], 'B|gt': 5}",
                         "type: convert_type, target_type: str"),
            "{A: str 16 ~ 16, str 1.5 ~ 1.5, str x ~ x, bool true; "
            "B|gt: int 5}");
}

TEST(ConvertType, MakesNumbersOfTexts) {
  EXPECT_EQ(ChangedItems("{A: ['16', '1.5', 3], B: null}",
                         "type: convert_type, target_type: num"),
            "{A: int 16, float 1.5, int 3; B: null}");
  EXPECT_EQ(ChangedItems("{'A|contains': '16'}",
                         "type: convert_type, target_type: num"),
            "pipeline 'P', item 1 (convert_type): the value '*16*' is no "
            "number\n");
}

TEST(ChangeCase, ChangesTexts) {
  EXPECT_EQ(ChangedItems("{'A|cased|contains': 'ÄbC*D'}", "type: case"),
            "{A|contains|cased: str äbc*d ~ <*>äbc<*>d<*>}");
  EXPECT_EQ(ChangedItems("{A: 'äbC'}", "type: case, method: upper"),
            "{A: str ÄBC ~ ÄBC}");
  EXPECT_EQ(
      ChangedItems("{A: ProcessCreateX}", "type: case, method: snake_case"),
      "{A: str process_create_x ~ process_create_x}");
}

}  // namespace
}  // namespace hypersigma::internal
