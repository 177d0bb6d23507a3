#include "lib/catalog/implication.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "lib/compile/detection_compiler.h"
#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

Predicate Contains(std::string text, bool cased = false) {
  return Text(Operator::kContains, std::move(text), cased);
}
Predicate Equals(std::string text, bool cased = false) {
  return Text(Operator::kEquals, std::move(text), cased);
}
Predicate StartsWith(std::string text) {
  return Text(Operator::kStartsWith, std::move(text));
}
Predicate EndsWith(std::string text) {
  return Text(Operator::kEndsWith, std::move(text));
}
Predicate Number(Operator op, std::string text) {
  return Text(op, std::move(text));
}

// `pattern` as Sigma writes it, with at least two literals.
Predicate Glob(std::string_view pattern) {
  Predicate predicate = Text(Operator::kGlob, "");
  predicate.glob = SigmaString::Parse(pattern).parts();
  return predicate;
}

TEST(Implication, IsReflexive) {
  EXPECT_TRUE(Implies(Contains("a"), Contains("a")));
  EXPECT_TRUE(
      Implies(Text(Operator::kRegex, "a+"), Text(Operator::kRegex, "a+")));
}

TEST(Implication, OfLiterals) {
  EXPECT_TRUE(Implies(EndsWith("\\cmd.exe"), Contains("cmd")));
  EXPECT_TRUE(Implies(EndsWith("\\cmd.exe"), EndsWith("cmd.exe")));
  EXPECT_TRUE(Implies(StartsWith("c:\\win"), StartsWith("c:\\")));
  EXPECT_TRUE(Implies(Equals("abc"), StartsWith("ab")));
  EXPECT_TRUE(Implies(Equals("abc"), EndsWith("bc")));
  EXPECT_TRUE(Implies(Equals("abc"), Contains("b")));
  EXPECT_FALSE(Implies(Contains("cmd"), EndsWith("cmd")));
  EXPECT_FALSE(Implies(Contains("cmd"), Contains("cmd.exe")));
  EXPECT_FALSE(Implies(StartsWith("abc"), EndsWith("abc")));
  EXPECT_FALSE(Implies(EndsWith("abc"), StartsWith("abc")));
  EXPECT_FALSE(Implies(StartsWith("abc"), Equals("abc")));
}

TEST(Implication, NeedsTheSameField) {
  Predicate other = Contains("a");
  other.field = FieldId{1};
  EXPECT_FALSE(Implies(Contains("ab"), other));
}

TEST(Implication, CasedImpliesCaseless) {
  EXPECT_TRUE(Implies(Contains("AbC", true), Contains("ab")));
  EXPECT_FALSE(Implies(Contains("abc"), Contains("ab", true)));
  EXPECT_FALSE(Implies(Contains("ABC", true), Contains("ab", true)));
}

TEST(Implication, OfWildcards) {
  EXPECT_TRUE(Implies(Glob("a*b"), StartsWith("a")));
  EXPECT_TRUE(Implies(Glob("a*b"), EndsWith("b")));
  EXPECT_TRUE(Implies(Equals("axb"), Glob("a*b")));
  EXPECT_TRUE(Implies(Glob("ab*cd"), Glob("a*d")));
  EXPECT_TRUE(Implies(Glob("a?c*d"), Glob("a*d")));
  EXPECT_TRUE(Implies(Contains("a1b2c"), Glob("*a*b*c*")));
  EXPECT_FALSE(Implies(Glob("a*d"), Glob("a?d")));
  EXPECT_FALSE(Implies(Glob("a*b"), Contains("ab")));
  EXPECT_FALSE(Implies(Contains("ab"), Glob("a*b")));
}

TEST(Implication, OfPresence) {
  const Predicate exists = Text(Operator::kExists, "");
  const Predicate missing = Text(Operator::kMissing, "");
  const Predicate null = Text(Operator::kNull, "");
  EXPECT_TRUE(Implies(Contains("a"), exists));
  EXPECT_TRUE(Implies(missing, null));
  EXPECT_TRUE(Implies(Contains("a"), Text(Operator::kAnyText, "")));
  EXPECT_FALSE(Implies(null, missing));
  EXPECT_FALSE(Implies(null, exists));
  EXPECT_FALSE(Implies(exists, Text(Operator::kAnyText, "")));
}

TEST(Implication, OfNumbers) {
  const auto less = [](const char* n) { return Number(Operator::kLt, n); };
  const auto at_least = [](const char* n) { return Number(Operator::kGte, n); };
  const auto equal = [](const char* n) {
    return Number(Operator::kNumberEquals, n);
  };
  EXPECT_TRUE(Implies(less("5"), less("6")));
  EXPECT_TRUE(Implies(less("5"), Number(Operator::kLte, "5")));
  EXPECT_TRUE(Implies(Number(Operator::kGt, "5"), at_least("5")));
  EXPECT_TRUE(Implies(equal("5"), less("5.5")));
  EXPECT_TRUE(Implies(equal("5"), Equals("5")));
  EXPECT_TRUE(Implies(Equals("5"), equal("5")));
  EXPECT_FALSE(Implies(Number(Operator::kLte, "5"), less("5")));
  EXPECT_FALSE(Implies(less("6"), less("5")));
  EXPECT_FALSE(Implies(less("5"), at_least("1")));
  // Of one number, many texts.
  EXPECT_FALSE(Implies(equal("1e20"), Equals("100000000000000000000")));
}

TEST(Implication, OfNetworks) {
  const auto cidr = [](const char* n) { return Text(Operator::kCidr, n); };
  EXPECT_TRUE(Implies(cidr("10.1.0.0/16"), cidr("10.0.0.0/8")));
  EXPECT_FALSE(Implies(cidr("10.0.0.0/8"), cidr("10.1.0.0/16")));
  EXPECT_FALSE(Implies(cidr("10.0.0.0/8"), cidr("::/0")));
}

}  // namespace
}  // namespace hypersigma::internal
