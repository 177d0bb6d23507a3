#include "lib/rule/modifier_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/rule/ast_text.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Parsed {
  std::string shown;  // "refused" after an error
  std::vector<std::string> problems;
};

Parsed Parse(std::string_view key) {
  const Source source("a.yml", key);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  const ModifierChain chain =
      ParseModifierChain(documents.at(0).root, reporter);
  DetectionItem item;
  item.modifiers = chain.modifiers;
  item.all = chain.all;
  item.cased = chain.cased;
  item.neq = chain.neq;
  return {chain.is_valid ? Show(item) : "refused",
          Problems(reporter.TakeDiagnostics())};
}

struct LegalCase {
  std::string_view key;
  std::string_view shown;
};

class LegalChain : public testing::TestWithParam<LegalCase> {};

TEST_P(LegalChain, IsSplit) {
  const Parsed parsed = Parse(GetParam().key);
  EXPECT_EQ(parsed.shown, GetParam().shown);
  EXPECT_THAT(parsed.problems, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, LegalChain,
    testing::Values(LegalCase{"f", ""}, LegalCase{"f|contains", "|contains"},
                    LegalCase{"f|all|contains", "|contains|all"},
                    LegalCase{"f|contains|windash|all|cased",
                              "|contains|windash|all|cased"},
                    LegalCase{"f|expand|endswith", "|expand|endswith"},
                    LegalCase{"f|contains|expand", "|contains|expand"},
                    LegalCase{"f|re", "|re"}, LegalCase{"f|all|re", "|re|all"},
                    LegalCase{"f|re|contains", "|re|contains"},
                    LegalCase{"f|cidr|all", "|cidr|all"},
                    LegalCase{"f|gte|all", "|gte|all"},
                    LegalCase{"f|exists", "|exists"},
                    LegalCase{"f|exists|neq", "|exists|neq"},
                    LegalCase{"f|re|i|m|s", "|re|i|m|dotall"},
                    LegalCase{"f|re|ignorecase|contains", "|re|i|contains"},
                    LegalCase{"f|wide|base64offset|contains|all",
                              "|utf16le|base64offset|contains|all"},
                    LegalCase{"f|base64|base64", "|base64|base64"},
                    LegalCase{"f|fieldref|endswith|cased",
                              "|fieldref|endswith|cased"},
                    LegalCase{"f|neq|hour|gte", "|hour|gte|neq"},
                    LegalCase{"f|windash|expand", "|windash|expand"},
                    LegalCase{"'|re|all'", "|re|all"},
                    LegalCase{"'|startswith'", "|startswith"}));

struct IllegalCase {
  std::string_view key;
  std::string_view problem;
};

class IllegalChain : public testing::TestWithParam<IllegalCase> {};

TEST_P(IllegalChain, IsRefusedWithTheFix) {
  const Parsed parsed = Parse(GetParam().key);
  EXPECT_EQ(parsed.shown, "refused");
  EXPECT_THAT(parsed.problems, ElementsAre(std::string(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    Names, IllegalChain,
    testing::Values(
        IllegalCase{"Image|contain",
                    "1:7 error: unknown modifier 'contain' on "
                    "field 'Image'; did you mean "
                    "'contains'?"},
        IllegalCase{"'|Contains'",
                    "1:3 error: unknown modifier 'Contains'; "
                    "did you mean 'contains'?"},
        IllegalCase{"f|zzzzzz",
                    "1:3 error: unknown modifier 'zzzzzz' on field "
                    "'f'"},
        IllegalCase{"f||all",
                    "1:3 error: empty modifier in 'f||all', expected "
                    "a name after '|'"},
        IllegalCase{"f|",
                    "1:3 error: empty modifier in 'f|', expected a name "
                    "after '|'"},
        IllegalCase{"f|I",
                    "1:3 error: unknown modifier 'I' on field 'f'; did you "
                    "mean 'i'?"}));

INSTANTIATE_TEST_SUITE_P(
    Clashes, IllegalChain,
    testing::Values(IllegalCase{"f|contains|re",
                                "1:12 error: modifier 're' stands after "
                                "'contains'; write 're|contains'"},
                    IllegalCase{"f|re|windash",
                                "1:6 error: modifier 'windash' cannot be "
                                "combined with 're'; remove one of them"},
                    IllegalCase{"f|expand|re",
                                "1:10 error: modifier 're' cannot be "
                                "combined with 'expand'; remove one of them"},
                    IllegalCase{"f|contains|fieldref",
                                "1:12 error: modifier 'fieldref' stands after "
                                "'contains'; write 'fieldref|contains'"},
                    IllegalCase{"f|gte|hour",
                                "1:7 error: modifier 'hour' stands after "
                                "'gte'; write 'hour|gte'"},
                    IllegalCase{"f|hour|gte|lt",
                                "1:12 error: modifier 'lt' cannot be combined "
                                "with 'gte'; remove one of them"},
                    IllegalCase{"f|hour|contains",
                                "1:8 error: modifier 'contains' cannot be "
                                "combined with 'hour'; remove one of them"},
                    IllegalCase{"f|contains|base64",
                                "1:12 error: modifier 'base64' stands after "
                                "'contains', which adds wildcards; write "
                                "'base64|contains'"},
                    IllegalCase{"f|i",
                                "1:3 error: modifier 'i' is a flag of regular "
                                "expressions, expected 're' before it"},
                    IllegalCase{"f|i|re",
                                "1:3 error: modifier 'i' is a flag of regular "
                                "expressions, expected 're' before it"},
                    IllegalCase{"f|re|startswith|endswith",
                                "1:17 error: modifier 'endswith' cannot be "
                                "combined with 'startswith'; remove one of "
                                "them"},
                    IllegalCase{"f|wide|fieldref",
                                "1:8 error: modifier 'fieldref' cannot be "
                                "combined with 'wide'; remove one of them"},
                    IllegalCase{"f|re|cased",
                                "1:6 error: modifier 'cased' cannot be "
                                "combined with 're', which is "
                                "case-sensitive; remove 'cased'"},
                    IllegalCase{"f|contains|cidr",
                                "1:12 error: modifier 'cidr' cannot be "
                                "combined with 'contains'; remove one of "
                                "them"},
                    IllegalCase{"f|cased|gt",
                                "1:3 error: modifier 'cased' cannot be "
                                "combined with 'gt'; remove one of them"},
                    IllegalCase{"f|lt|gt",
                                "1:6 error: modifier 'gt' cannot be combined "
                                "with 'lt'; remove one of them"},
                    IllegalCase{
                        "f|lt|lt",
                        "1:6 error: modifier 'lt' is repeated; remove one"},
                    IllegalCase{"f|exists|all",
                                "1:10 error: modifier 'exists' stands "
                                "alone; remove 'all'"},
                    IllegalCase{"'|exists'",
                                "1:3 error: modifier 'exists' is used on "
                                "keywords, expected a field before it"},
                    IllegalCase{"'|cidr'",
                                "1:3 error: modifier 'cidr' is used on "
                                "keywords, expected a field before it"}));

TEST(ModifierChain, ReportsEveryBadName) {
  EXPECT_THAT(Parse("f|x1|base64|zz").problems.size(), 2u);
}

TEST(ModifierChain, WarnsOfRepetitions) {
  Parsed parsed = Parse("f|contains|all|all|contains");
  EXPECT_EQ(parsed.shown, "|contains|all");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:16 warning: modifier 'all' is repeated; once is "
                          "enough",
                          "1:20 warning: modifier 'contains' is repeated; once "
                          "is enough"));
}

TEST(ModifierChain, OpensBothEndsUnderTwoAffixes) {
  const Parsed parsed = Parse("f|startswith|windash|endswith");
  EXPECT_EQ(parsed.shown, "|startswith|windash|endswith");
  EXPECT_THAT(parsed.problems,
              ElementsAre("1:22 warning: modifier 'endswith' follows another "
                          "of its kind; together they mean 'contains'"));
}

TEST(FieldOfKey, EndsAtTheFirstBar) {
  EXPECT_EQ(FieldOfKey("a.b c|re|all"), "a.b c");
  EXPECT_EQ(FieldOfKey("|all"), "");
  EXPECT_EQ(FieldOfKey("a"), "a");
}

}  // namespace
}  // namespace hypersigma::internal
