#include "lib/reference/regex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace hypersigma::reference {
namespace {

Truth Search(const std::string& pattern, const std::string& text,
             const ReferenceRegex::Options& options = {}) {
  const auto regex = ReferenceRegex::Compile(pattern, options);
  EXPECT_TRUE(regex.ok()) << regex.status();
  return regex.ok() ? regex->Search(text) : Truth::kUnknown;
}

TEST(ReferenceRegex, SearchesAnywhere) {
  EXPECT_EQ(Search("b+", "abbc"), Truth::kTrue);
  EXPECT_EQ(Search("B", "abbc"), Truth::kFalse);
  EXPECT_EQ(Search("B", "abbc", {.caseless = true}), Truth::kTrue);
  EXPECT_EQ(Search("b", "abbc", {.at_start = true}), Truth::kFalse);
  EXPECT_EQ(Search("c", "abbc", {.at_end = true}), Truth::kTrue);
}

TEST(ReferenceRegex, RefusesVerbsAndWhatDoesNotCompile) {
  EXPECT_FALSE(ReferenceRegex::Compile("(*UTF)a", {}).ok());
  EXPECT_FALSE(ReferenceRegex::Compile("(", {}).ok());
}

TEST(ReferenceRegex, GoesFurtherThanTheEngine) {
  // Some 2^18 steps, and the engine's limit is 100,000.
  EXPECT_EQ(Search("^(a|a)+$", std::string(18, 'a') + "b"), Truth::kFalse);
}

TEST(ReferenceRegex, GivesUpInTime) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Search("(a|a)+$", std::string(100'000, 'a') + "b"),
            Truth::kUnknown);
  EXPECT_EQ(Search("(x+x+)+[yz]$", std::string(100'000, 'x') + "yw"),
            Truth::kUnknown);
  // Much more than it takes, since other tests may run beside this one.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace hypersigma::reference
