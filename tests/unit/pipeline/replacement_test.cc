#include "lib/pipeline/replacement.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

// Returns the parts as `text` and `<group>`, or the error.
std::string Parsed(std::string_view text) {
  const auto pattern = Regex::Compile("(a)(?P<name>b)");
  const auto parsed = ParseReplacement(text, std::get<Regex>(pattern));
  if (const auto* error = std::get_if<std::string>(&parsed)) return *error;
  std::string shown;
  for (const auto& part : std::get<std::vector<ReplacementPart>>(parsed)) {
    shown += part.group.has_value() ? "<" + std::to_string(*part.group) + ">"
                                    : part.text;
  }
  return shown;
}

TEST(Replacement, KnowsGroups) {
  EXPECT_EQ(Parsed("x\\1y\\2"), "x<1>y<2>");
  EXPECT_EQ(Parsed("\\g<2>\\g<name>\\g<0>0"), "<2><2><0>0");
}

TEST(Replacement, KnowsEscapes) {
  EXPECT_EQ(Parsed("a\\nb\\tc\\\\d"), "a\nb\tc\\d");
  EXPECT_EQ(Parsed("\\101\\0"), std::string("A\0", 2));
  EXPECT_EQ(Parsed("\\.\\*\\"), "\\.\\*\\");
}

TEST(Replacement, RefusesWhatIsNone) {
  EXPECT_EQ(Parsed("\\3"), "the pattern has no group '3'");
  EXPECT_EQ(Parsed("\\19"), "the pattern has no group '19'");
  EXPECT_EQ(Parsed("\\g<x>"), "the pattern has no group 'x'");
  EXPECT_EQ(Parsed("\\g<1"),
            "the replacement has '\\g' without the name of a group in '<>'");
  EXPECT_EQ(Parsed("\\w"), "the replacement has the unknown escape '\\w'");
}

}  // namespace
}  // namespace hypersigma::internal
