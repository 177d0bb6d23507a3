#include "lib/rule/sigma_string.h"

#include <gtest/gtest.h>

#include <string_view>

#include "tests/unit/rule/ast_text.h"

namespace hypersigma::internal {
namespace {

struct EscapeCase {
  std::string_view source;
  std::string_view meaning;
};

class SigmaStringEscapes : public testing::TestWithParam<EscapeCase> {};

TEST_P(SigmaStringEscapes, MeanAsInTheTable) {
  EXPECT_EQ(Show(SigmaString::Parse(GetParam().source)), GetParam().meaning);
}

INSTANTIATE_TEST_SUITE_P(
    Semantics44, SigmaStringEscapes,
    testing::Values(
        EscapeCase{R"(\a)", R"(\a)"}, EscapeCase{R"(\\a)", R"(\a)"},
        EscapeCase{R"(\\\a)", R"(\\a)"}, EscapeCase{R"(\\\\)", R"(\\)"},
        EscapeCase{R"(\*)", "*"}, EscapeCase{R"(\?)", "?"},
        EscapeCase{R"(C:\x\*)", R"(C:\x*)"},
        EscapeCase{R"(C:\x\\*)", R"(C:\x\<*>)"},
        EscapeCase{R"(\\*)", R"(\<*>)"}, EscapeCase{R"(\\\*)", R"(\*)"},
        EscapeCase{R"(\\\\*)", R"(\\<*>)"}, EscapeCase{R"(\\\\\*)", R"(\\*)"},
        EscapeCase{R"(x\)", R"(x\)"}, EscapeCase{R"(x\\)", R"(x\)"},
        EscapeCase{R"(x\\\)", R"(x\\)"}, EscapeCase{R"(\n)", R"(\n)"},
        EscapeCase{R"(\.)", R"(\.)"}, EscapeCase{R"(\%)", R"(\%)"},
        EscapeCase{R"(\\host)", R"(\host)"},
        EscapeCase{R"(\\\\host)", R"(\\host)"}, EscapeCase{"", ""},
        EscapeCase{"a*b?c", "a<*>b<?>c"}, EscapeCase{"***", "<*>"},
        EscapeCase{"*?*", "<*><?><*>"}, EscapeCase{"\u00e4*", "\u00e4<*>"},
        EscapeCase{"[a](b).%", "[a](b).%"}));

TEST(SigmaString, JoinsNeighbours) {
  SigmaString string = SigmaString::Literal("a");
  string.AppendLiteral("");
  string.AppendLiteral("b");
  string.AppendAnyRun();
  string.Append(SigmaString::Parse("*c?"));
  string.AppendAnyDash();
  EXPECT_EQ(Show(string), "ab<*>c<?><->");
  EXPECT_EQ(string.parts().size(), 5u);
}

TEST(SigmaString, TellsWildcardsFromText) {
  EXPECT_FALSE(SigmaString().has_wildcard());
  EXPECT_TRUE(SigmaString().empty());
  EXPECT_EQ(SigmaString().literal(), "");
  EXPECT_FALSE(SigmaString::Literal("*?").has_wildcard());
  EXPECT_EQ(SigmaString::Literal("*?").literal(), "*?");
  EXPECT_TRUE(SigmaString::Parse("*").has_wildcard());
  EXPECT_TRUE(SigmaString::Parse("a?").has_wildcard());
  EXPECT_EQ(SigmaString::Parse(R"(a\*)"), SigmaString::Literal("a*"));
}

}  // namespace
}  // namespace hypersigma::internal
