#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Compiles `compiled` and proves it as if it held `expected`: what is missing
// is what a library that loses matches would not report.
absl::Status Prove(const std::vector<Literal>& compiled,
                   const std::vector<Literal>& expected) {
  const auto database = LiteralDatabase::Compile(compiled);
  EXPECT_TRUE(database.ok()) << database.status();
  return ProveDatabase(*database, expected);
}

absl::Status Prove(const std::vector<Literal>& literals) {
  return Prove(literals, literals);
}

std::vector<Literal> Numbers(int count) {
  std::vector<Literal> literals;
  for (int i = 0; i < count; ++i) {
    literals.push_back({"<" + std::to_string(i) + ">"});
  }
  return literals;
}

TEST(ProveDatabase, HoldsForItsOwnLiterals) {
  EXPECT_TRUE(Prove({{"cmd.exe"}, {"/c"}, {"Mimikatz", true}, {"-enc"}}).ok());
}

TEST(ProveDatabase, HoldsForOneByteAndOnce) {
  EXPECT_TRUE(Prove({{"#", false, true}, {"a"}, {"ab", false, true}}).ok());
}

TEST(ProveDatabase, HoldsForPrefixesSuffixesAndEqualLiterals) {
  EXPECT_TRUE(Prove({{"aaaa"}, {"aa"}, {"aa"}, {"aa", true}, {"baaa"}}).ok());
}

TEST(ProveDatabase, HoldsWhenEveryByteBeginsALiteral) {
  std::vector<Literal> literals;
  for (int c = 1; c < 256; ++c) {
    literals.push_back({std::string(1, static_cast<char>(c)), true});
  }
  const absl::Status status = Prove(literals);
  EXPECT_TRUE(status.ok()) << status;
}

TEST(ProveDatabase, HoldsForALargeSet) {
  EXPECT_TRUE(Prove(Numbers(1'000)).ok());
}

TEST(ProveDatabase, FindsALostLiteralInASmallSet) {
  const absl::Status status =
      Prove({{"cmd"}, {"powershell"}}, {{"cmd"}, {"pwsh\\"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(),
              AllOf(HasSubstr("\"pwsh\\\\\""), HasSubstr("at lead 0"),
                    HasSubstr("tail 0"), HasSubstr("in a set of 2")));
}

TEST(ProveDatabase, FindsALostLiteralInALargeSet) {
  std::vector<Literal> expected = Numbers(1'000);
  std::vector<Literal> compiled = expected;
  compiled[637].bytes = "lost";
  const absl::Status status = Prove(compiled, expected);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("\"<637>\""));
}

TEST(ProveDatabase, FindsALossOfTheOtherCase) {
  EXPECT_FALSE(Prove({{"Cmd", true}}, {{"Cmd"}}).ok());
  EXPECT_TRUE(Prove({{"Cmd"}}, {{"Cmd", true}}).ok());
}

TEST(ProveDatabase, FindsALiteralReportedUnderAnotherPosition) {
  EXPECT_FALSE(Prove({{"ab"}, {"cd"}}, {{"cd"}, {"ab"}}).ok());
}

TEST(ProveDatabase, FindsAWrongEnd) {
  EXPECT_FALSE(Prove({{"ab"}}, {{"abc"}}).ok());
}

TEST(ProveDatabase, ShowsTheBeginningOfALongLiteral) {
  const std::string longest(16'000, 'x');
  const absl::Status status = Prove({{"y"}}, {{longest}});
  EXPECT_THAT(status.message(), AllOf(HasSubstr("of 16000 bytes"),
                                      Not(HasSubstr(longest.substr(0, 81)))));
}

}  // namespace
}  // namespace hypersigma::internal
