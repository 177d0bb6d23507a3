#include "lib/engine/hyperscan.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/huge_block.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

// (literal, end)
using Matches = std::vector<std::pair<std::uint32_t, std::size_t>>;

void Append(void* context, std::uint32_t literal, std::size_t end) {
  static_cast<Matches*>(context)->emplace_back(literal, end);
}

LiteralDatabase Compiled(const std::vector<Literal>& literals) {
  auto database = LiteralDatabase::Compile(literals);
  EXPECT_TRUE(database.ok()) << database.status();
  return *std::move(database);
}

Matches Scan(const std::vector<Literal>& literals, std::string_view text) {
  const LiteralDatabase database = Compiled(literals);
  LiteralScratch scratch;
  EXPECT_TRUE(scratch.Reserve(database).ok());
  Matches matches;
  const absl::Status status = database.Scan(text, scratch, Append, &matches);
  EXPECT_TRUE(status.ok()) << status;
  return matches;
}

absl::Status CompileStatus(const std::vector<Literal>& literals) {
  return LiteralDatabase::Compile(literals).status();
}

TEST(LiteralDatabase, ReportsPositionAndEnd) {
  EXPECT_THAT(Scan({{"whoami"}, {"cmd.exe"}}, "cmd.exe /c whoami"),
              ElementsAre(Pair(1, 7), Pair(0, 17)));
}

TEST(LiteralDatabase, ReportsEveryMatchInOrderOfEnds) {
  EXPECT_THAT(Scan({{"aba"}, {"b"}}, "ababa"),
              ElementsAre(Pair(1, 2), Pair(0, 3), Pair(1, 4), Pair(0, 5)));
}

TEST(LiteralDatabase, ReportsPrefixesSuffixesAndPieces) {
  EXPECT_THAT(
      Scan({{"powershell"}, {"power"}, {"shell"}, {"wersh"}}, "powershell"),
      UnorderedElementsAre(Pair(0, 10), Pair(1, 5), Pair(2, 10), Pair(3, 7)));
}

TEST(LiteralDatabase, CaselessMatchesEitherCase) {
  EXPECT_THAT(Scan({{"Cmd.eXe"}}, "cMD.EXe"), ElementsAre(Pair(0, 7)));
}

TEST(LiteralDatabase, CaselessFoldsAsciiOnly) {
  EXPECT_THAT(Scan({{"\xc3\xa9t\xc3\xa9"}}, "\xc3\x89t\xc3\x89"), IsEmpty());
  EXPECT_THAT(Scan({{"\xe9"}}, "\xc9"), IsEmpty());
  EXPECT_THAT(Scan({{"["}}, "{"), IsEmpty());
}

TEST(LiteralDatabase, CasedMatchesItsCaseOnly) {
  EXPECT_THAT(Scan({{"Cmd", true}}, "cmd CMD Cmd"), ElementsAre(Pair(0, 11)));
}

TEST(LiteralDatabase, EqualLiteralsAreEachReported) {
  EXPECT_THAT(Scan({{"net"}, {"net"}, {"net", true}}, "NET net"),
              UnorderedElementsAre(Pair(0, 3), Pair(1, 3), Pair(0, 7),
                                   Pair(1, 7), Pair(2, 7)));
}

TEST(LiteralDatabase, OnceReportsOnce) {
  EXPECT_THAT(Scan({{"net", false, true}}, "net net net"), SizeIs(1));
}

TEST(LiteralDatabase, OneByteIsReportedAtEveryMatch) {
  EXPECT_THAT(Scan({{"#", false, true}}, "#.#"),
              ElementsAre(Pair(0, 1), Pair(0, 3)));
}

TEST(LiteralDatabase, LiteralMayHoldNulAfterItsFirstByte) {
  const std::string wide("c\0m\0d\0", 6);
  EXPECT_THAT(Scan({{wide}}, "." + wide), ElementsAre(Pair(0, 7)));
  EXPECT_THAT(Scan({{wide}}, ".c"), IsEmpty());
}

TEST(LiteralDatabase, LiteralHasNoSpecialCharacters) {
  EXPECT_THAT(Scan({{"a.c$"}, {"\\d|^("}}, "abc a.c$ \\d|^("),
              ElementsAre(Pair(0, 8), Pair(1, 14)));
}

TEST(LiteralDatabase, EmptyTextHasNoMatch) {
  EXPECT_THAT(Scan({{"a"}}, ""), IsEmpty());
  EXPECT_THAT(Scan({{"a"}}, std::string_view()), IsEmpty());
}

TEST(LiteralDatabase, TextAsShortAsTheShortestLiteralIsScanned) {
  EXPECT_THAT(Scan({{"abcd"}, {"ab"}}, "a"), IsEmpty());
  EXPECT_THAT(Scan({{"abcd"}, {"ab"}}, "ab"), ElementsAre(Pair(1, 2)));
}

TEST(LiteralDatabase, GuardIsNeverReported) {
  std::string every_byte;
  for (int c = 0; c < 256; ++c) every_byte += static_cast<char>(c);
  EXPECT_THAT(Scan({{"no such"}}, every_byte), IsEmpty());
}

TEST(LiteralDatabase, LiteralEqualToTheGuardIsReported) {
  EXPECT_THAT(Scan({{"\xfe", true}}, "a\xfe"), ElementsAre(Pair(0, 2)));
}

TEST(LiteralDatabase, WorksWithoutGuard) {
  const std::vector<Literal> literals = {{"net"}};
  const auto database = LiteralDatabase::Compile(literals, {.guard = false});
  ASSERT_TRUE(database.ok()) << database.status();
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(*database).ok());
  Matches matches;
  ASSERT_TRUE(database->Scan("net\xfe", scratch, Append, &matches).ok());
  EXPECT_THAT(matches, ElementsAre(Pair(0, 3)));
}

TEST(LiteralDatabase, RefusesAnEmptySet) {
  const absl::Status status = CompileStatus({});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("without literals"));
}

TEST(LiteralDatabase, RefusesAnEmptyLiteral) {
  const absl::Status status = CompileStatus({{"a"}, {""}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("literal 1 of 0 bytes"));
}

TEST(LiteralDatabase, RefusesALeadingNul) {
  const absl::Status status = CompileStatus({{std::string("\0a", 2)}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("the first not NUL"));
}

TEST(LiteralDatabase, TakesLiteralsOf16000BytesAndNoLonger) {
  const std::string longest(16'000, 'a');
  EXPECT_THAT(Scan({{longest}}, longest), ElementsAre(Pair(0, 16'000)));
  const absl::Status status = CompileStatus({{"b"}, {longest + "a"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("literal 1"));
}

TEST(LiteralDatabase, ScanWithoutReservedScratchFails) {
  const LiteralDatabase database = Compiled({{"a"}});
  LiteralScratch scratch;
  Matches matches;
  const absl::Status status = database.Scan("a", scratch, Append, &matches);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("hs_scan: invalid argument"));
  EXPECT_THAT(matches, IsEmpty());
}

struct Nested {
  const LiteralDatabase& database;
  LiteralScratch& scratch;
  absl::Status status;
};

void ScanAgain(void* context, std::uint32_t /*literal*/, std::size_t /*end*/) {
  auto* nested = static_cast<Nested*>(context);
  Matches ignored;
  nested->status =
      nested->database.Scan("a", nested->scratch, Append, &ignored);
}

TEST(LiteralDatabase, ScanInsideACallbackFails) {
  const LiteralDatabase database = Compiled({{"a"}});
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(database).ok());
  Nested nested{database, scratch, absl::OkStatus()};
  ASSERT_TRUE(database.Scan("a", scratch, ScanAgain, &nested).ok());
  EXPECT_EQ(nested.status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(nested.status.message(), HasSubstr("scratch in use"));
}

TEST(LiteralDatabase, MovedDatabaseWorks) {
  LiteralDatabase first = Compiled({{"net"}});
  const LiteralDatabase database = std::move(first);
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(database).ok());
  Matches matches;
  ASSERT_TRUE(database.Scan("net", scratch, Append, &matches).ok());
  EXPECT_THAT(matches, ElementsAre(Pair(0, 3)));
}

TEST(LiteralDatabase, SizeGrowsWithItsLiterals) {
  std::vector<Literal> literals;
  for (int i = 0; i < 1'000; ++i) {
    literals.push_back({"literal" + std::to_string(i * 7919)});
  }
  const std::size_t small = Compiled({{"net"}}).size_bytes();
  EXPECT_GT(small, 100u);
  EXPECT_GT(Compiled(literals).size_bytes(), 10'000 + small);
}

TEST(LiteralScratch, ServesEveryDatabaseItWasReservedFor) {
  std::vector<Literal> many;
  for (int i = 0; i < 2'000; ++i) many.push_back({"x" + std::to_string(i)});
  const LiteralDatabase small = Compiled({{"net"}});
  const LiteralDatabase large = Compiled(many);
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(small).ok());
  ASSERT_TRUE(scratch.Reserve(large).ok());
  Matches matches;
  ASSERT_TRUE(small.Scan("net", scratch, Append, &matches).ok());
  ASSERT_TRUE(large.Scan("x1999", scratch, Append, &matches).ok());
  EXPECT_THAT(matches, UnorderedElementsAre(Pair(0, 3), Pair(1, 2), Pair(19, 3),
                                            Pair(199, 4), Pair(1999, 5)));
}

TEST(LiteralDatabase, FindsTheSameWhereItWasMovedTo) {
  LiteralDatabase database = Compiled({{"net"}, {"work"}});
  const HugeBlock memory(database.size_bytes());
  const absl::Status status = database.MoveTo(memory.data());
  ASSERT_TRUE(status.ok()) << status;
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(database).ok());
  Matches matches;
  ASSERT_TRUE(database.Scan("network", scratch, Append, &matches).ok());
  EXPECT_THAT(matches, UnorderedElementsAre(Pair(0, 3), Pair(1, 7)));
}

TEST(LiteralDatabase, TellsWhatItTakesToLoad) {
  const LiteralDatabase database = Compiled({{"net"}});
  std::string bytes = database.Serialize().value();
  EXPECT_EQ(LiteralDatabase::LoadedBytes(bytes).value(), database.size_bytes());
  EXPECT_TRUE(
      absl::IsDataLoss(LiteralDatabase::LoadedBytes("no database").status()));
  // Behind magic number and version: the bytes that follow.
  for (std::size_t i = 8; i < 12; ++i) bytes[i] = '\x7f';
  EXPECT_TRUE(absl::IsDataLoss(LiteralDatabase::LoadedBytes(bytes).status()));
}

TEST(LiteralScratch, ItsCloneServesTheSameDatabases) {
  const LiteralDatabase database = Compiled({{"net"}});
  LiteralScratch scratch;
  ASSERT_TRUE(scratch.Reserve(database).ok());
  absl::StatusOr<LiteralScratch> clone = scratch.Clone();
  ASSERT_TRUE(clone.ok());
  for (LiteralScratch* each : {&scratch, &*clone}) {
    Matches matches;
    ASSERT_TRUE(database.Scan("net", *each, Append, &matches).ok());
    EXPECT_THAT(matches, UnorderedElementsAre(Pair(0, 3)));
  }
}

TEST(LiteralScratch, CloneOfNoneIsNone) {
  EXPECT_TRUE(LiteralScratch().Clone().ok());
}

TEST(LiteralLibraryVersion, IsOfTheFifthSeries) {
  EXPECT_THAT(LiteralLibraryVersion(), StartsWith("5."));
}

TEST(CheckLiteralPlatform, HoldsWhereTheseTestsRun) {
  const absl::Status status = CheckLiteralPlatform();
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace hypersigma::internal
